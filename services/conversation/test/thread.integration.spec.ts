import { randomUUID } from 'node:crypto';
import type { InputOf } from '@conversations/contracts';
import {
  ChatMessageReceived,
  CompleteConversation,
  FindVisitorMessages,
  GetConversations,
  GetMessages,
  GetVisitors,
  ListTimelines,
  ListVisitorMessages,
  ReopenConversation,
  Reply,
  ResumeVisitor,
  UserError,
} from '@conversations/contracts';
import type { RunningService } from './running-service';
import { startConversation } from './running-service';
import type { Visitor } from './visitors';
import { amelie, answer, isStored, messagesNow, newVisitor, says, threadNow, written } from './visitors';

let service: RunningService;

beforeAll(async () => {
  service = await startConversation();
}, 60_000);

afterAll(() => service?.stop(), 60_000);

type Page = InputOf<typeof ListTimelines>['pages'][number];

async function page(asked: Partial<Page> & { conversationId: string }) {
  const { pages } = await service.messaging.request(ListTimelines, {
    pages: [{ limit: 3, before: null, after: null, forward: false, ...asked }],
  });
  const [found] = pages;
  if (!found) throw new Error('no page');
  return { ...found, labels: found.items.map(labelOf) };
}

type Item = Awaited<ReturnType<typeof threadNow>>[number];
const labelOf = (item: Item) => (item.kind === 'message' ? item.message.text : item.activity.kind);

/** OPENED a COMPLETED REOPENED COMPLETED REOPENED b ASSIGNED c d */
async function thread(): Promise<{ conversationId: string; labels: string[] }> {
  const visitor = newVisitor();
  const { conversationId } = await says(service.messaging, visitor, 'a');
  for (let round = 0; round < 2; round += 1) {
    await service.messaging.request(CompleteConversation, { conversationId, by: amelie });
    await service.messaging.request(ReopenConversation, { conversationId, by: amelie });
  }
  await says(service.messaging, visitor, 'b');
  await service.messaging.request(Reply, answer(conversationId, 'c'));
  await says(service.messaging, visitor, 'd');
  const labels = (await threadNow(service.messaging, conversationId)).map(labelOf);
  return { conversationId, labels };
}

describe('a thread', () => {
  it('shows messages and activity lines in the order they happened', async () => {
    expect((await thread()).labels).toEqual('OPENED a COMPLETED REOPENED COMPLETED REOPENED b ASSIGNED c d'.split(' '));
  });

  it.each([1, 2, 3, 4, 9, 10, 11])('is the same when read backwards or forwards in pages of %d', async (limit) => {
    const { conversationId, labels } = await thread();
    const backwards: string[] = [];
    for (let before: string | null = null, more = true; more;) {
      const part = await page({ conversationId, limit, before });
      backwards.unshift(...part.labels);
      expect(part.hasNextPage).toBe(before !== null);
      more = part.hasPreviousPage;
      before = part.items[0]?.cursor ?? null;
    }
    const forwards: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const part = await page({ conversationId, limit, after, forward: true });
      forwards.push(...part.labels);
      expect(part.hasPreviousPage).toBe(after !== null);
      more = part.hasNextPage;
      after = part.items.at(-1)?.cursor ?? null;
    }
    expect([backwards, forwards]).toEqual([labels, labels]);
  });

  it('is answered for several conversations at once, each with its own page', async () => {
    const [one, two] = [await thread(), await thread()];
    const { pages } = await service.messaging.request(ListTimelines, {
      pages: [
        { conversationId: one.conversationId, limit: 2, before: null, after: null, forward: false },
        { conversationId: `cnv_${'0'.repeat(32)}`, limit: 2, before: null, after: null, forward: false },
        { conversationId: two.conversationId, limit: 2, before: null, after: null, forward: true },
      ],
    });
    expect(pages.map(({ items }) => items.map(labelOf))).toEqual([['c', 'd'], [], ['OPENED', 'a']]);
    const ids = pages.map(({ items }) =>
      items.map((item) => (item.kind === 'message' ? item.message.conversationId : item.activity.conversationId)),
    );
    expect(new Set([...(ids[0] ?? []), ...(ids[2] ?? [])])).toEqual(new Set([one.conversationId, two.conversationId]));
  });

  it('refuses a cursor it did not make, and two cursors', async () => {
    const { conversationId } = await thread();
    const code = async (asked: Partial<Page>) => {
      const error: unknown = await page({ conversationId, ...asked }).catch((thrown: unknown) => thrown);
      return error instanceof UserError ? error.code : error;
    };
    for (const cursor of ['', 'x', '%', 'MQ', Buffer.from('1.2.3').toString('base64url')]) {
      expect(await code({ before: cursor })).toBe('INVALID_INPUT');
      expect(await code({ after: cursor, forward: true })).toBe('INVALID_INPUT');
    }
    const cursor = Buffer.from('1.0').toString('base64url');
    expect(await code({ before: cursor, after: cursor })).toBe('INVALID_INPUT');
  });
});

