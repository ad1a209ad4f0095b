import { randomUUID } from 'node:crypto';
import type { ConversationFilter } from '@conversations/contracts';
import {
  CompleteConversation,
  CountInbox,
  ListConversations,
  ReadConversation,
  Reply,
  UserError,
} from '@conversations/contracts';
import type { RunningService } from './running-service';
import { startConversation } from './running-service';
import type { Visitor } from './visitors';
import { amelie, answer, fillsForm, newVisitor, says } from './visitors';

let service: RunningService;

beforeAll(async () => {
  service = await startConversation();
}, 60_000);

afterAll(() => service?.stop(), 60_000);

const everything: ConversationFilter = {
  status: null,
  unread: null,
  channels: null,
  contactId: null,
  visitorIds: null,
  assignment: null,
  assigneeId: null,
  waitingForReply: null,
  search: null,
};

async function list(filter: Partial<ConversationFilter>, first = 50, after: string | null = null, count = false) {
  const { pages } = await service.messaging.request(ListConversations, {
    pages: [{ filter: { ...everything, ...filter }, first, after, count }],
  });
  const [page] = pages;
  if (!page) throw new Error('no page');
  return { ...page, ids: page.items.map(({ conversation }) => conversation.id) };
}

async function begin(text = 'Hi'): Promise<{ visitor: Visitor; conversationId: string }> {
  const visitor = newVisitor();
  const { conversationId } = await says(service.messaging, visitor, text);
  return { visitor, conversationId };
}

describe('the list', () => {
  it('has the newest activity first, whether a message came or went', async () => {
    const [one, two, three] = [await begin(), await begin(), await begin()];
    await says(service.messaging, one.visitor, 'again');
    expect((await list({}, 3)).ids).toEqual([one.conversationId, three.conversationId, two.conversationId]);
    await service.messaging.request(Reply, answer(two.conversationId, 'reply'));
    expect((await list({}, 3)).ids).toEqual([two.conversationId, one.conversationId, three.conversationId]);
  });

  it('pages by key: rows that move up while somebody pages are neither doubled nor do they push others out', async () => {
    const begun = [];
    for (let index = 0; index < 9; index += 1) begun.push(await begin());
    const visitorIds = begun.map(({ visitor }) => visitor.visitorId);
    const newestFirst = begun.map(({ conversationId }) => conversationId).reverse();

    const first = await list({ visitorIds }, 3);
    expect(first).toMatchObject({ ids: newestFirst.slice(0, 3), hasNextPage: true });
    // One of a later page moves to the top, one of this page moves within it.
    const [moving] = begun;
    if (!moving) throw new Error('nothing began');
    await says(service.messaging, moving.visitor, 'to the top');
    const second = await list({ visitorIds }, 3, first.items.at(-1)?.cursor);
    const third = await list({ visitorIds }, 3, second.items.at(-1)?.cursor);

    expect([...second.ids, ...third.ids]).toEqual(newestFirst.slice(3, 8));
    expect(third.hasNextPage).toBe(false);
    expect((await list({ visitorIds }, 1)).ids).toEqual([moving.conversationId]);
  });

  it('answers each filter', async () => {
    const [open, done, read, owned] = [await begin(), await begin(), await begin(), await begin()];
    const people = await begin();
    const visitorIds = [open, done, read, owned, people].map(({ visitor }) => visitor.visitorId);
    const by = amelie;
    await service.messaging.request(CompleteConversation, { conversationId: done.conversationId, by });
    await service.messaging.request(ReadConversation, { conversationId: read.conversationId, by });
    await service.messaging.request(Reply, answer(owned.conversationId, 'mine'));
    await fillsForm(service.messaging, people.visitor, { email: `${randomUUID()}@example.com` });
    const ids = async (filter: Partial<ConversationFilter>) => (await list({ visitorIds, ...filter })).ids.sort();
    const of = (...begun: { conversationId: string }[]) => begun.map(({ conversationId }) => conversationId).sort();

    expect(await ids({ status: 'COMPLETED' })).toEqual(of(done));
    expect(await ids({ status: 'OPEN' })).toEqual(of(open, read, owned, people));
    expect(await ids({ unread: true })).toEqual(of(open, done, people));
    expect(await ids({ unread: false })).toEqual(of(read, owned));
    expect(await ids({ waitingForReply: false })).toEqual(of(owned));
    expect(await ids({ assignment: 'ASSIGNED' })).toEqual(of(owned));
    expect(await ids({ assignment: 'UNASSIGNED', waitingForReply: true })).toEqual(of(open, done, read, people));
    expect(await ids({ assigneeId: by.id })).toEqual(of(owned));
    expect(await ids({ channels: ['email', 'chat'] })).toEqual(of(open, done, read, owned, people));
    expect(await ids({ channels: ['email'] })).toEqual([]);
    const [withContact] = (await list({ visitorIds: [people.visitor.visitorId] })).items;
    expect(await ids({ contactId: withContact?.conversation.contactId ?? null })).toEqual(of(people));
    expect(await ids({ visitorIds: [] })).toEqual([]);
  });

  it('counts what the filter holds, not the page', async () => {
    const begun = [await begin(), await begin(), await begin()];
    const visitorIds = begun.map(({ visitor }) => visitor.visitorId);
    expect(await list({ visitorIds }, 1, null, true)).toMatchObject({ totalCount: 3, hasNextPage: true });
    expect((await list({ visitorIds }, 1)).totalCount).toBeNull();
  });

  it.each(['', 'x', '%', 'MS5jbnZfMQ', Buffer.from('1.cnv_0000000000000000.x').toString('base64url'), '../../etc'])(
    'refuses the cursor %j, which it did not make',
    async (after) => {
      const error: unknown = await list({}, 10, after).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(UserError);
      expect((error as UserError).code).toBe('INVALID_INPUT');
    },
  );
});

