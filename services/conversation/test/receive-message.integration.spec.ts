import { randomUUID } from 'node:crypto';
import { ChatMessageReceived, CompleteConversation, ReadConversation, Reply } from '@conversations/contracts';
import type { ConversationSnapshot } from '@conversations/contracts';
import { eventually } from '@conversations/testing';
import type { RunningService } from './running-service';
import { eventsOf, kindsOf, startConversation } from './running-service';
import {
  amelie,
  answer,
  conversationNow,
  isStored,
  messagesNow,
  newVisitor,
  reads,
  says,
  threadNow,
  written,
} from './visitors';

let service: RunningService;

beforeAll(async () => {
  service = await startConversation({ replicas: 2 });
}, 60_000);

afterAll(() => service?.stop(), 60_000);

describe('a message from a visitor', () => {
  it('begins a conversation that is open, unread and waiting for an answer', async () => {
    const visitor = newVisitor();
    const { conversationId, seq } = await says(service.messaging, visitor, 'Hi, is this in stock?');

    expect(seq).toBe(1);
    const conversation = await conversationNow(service.messaging, conversationId);
    expect(conversation).toMatchObject({
      status: 'OPEN',
      unread: true,
      read: null,
      waitingForReply: true,
      assigneeId: null,
      title: `Visitor ${visitor.visitorId.slice(-4).toUpperCase()}`,
      visitorId: visitor.visitorId,
      contactId: null,
      channels: ['chat'],
      lastChannel: 'chat',
      lastPosition: 1,
      agentReadPosition: 0,
      version: 2,
    });
    const [message] = await messagesNow(service.messaging, conversationId);
    expect(message).toMatchObject({
      position: 1,
      channel: 'chat',
      direction: 'INBOUND',
      author: { kind: 'visitor', id: visitor.visitorId, name: conversation.title },
      text: 'Hi, is this in stock?',
      delivery: null,
      form: null,
      email: null,
      messenger: null,
    });
  });

  it('announces a new conversation as opened, then the message, each at a version of its own', async () => {
    const { conversationId } = await says(service.messaging, newVisitor(), 'Hello');

    const events = await eventsOf(service, conversationId, 2);
    expect(kindsOf(events)).toEqual(['opened', 'message-added']);
    expect(events.map(({ sequence }) => sequence)).toEqual([1, 2]);
    expect(events.map(({ data }) => (data as { conversation: ConversationSnapshot }).conversation)).toEqual([
      expect.objectContaining({ version: 1, lastPosition: 1 }),
      expect.objectContaining({ version: 2, lastPosition: 1 }),
    ]);
  });

  it('goes into the same conversation as those before, in the order it was written', async () => {
    const visitor = newVisitor();
    const texts = Array.from({ length: 30 }, (_, index) => `line ${index}`);
    const clientIds = texts.map(() => randomUUID());
    for (const [index, text] of texts.entries()) {
      const data = written(visitor, text, clientIds[index]);
      await service.messaging.publish(ChatMessageReceived, data.threadKey, data);
    }
    const { conversationId } = await isStored(service.messaging, visitor, clientIds.at(-1) ?? '');

    const stored = await messagesNow(service.messaging, conversationId);
    expect(stored.map(({ text }) => text)).toEqual(texts);
    expect(stored.map(({ position }) => position)).toEqual(texts.map((_, index) => index + 1));
  });

  it('on a completed conversation opens it again, unread', async () => {
    const visitor = newVisitor();
    const { conversationId } = await says(service.messaging, visitor, 'first');
    await service.messaging.request(ReadConversation, { conversationId, by: amelie });
    await service.messaging.request(CompleteConversation, { conversationId, by: amelie });

    const again = await says(service.messaging, visitor, 'one more thing');

    expect(again).toMatchObject({ conversationId, seq: 2 });
    expect(await conversationNow(service.messaging, conversationId)).toMatchObject({
      status: 'OPEN',
      completed: null,
      unread: true,
      read: null,
      waitingForReply: true,
    });
    const events = await eventsOf(service, conversationId, 6);
    expect(kindsOf(events)).toEqual(['opened', 'message-added', 'read', 'completed', 'reopened', 'message-added']);
    expect(events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6]);
    const thread = await threadNow(service.messaging, conversationId);
    expect(thread.map((item) => (item.kind === 'message' ? item.message.text : item.activity.kind))).toEqual([
      'OPENED',
      'first',
      'COMPLETED',
      'REOPENED',
      'one more thing',
    ]);
  });

  it('after cleared storage is a new visitor with a new conversation', async () => {
    const before = await says(service.messaging, newVisitor(), 'old browser');
    const after = await says(service.messaging, newVisitor(), 'new browser');
    expect(after.conversationId).not.toBe(before.conversationId);
  });

  it('that comes twice is stored and announced once, and leaves no gap', async () => {
    const visitor = newVisitor();
    const clientId = randomUUID();
    for (const text of ['same', 'same', 'same']) {
      const data = written(visitor, text, clientId);
      await service.messaging.publish(ChatMessageReceived, data.threadKey, data);
    }
    const { conversationId } = await says(service.messaging, visitor, 'next');

    const stored = await messagesNow(service.messaging, conversationId);
    expect(stored.map(({ text, position }) => [text, position])).toEqual([
      ['same', 1],
      ['next', 2],
    ]);
    const events = await eventsOf(service, conversationId, 3);
    expect(kindsOf(events)).toEqual(['opened', 'message-added', 'message-added']);
  });
});

