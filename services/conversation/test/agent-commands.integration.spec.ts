import { randomUUID } from 'node:crypto';
import {
  AssignConversation,
  CompleteConversation,
  GetReplyOptions,
  MarkConversationUnread,
  ReadConversation,
  ReopenConversation,
  Reply,
  UserError,
} from '@conversations/contracts';
import { eventually } from '@conversations/testing';
import type { RunningService } from './running-service';
import { eventsOf, kindsOf, startConversation } from './running-service';
import { amelie, answer, conversationNow, fillsForm, messagesNow, newVisitor, says, threadNow, tom } from './visitors';

let service: RunningService;

beforeAll(async () => {
  service = await startConversation({ replicas: 2 });
}, 60_000);

afterAll(() => service?.stop(), 60_000);

const request: RunningService['messaging']['request'] = (contract, input, options) =>
  service.messaging.request(contract, input, options);

const newConversation = async () => (await says(service.messaging, newVisitor(), 'question')).conversationId;

/** The user error that a request ends in. */
async function errorOf(asked: Promise<unknown>): Promise<UserError> {
  const error: unknown = await asked.then(
    () => new Error('no error'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof UserError)) throw error;
  return error;
}

describe('reading', () => {
  it('by one agent makes the conversation read for everybody, and says by whom', async () => {
    const conversationId = await newConversation();
    const { conversation } = await request(ReadConversation, { conversationId, by: amelie });
    expect(conversation).toMatchObject({ unread: false, agentReadPosition: 1, waitingForReply: true });
    expect(conversation.read?.by).toEqual(amelie);
  });

  it('what is read already announces nothing and keeps the name of the first reader', async () => {
    const conversationId = await newConversation();
    const first = await request(ReadConversation, { conversationId, by: amelie });
    const second = await request(ReadConversation, { conversationId, by: tom });
    expect(second).toEqual(first);
  });

  it('leaves a conversation unread that holds a newer message than the agent saw', async () => {
    const visitor = newVisitor();
    const { conversationId, id: seen } = await says(service.messaging, visitor, 'question');
    const { id: newer } = await says(service.messaging, visitor, 'and another');
    const read = (upToMessageId: string) => request(ReadConversation, { conversationId, by: amelie, upToMessageId });
    expect((await read(seen)).conversation).toMatchObject({ unread: true, agentReadPosition: 0 });
    const elsewhere = await says(service.messaging, newVisitor(), 'other');
    expect((await read(elsewhere.id)).conversation).toMatchObject({ unread: true });
    expect((await read(newer)).conversation).toMatchObject({ unread: false, agentReadPosition: 2 });
  });

  it('is undone for everybody by marking it unread, once', async () => {
    const conversationId = await newConversation();
    await request(ReadConversation, { conversationId, by: amelie });
    const unread = await request(MarkConversationUnread, { conversationId, by: tom });
    expect(unread.conversation).toMatchObject({ unread: true, read: null, version: 4 });
    expect(await request(MarkConversationUnread, { conversationId, by: amelie })).toEqual(unread);
    expect(kindsOf(await eventsOf(service, conversationId, 4))).toEqual(['opened', 'message-added', 'read', 'unread']);
  });
});

describe('completing', () => {
  it('completes the conversation for everybody and leaves a line in the thread', async () => {
    const conversationId = await newConversation();
    const { conversation } = await request(CompleteConversation, { conversationId, by: amelie });
    expect(conversation).toMatchObject({ status: 'COMPLETED', completed: { by: amelie } });
    const thread = await threadNow(service.messaging, conversationId);
    expect(thread.at(-1)).toMatchObject({ kind: 'activity', activity: { kind: 'COMPLETED', stamp: { by: amelie } } });
  });

  it('twice, or reopening what is open, changes nothing', async () => {
    const conversationId = await newConversation();
    const open = await request(ReopenConversation, { conversationId, by: amelie });
    expect(open.conversation.version).toBe(2);
    const completed = await request(CompleteConversation, { conversationId, by: amelie });
    expect(await request(CompleteConversation, { conversationId, by: tom })).toEqual(completed);
  });

  it('is undone by reopening', async () => {
    const conversationId = await newConversation();
    await request(CompleteConversation, { conversationId, by: amelie });
    const { conversation } = await request(ReopenConversation, { conversationId, by: tom });
    expect(conversation).toMatchObject({ status: 'OPEN', completed: null });
  });
});

