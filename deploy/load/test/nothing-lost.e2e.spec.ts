import { randomUUID } from 'node:crypto';
import { DEMO_SITE, mintVisitorToken, type Stack, startStack, visitorIdOf, WidgetClient } from '@conversations/testing';
import { Client } from 'pg';
import { chatbotUnderFaults } from '../chatbot-under-faults';
import { conversationUnderFaults } from '../conversation-under-faults';

jest.setTimeout(240_000);

const nothingLost = { lost: 0, doubled: 0, disordered: 0 };

test('messages and answers survive the kill of every process with two replicas of each', async () => {
  const verdict = await conversationUnderFaults({
    name: 'kills',
    replicas: 2,
    faults: ['visitor socket', 'agent socket', 'chat-gateway', 'conversation', 'graphql-gateway', 'nats'],
    seed: 11,
    messages: 60,
  });
  expect(verdict).toMatchObject({ ...nothingLost, written: 66, answered: 60 });
  expect(Object.keys(verdict.faults).length).toBeGreaterThanOrEqual(3);
});

test('a broker whose store is wiped under load loses nothing, and screens load again by themselves', async () => {
  const verdict = await conversationUnderFaults({
    name: 'broker wiped',
    replicas: 1,
    faults: ['visitor socket', 'nats wiped', 'agent socket'],
    seed: 12,
    messages: 60,
  });
  expect(verdict).toMatchObject({ ...nothingLost, written: 66, answered: 60 });
  expect(verdict.faults['nats wiped']).toBeGreaterThanOrEqual(1);
  expect(verdict.resyncs).toBeGreaterThanOrEqual(1);
});

test('chatbot flows end as they say, no step twice, through kills of the services that run them', async () => {
  const verdict = await chatbotUnderFaults({ seed: 13, flows: 40 });
  expect(verdict).toMatchObject({ wrong: 0, doubled: 0, unseen: 0 });
  expect(verdict.faults).toMatchObject({ conversation: expect.any(Number), 'chat-gateway': expect.any(Number) });
});

describe('a visitor who writes for the first time', () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack({ replicas: 2 });
  });

  afterAll(() => stack.stop());

  test('50 times at once, through two gateways and two conversation services, gets one conversation with positions 1 to 50', async () => {
    const token = mintVisitorToken(stack.installation.chatTokenSecret, DEMO_SITE);
    const browsers = Array.from({ length: 50 }, (_, index) => {
      const url = stack.chatUrls[index % 2] ?? '';
      return new WidgetClient({ urls: [url], origin: stack.chatUrls[0], token });
    });
    await Promise.all(browsers.map((browser) => browser.connect()));
    const acks = await Promise.all(
      browsers.map((browser) => browser.write(`first ${randomUUID()}`, { timeoutMs: 60_000 })),
    );
    expect(acks.map((ack) => ack.seq).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 50 }, (_, index) => index + 1),
    );

    const database = new Client({
      host: stack.postgres.host,
      port: stack.postgres.port,
      user: stack.postgres.user,
      password: stack.postgres.password,
      database: stack.installation.database.name,
    });
    await database.connect();
    const stored = await database.query<{ conversations: number; messages: number; top: number }>(
      `SELECT count(DISTINCT c.id)::int AS conversations, count(*)::int AS messages, max(m.position) AS top
       FROM conversation.message m JOIN conversation.conversation c ON c.id = m.conversation_id WHERE c.visitor_id = $1`,
      [visitorIdOf(token)],
    );
    await database.end();
    expect(stored.rows[0]).toEqual({ conversations: 1, messages: 50, top: 50 });
    await Promise.all(browsers.map((browser) => browser.close()));
  });
});