describe('with two replicas', () => {
  it('50 first messages of one visitor at once make one conversation with positions 1 to 50', async () => {
    const visitor = newVisitor();
    const clientIds = Array.from({ length: 50 }, () => randomUUID());
    await Promise.all(
      clientIds.map((clientId) => {
        const data = written(visitor, `parallel ${clientId}`, clientId);
        return service.messaging.publish(ChatMessageReceived, data.threadKey, data);
      }),
    );
    const places = await Promise.all(clientIds.map((clientId) => isStored(service.messaging, visitor, clientId)));

    expect(new Set(places.map(({ conversationId }) => conversationId)).size).toBe(1);
    expect(places.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(clientIds.map((_, index) => index + 1));
    const events = await eventsOf(service, places[0]?.conversationId ?? '', 51);
    expect(events.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 51 }, (_, index) => index + 1));
  });

  it('messages of many visitors lose and double nothing while a replica is killed', async () => {
    const visitors = Array.from({ length: 20 }, newVisitor);
    const sendRound = (round: string) =>
      Promise.all(
        visitors.map(async (visitor) => {
          const data = written(visitor, round);
          await service.messaging.publish(ChatMessageReceived, data.threadKey, data);
          return data.clientMessageId;
        }),
      );
    await sendRound('1');
    await sendRound('2');
    await service.replicas[0]?.kill();
    await sendRound('3');
    const last = await sendRound('4');

    const threads = await Promise.all(
      visitors.map(async (visitor, index) => {
        const { conversationId } = await isStored(service.messaging, visitor, last[index] ?? '');
        return messagesNow(service.messaging, conversationId);
      }),
    );
    for (const thread of threads) {
      expect(thread.map(({ text, position }) => [text, position])).toEqual([
        ['1', 1],
        ['2', 2],
        ['3', 3],
        ['4', 4],
      ]);
    }
    await service.replicas[0]?.restart();
  }, 60_000);
});

describe('a visitor who reads', () => {
  it("turns agents' chat messages up to that position into SEEN, each with an event", async () => {
    const visitor = newVisitor();
    const { conversationId } = await says(service.messaging, visitor, 'question');
    for (const text of ['one', 'two', 'three']) {
      await service.messaging.request(Reply, answer(conversationId, text));
    }
    const before = await conversationNow(service.messaging, conversationId);

    await reads(service.messaging, visitor, 3);

    await eventually(async () => {
      const stored = await messagesNow(service.messaging, conversationId);
      expect(stored.map(({ delivery }) => delivery?.state ?? null)).toEqual([null, 'SEEN', 'SEEN', 'ACCEPTED']);
    });
    expect((await conversationNow(service.messaging, conversationId)).version).toBe(before.version + 2);
    const events = await eventsOf(service, conversationId, before.version + 2);
    expect(kindsOf(events).slice(-2)).toEqual(['message-changed', 'message-changed']);
  });

  it('again, or less than before, changes and announces nothing', async () => {
    const visitor = newVisitor();
    const { conversationId } = await says(service.messaging, visitor, 'question');
    await service.messaging.request(Reply, answer(conversationId, 'answer'));
    await reads(service.messaging, visitor, 2);
    await reads(service.messaging, visitor, 2);
    await reads(service.messaging, visitor, 1);
    await reads(service.messaging, visitor, 2_000_000_000);
    await says(service.messaging, visitor, 'last');

    const events = await eventsOf(service, conversationId, 6);
    expect(kindsOf(events)).toEqual([
      'opened',
      'message-added',
      'assigned',
      'message-added',
      'message-changed',
      'message-added',
    ]);
  });

  it('before it ever wrote leaves nothing behind', async () => {
    const visitor = newVisitor();
    await reads(service.messaging, visitor, 3);
    const { seq } = await says(service.messaging, visitor, 'first');
    expect(seq).toBe(1);
  });
});