describe('an answer', () => {
  it('of the first agent makes that agent the owner, and is in the thread at once', async () => {
    const conversationId = await newConversation();
    const { conversation, message } = await request(Reply, answer(conversationId, '  Yes, it is.  '));

    expect(message).toMatchObject({
      position: 2,
      text: 'Yes, it is.',
      channel: 'chat',
      direction: 'OUTBOUND',
      author: amelie,
      delivery: { state: 'ACCEPTED', failureCode: null, detail: null, retryable: false },
    });
    expect(conversation).toMatchObject({
      assigneeId: amelie.id,
      waitingForReply: false,
      unread: false,
      agentReadPosition: 2,
      lastPosition: 2,
    });
    const events = await eventsOf(service, conversationId, 4);
    expect(kindsOf(events)).toEqual(['opened', 'message-added', 'assigned', 'message-added']);
    expect(events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    const thread = await threadNow(service.messaging, conversationId);
    expect(thread.map((item) => (item.kind === 'message' ? item.message.text : item.activity.kind))).toEqual([
      'OPENED',
      'question',
      'ASSIGNED',
      'Yes, it is.',
    ]);
  });

  it('of another agent leaves the owner', async () => {
    const conversationId = await newConversation();
    await request(Reply, answer(conversationId, 'mine', amelie));
    const { conversation } = await request(Reply, answer(conversationId, 'also', tom));
    expect(conversation.assigneeId).toBe(amelie.id);
  });

  it('of two agents at the same moment gives the conversation one owner and both answers', async () => {
    for (let round = 0; round < 5; round += 1) {
      const conversationId = await newConversation();
      await Promise.all([
        request(Reply, answer(conversationId, 'from Amélie', amelie)),
        request(Reply, answer(conversationId, 'from Tom', tom)),
      ]);
      const thread = await threadNow(service.messaging, conversationId);
      const owners = thread.flatMap((item) => (item.kind === 'activity' ? (item.activity.assigneeId ?? []) : []));
      expect(owners).toHaveLength(1);
      expect((await conversationNow(service.messaging, conversationId)).assigneeId).toBe(owners[0]);
      const texts = (await messagesNow(service.messaging, conversationId)).map(({ text }) => text);
      expect(texts.slice(1).sort()).toEqual(['from Amélie', 'from Tom']);
    }
  });

  it('may complete the conversation in the same step', async () => {
    const conversationId = await newConversation();
    const { conversation } = await request(Reply, { ...answer(conversationId, 'Bye'), complete: true });
    expect(conversation).toMatchObject({ status: 'COMPLETED', waitingForReply: false });
    const events = await eventsOf(service, conversationId, 5);
    expect(kindsOf(events).slice(2)).toEqual(['assigned', 'message-added', 'completed']);
  });

  it('to a completed conversation leaves it completed', async () => {
    const conversationId = await newConversation();
    await request(CompleteConversation, { conversationId, by: amelie });
    const { conversation } = await request(Reply, answer(conversationId, 'PS'));
    expect(conversation.status).toBe('COMPLETED');
  });

  it('and a completion by another agent at the same moment both happen, each with its event', async () => {
    const conversationId = await newConversation();
    await Promise.all([
      request(Reply, answer(conversationId, 'answer', amelie)),
      request(CompleteConversation, { conversationId, by: tom }),
    ]);
    const conversation = await conversationNow(service.messaging, conversationId);
    expect(conversation).toMatchObject({ status: 'COMPLETED', lastPosition: 2, version: 5 });
    const events = await eventsOf(service, conversationId, 5);
    expect(kindsOf(events).slice(2).sort()).toEqual(['assigned', 'completed', 'message-added']);
    expect(events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
  });

  it('sent again with the same clientMessageId and content returns the stored message', async () => {
    const conversationId = await newConversation();
    const sent = answer(conversationId, 'once');
    const first = await request(Reply, sent);
    const again = await request(Reply, { ...sent, text: ' once ' });
    expect(again).toEqual(first);
    expect(await messagesNow(service.messaging, conversationId)).toHaveLength(2);
  });

  it('sent ten times at once is stored once', async () => {
    const conversationId = await newConversation();
    const sent = answer(conversationId, 'once');
    const results = await Promise.all(Array.from({ length: 10 }, () => request(Reply, sent)));
    expect(new Set(results.map(({ message }) => message.id)).size).toBe(1);
    expect((await conversationNow(service.messaging, conversationId)).lastPosition).toBe(2);
  });

  it('with the same clientMessageId and other content is a conflict that names the stored message', async () => {
    const conversationId = await newConversation();
    const elsewhere = await newConversation();
    const sent = answer(conversationId, 'first');
    const { message } = await request(Reply, sent);

    for (const other of [
      { ...sent, text: 'second' },
      { ...sent, conversationId: elsewhere },
    ]) {
      const error = await errorOf(request(Reply, other));
      expect(error.code).toBe('IDEMPOTENCY_CONFLICT');
      expect(error.options.details).toEqual({ existingMessageId: message.id });
    }
    expect((await conversationNow(service.messaging, elsewhere)).version).toBe(2);
    expect((await request(Reply, { ...sent, by: tom })).message.id).not.toBe(message.id);
  });

  it('is refused with a name when it is empty, too long, with a file that is unknown, or for a conversation that does not exist', async () => {
    const conversationId = await newConversation();
    const sent = answer(conversationId, 'text');
    const code = async (input: typeof sent) => (await errorOf(request(Reply, input))).code;

    expect(await code({ ...sent, text: ' \n\t ' })).toBe('EMPTY_MESSAGE');
    expect(await code({ ...sent, text: 'x'.repeat(10_001) })).toBe('TOO_LONG');
    expect(await code({ ...sent, attachmentIds: ['up_1'] })).toBe('ATTACHMENT_REJECTED');
    expect(await code({ ...sent, conversationId: `cnv_${'0'.repeat(32)}` })).toBe('NOT_FOUND');
    expect((await request(Reply, { ...sent, text: 'x'.repeat(10_000) })).message.position).toBe(2);
  });
});

describe('the channel of an answer', () => {
  it('email says that it is not set up, and is refused without a trace', async () => {
    const conversationId = await newConversation();
    const { items } = await request(GetReplyOptions, { ids: [conversationId, `cnv_${'0'.repeat(32)}`] });
    expect(items[0]?.map(({ channel, available, disabledReason }) => [channel, available, disabledReason])).toEqual([
      ['chat', true, null],
      ['email', false, 'CHANNEL_NOT_CONFIGURED'],
      ['messenger', false, 'NOT_A_MESSENGER_THREAD'],
    ]);
    expect(items[1]).toBeNull();

    const error = await errorOf(request(Reply, { ...answer(conversationId, 'by mail'), channel: 'email' }));
    expect(error.code).toBe('CHANNEL_NOT_AVAILABLE');
    expect(await conversationNow(service.messaging, conversationId)).toMatchObject({ version: 2, assigneeId: null });
  });

  it('chat is preselected while the visitor is online and says so when the visitor has left', async () => {
    const visitor = newVisitor();
    const { conversationId } = await says(service.messaging, visitor, 'question');
    const chat = async () => {
      const { items } = await request(GetReplyOptions, { ids: [conversationId] });
      return items[0]?.find(({ channel }) => channel === 'chat');
    };
    expect(await chat()).toMatchObject({ default: true, notice: 'VISITOR_OFFLINE' });

    const presence = await service.messaging.presence();
    presence.put(visitor.visitorId, { since: new Date().toISOString(), page: visitor.page, locale: 'en' });
    await presence.keepLease(randomUUID());
    await eventually(async () => expect(await chat()).toMatchObject({ default: true, notice: null }));

    presence.remove(visitor.visitorId);
    await eventually(async () => expect(await chat()).toMatchObject({ notice: 'VISITOR_OFFLINE' }));
  });
});

describe('assigning', () => {
  it('gives the conversation to an agent, to another, to nobody, and the thread shows who did it', async () => {
    const conversationId = await newConversation();
    const assign = (to: typeof tom | null, by: typeof tom) =>
      request(AssignConversation, { conversationId, by, assignee: to && { id: to.id, name: to.name } });

    expect((await assign(tom, amelie)).conversation.assigneeId).toBe(tom.id);
    expect((await assign(tom, tom)).conversation.version).toBe(3);
    expect((await assign(amelie, tom)).conversation.assigneeId).toBe(amelie.id);
    expect((await assign(null, amelie)).conversation.assigneeId).toBeNull();

    const lines = (await threadNow(service.messaging, conversationId)).flatMap((item) =>
      item.kind === 'activity' && item.activity.kind === 'ASSIGNED' ? [item.activity] : [],
    );
    expect(lines.map(({ stamp, assigneeId }) => [stamp.by.id, assigneeId])).toEqual([
      [amelie.id, tom.id],
      [tom.id, amelie.id],
      [amelie.id, null],
    ]);
  });
});

it('every command names a conversation that does not exist', async () => {
  const input = { conversationId: `cnv_${'0'.repeat(32)}`, by: amelie };
  for (const contract of [ReadConversation, MarkConversationUnread, CompleteConversation, ReopenConversation]) {
    expect((await errorOf(request(contract, input))).code).toBe('NOT_FOUND');
  }
  expect((await errorOf(request(AssignConversation, { ...input, assignee: null }))).code).toBe('NOT_FOUND');
});

it('commands of agents and messages of the visitor at once end in one order without a gap', async () => {
  const visitor = newVisitor();
  const { conversationId } = await says(service.messaging, visitor, '0');
  await Promise.all([
    ...Array.from({ length: 10 }, (_, index) => says(service.messaging, visitor, `visitor ${index}`)),
    ...Array.from({ length: 10 }, (_, index) => request(Reply, answer(conversationId, `agent ${index}`, tom))),
    ...Array.from({ length: 5 }, () => request(ReadConversation, { conversationId, by: amelie })),
    fillsForm(service.messaging, visitor, { email: `${randomUUID()}@example.com`, name: 'Ann' }),
  ]);
  const conversation = await conversationNow(service.messaging, conversationId);
  expect(conversation.lastPosition).toBe(22);
  const events = await eventsOf(service, conversationId, conversation.version);
  expect(events.map(({ sequence }) => sequence)).toEqual(
    Array.from({ length: conversation.version }, (_, index) => index + 1),
  );
});