describe("a visitor's own thread", () => {
  const resume = (visitor: Visitor, lastSeq: number, siteId = visitor.siteId) =>
    service.messaging.request(ResumeVisitor, { siteId, tokenHash: visitor.tokenHash, lastSeq });

  it('is nothing before the first message was stored', async () => {
    expect(await resume(newVisitor(), 0)).toEqual({
      visitor: null,
      expired: false,
      thread: null,
      messages: [],
      reset: false,
      hasMore: false,
    });
  });

  it('comes again on the same device: what the browser does not hold, and no activity lines', async () => {
    const visitor = newVisitor();
    const { conversationId } = await says(service.messaging, visitor, 'one');
    await service.messaging.request(Reply, answer(conversationId, 'two'));
    await service.messaging.request(CompleteConversation, { conversationId, by: amelie });

    const all = await resume(visitor, 0);
    expect(all).toMatchObject({
      visitor: { id: visitor.visitorId, contactId: null },
      thread: { id: conversationId, state: 'completed', seq: 2, agentReadSeq: 2 },
      reset: false,
      hasMore: false,
    });
    expect(all.messages.map(({ seq, text, author }) => [seq, text, author.kind])).toEqual([
      [1, 'one', 'visitor'],
      [2, 'two', 'agent'],
    ]);
    expect(all.messages[0]?.clientId).not.toBeNull();
    expect(all.messages[1]).toEqual({
      seq: 2,
      id: expect.any(String),
      author: { kind: 'agent', name: amelie.name },
      channel: 'chat',
      text: 'two',
      attachments: [],
      clientId: null,
      at: expect.any(String),
    });
    expect((await resume(visitor, 1)).messages.map(({ seq }) => seq)).toEqual([2]);
    expect((await resume(visitor, 2)).messages).toEqual([]);
  });

  it('is not shown for a token of another site', async () => {
    const visitor = newVisitor();
    await says(service.messaging, visitor, 'one');
    expect((await resume(visitor, 0, 'site_other')).visitor).toBeNull();
  });

  it('is refused when the token was not used for a year, and every use makes it younger', async () => {
    const [gone, back] = [newVisitor(), newVisitor()];
    await says(service.messaging, gone, 'one');
    await says(service.messaging, back, 'one');
    const owner = await service.sql('owner');
    const age = (visitor: Visitor, days: number) =>
      owner.query(`UPDATE visitor SET last_seen_at = now() - $2 * interval '1 day' WHERE id = $1`, [
        visitor.visitorId,
        days,
      ]);
    await age(gone, 366);
    await age(back, 364);

    expect(await resume(gone, 0)).toMatchObject({ visitor: null, expired: true, thread: null, messages: [] });
    expect(await resume(back, 0)).toMatchObject({ expired: false, visitor: { id: back.visitorId } });
    const { rows } = await owner.query<{ fresh: boolean }>(
      `SELECT last_seen_at > now() - interval '1 hour' AS fresh FROM visitor WHERE id = $1`,
      [back.visitorId],
    );
    expect(rows).toEqual([{ fresh: true }]);
  });

  it('more than 200 behind begins anew with the newest 50, and older ones come in pages', async () => {
    const visitor = newVisitor();
    const clientIds = Array.from({ length: 260 }, () => randomUUID());
    for (const [index, clientId] of clientIds.entries()) {
      const data = written(visitor, `line ${index + 1}`, clientId);
      await service.messaging.publish(ChatMessageReceived, data.threadKey, data);
    }
    await isStored(service.messaging, visitor, clientIds.at(-1) ?? '');

    const anew = await resume(visitor, 59);
    expect(anew).toMatchObject({ reset: true, hasMore: true });
    expect(anew.messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, index) => 211 + index));
    const enough = await resume(visitor, 60);
    expect(enough).toMatchObject({ reset: false, hasMore: true });
    expect(enough.messages).toHaveLength(200);
    expect(await resume(visitor, 9_999)).toMatchObject({ reset: true, thread: { seq: 260 } });

    const older = await service.messaging.request(ListVisitorMessages, {
      visitorId: visitor.visitorId,
      beforeSeq: 211,
      limit: 100,
    });
    expect(older.messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 100 }, (_, index) => 111 + index));
    expect(older.hasMore).toBe(true);
    const oldest = await service.messaging.request(ListVisitorMessages, {
      visitorId: visitor.visitorId,
      beforeSeq: 11,
      limit: 100,
    });
    expect([oldest.messages.length, oldest.hasMore]).toEqual([10, false]);
  }, 60_000);

  it('finds only its own messages by the ids the browser gave them', async () => {
    const [one, two] = [newVisitor(), newVisitor()];
    const clientId = randomUUID();
    const stored = await says(service.messaging, one, 'mine', clientId);
    const find = async (visitor: Visitor) =>
      (await service.messaging.request(FindVisitorMessages, { visitorId: visitor.visitorId, clientIds: [clientId] }))
        .found;
    expect(await find(one)).toEqual([expect.objectContaining({ clientId, seq: 1, id: stored.id })]);
    expect(await find(two)).toEqual([]);
  });
});

it('things asked for by their ids come in the order asked, null for those that do not exist', async () => {
  const [one, two] = [newVisitor(), newVisitor()];
  const first = await says(service.messaging, one, '1');
  const second = await says(service.messaging, two, '2');
  const unknown = (prefix: string) => `${prefix}_${'0'.repeat(32)}`;

  const conversations = await service.messaging.request(GetConversations, {
    ids: [second.conversationId, unknown('cnv'), first.conversationId],
  });
  expect(conversations.items.map((item) => item?.id ?? null)).toEqual([
    second.conversationId,
    null,
    first.conversationId,
  ]);
  const messages = await service.messaging.request(GetMessages, { ids: [second.id, unknown('msg'), first.id] });
  expect(messages.items.map((item) => item?.text ?? null)).toEqual(['2', null, '1']);
  const visitors = await service.messaging.request(GetVisitors, {
    ids: [two.visitorId, unknown('vis'), one.visitorId],
  });
  expect(visitors.items.map((item) => item?.id ?? null)).toEqual([two.visitorId, null, one.visitorId]);
  expect(await messagesNow(service.messaging, unknown('cnv'))).toEqual([]);
});