describe('the search', () => {
  it('finds words in messages by their beginnings, and marks them', async () => {
    const word = `zebra${randomUUID().slice(0, 8)}`;
    const { conversationId } = await begin(`Do you sell ${word.toUpperCase()}s, in blue?`);
    await begin('something else');

    const { items, ids, totalCount } = await list({ search: `blue ${word}` }, 10, null, true);
    expect(ids).toEqual([conversationId]);
    expect(totalCount).toBe(1);
    expect(items[0]?.match?.excerpt).toBe(`Do you sell \u2068${word.toUpperCase()}\u2069s, in \u2068blue\u2069?`);
  });

  it('finds the name and the address of a contact, and a visitor by its mark', async () => {
    const name = `Okafor${randomUUID().slice(0, 6)}`;
    const { visitor, conversationId } = await begin();
    await fillsForm(service.messaging, visitor, { email: `${name}@example.com`, name: `Ann ${name}` });

    expect((await list({ search: `ann ${name}` })).ids).toEqual([conversationId]);
    expect((await list({ search: `${name}@example` })).ids).toEqual([conversationId]);
    const mark = visitor.visitorId.slice(-4).toUpperCase();
    expect((await list({ search: `Visitor ${mark}` })).ids).toContain(conversationId);
    expect((await list({ search: `Visiteur ${mark}` })).ids).toContain(conversationId);
  });

  it('stays within the filter and pages by key', async () => {
    const word = `quagga${randomUUID().slice(0, 8)}`;
    const begun = [await begin(word), await begin(word), await begin(word)];
    await service.messaging.request(CompleteConversation, {
      conversationId: begun[1]?.conversationId ?? '',
      by: amelie,
    });

    const open = await list({ search: word, status: 'OPEN' }, 1);
    expect(open).toMatchObject({ ids: [begun[2]?.conversationId], hasNextPage: true });
    const next = await list({ search: word, status: 'OPEN' }, 1, open.items[0]?.cursor);
    expect(next).toMatchObject({ ids: [begun[0]?.conversationId], hasNextPage: false });
  });

  it.each(['%%', '__', '.*', '>>', '**', `' OR 1=1 --`, `xq' | 'yq`, '🙂🙂', ':*:*', '\u0000\u0000', '\ud800\ud800'])(
    'takes %j as a person typed it, never as a pattern',
    async (search) => {
      await begin('plain text');
      const { ids } = await list({ search }, 10, null, true);
      expect(ids).toEqual([]);
    },
  );

  it('for a word that is in more than five thousand messages still gives the newest first, page by page', async () => {
    const owner = await service.sql('owner');
    const word = 'ubiquitous';
    const oldest = await begin(`${word} and rareword`);
    await owner.query(
      `INSERT INTO message (id, conversation_id, position, idempotency_key, channel, direction, author_kind, text, words,
         attachments, delivery_retryable, created_at)
       SELECT 'msg_many_' || n, $1, n, 'many:' || n, 'chat', 'INBOUND', 'visitor', $2::text, $2::text::tsvector, '[]', false, now()
       FROM generate_series(2, 5200) n`,
      [oldest.conversationId, word],
    );
    const newer = [await begin(word), await begin('nothing'), await begin(word)];

    const first = await list({ search: word, status: 'OPEN' }, 2, null, true);
    expect(first).toMatchObject({
      ids: [newer[2]?.conversationId, newer[0]?.conversationId],
      hasNextPage: true,
      totalCount: null,
    });
    const second = await list({ search: word, status: 'OPEN' }, 2, first.items.at(-1)?.cursor);
    expect(second).toMatchObject({ ids: [oldest.conversationId], hasNextPage: false });
    expect((await list({ search: `${word} rareword` })).ids).toEqual([oldest.conversationId]);
  });
});

describe('the counters', () => {
  it('count unread and open conversations, and ask for attention while one is unread', async () => {
    const before = await service.messaging.request(CountInbox, {});
    const { conversationId } = await begin();
    expect(await service.messaging.request(CountInbox, {})).toEqual({
      unread: before.unread + 1,
      open: before.open + 1,
      attention: true,
    });
    await service.messaging.request(ReadConversation, { conversationId, by: amelie });
    expect(await service.messaging.request(CountInbox, {})).toMatchObject({ unread: before.unread });
    await service.messaging.request(CompleteConversation, { conversationId, by: amelie });
    expect(await service.messaging.request(CountInbox, {})).toMatchObject({ open: before.open });
  });

  it('stop at a thousand, for the inbox and for lists', async () => {
    const owner = await service.sql('owner');
    await owner.query('BEGIN');
    await owner.query(`INSERT INTO conversation (id, thread_key, version, status, waiting_for_reply, unread, title, channels,
      last_channel, last_message_id, last_position, agent_read_position, visitor_read_position, last_activity_at, created_at)
      SELECT 'cnv_' || lpad(n::text, 16, '0'), 'bulk:' || n, 2, 'OPEN', true, true, 'bulk', '{messenger}', 'messenger',
        'msg_bulk_' || n, 1, 0, 0, now() - interval '1 year', now() FROM generate_series(1, 1500) n`);
    await owner.query(`INSERT INTO message (id, conversation_id, position, idempotency_key, channel, direction, author_kind,
      text, words, attachments, delivery_retryable, created_at)
      SELECT 'msg_bulk_' || n, 'cnv_' || lpad(n::text, 16, '0'), 1, 'bulk:' || n, 'messenger', 'INBOUND', 'messenger-profile',
        'x', '', '[]', false, now() FROM generate_series(1, 1500) n`);
    await owner.query('COMMIT');
    expect(await service.messaging.request(CountInbox, {})).toEqual({ unread: 1000, open: 1000, attention: true });
    expect((await list({ channels: ['messenger'] }, 1, null, true)).totalCount).toBeNull();
  });
});

it('a channel that this release has no rules for is listed like any other', async () => {
  const { items } = await list({ channels: ['messenger'] }, 1);
  expect(items[0]?.conversation).toMatchObject({ lastChannel: 'messenger', visitorId: null });
});
