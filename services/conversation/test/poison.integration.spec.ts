import { randomUUID } from 'node:crypto';
import { ChatMessageReceived, GetConversations, Reply, UserError } from '@conversations/contracts';
import { composeMessage } from '@conversations/messaging';
import { eventually } from '@conversations/testing';
import type { RunningService } from './running-service';
import { startConversation } from './running-service';
import { amelie, answer, isStored, messagesNow, newVisitor, says, written } from './visitors';

let service: RunningService;

beforeAll(async () => {
  service = await startConversation();
}, 60_000);

afterAll(() => service?.stop(), 60_000);

interface DeadLetter {
  reason: string;
  subject: string;
}

/** What stands in the dead letters, once something of this subject does. */
function deadLettersOf(subject: string): Promise<DeadLetter[]> {
  const { jetStream } = service.messaging.connection;
  return eventually(async () => {
    const { messages } = await jetStream.streams.info('DEAD_LETTERS').then(({ state }) => state);
    const found: DeadLetter[] = [];
    for (let seq = 1; seq <= messages; seq += 1) {
      const letter = (await jetStream.streams.getMessage('DEAD_LETTERS', { seq })).json<DeadLetter>();
      if (letter.subject === subject) found.push(letter);
    }
    if (found.length === 0) throw new Error('no dead letter yet');
    return found;
  });
}

/** Stores a document as an adapter that checks nothing would. */
async function publishUnchecked(visitorId: string, change: (envelope: { type: string; data: object }) => unknown) {
  const visitor = { ...newVisitor(), visitorId };
  const data = written(visitor, 'poison');
  const row = composeMessage(ChatMessageReceived, data.threadKey, data);
  const body = change(JSON.parse(row.body) as { type: string; data: object });
  await service.messaging.publishStored([
    { subject: row.subject, body: typeof body === 'string' ? body : JSON.stringify(body), headers: {} },
  ]);
  return row.subject;
}

describe('an inbound document that cannot be handled', () => {
  const cases: [string, (envelope: { type: string; data: object }) => unknown][] = [
    ['that is no JSON', () => '{"specversion":'],
    ['of an unknown type', (envelope) => ({ ...envelope, type: 'conversations.chat.unheard-of.v1' })],
    ['of a public event', (envelope) => ({ ...envelope, type: 'conversations.conversation.read.v1' })],
    ['with U+0000 in its text', (envelope) => ({ ...envelope, data: { ...envelope.data, text: 'a\u0000b' } })],
    ['with half a surrogate pair', (envelope) => ({ ...envelope, data: { ...envelope.data, text: 'a\ud800b' } })],
    [
      'with U+0000 where no check looks',
      (envelope) => ({ ...envelope, data: { ...envelope.data, idempotencyKey: 'chat:\u0000' } }),
    ],
    ['with wildcards as an id', (envelope) => ({ ...envelope, data: { ...envelope.data, messageId: 'msg_*.>%' } })],
  ];

  it.each(cases)('%s goes to the dead letters, and the lane moves on', async (_name, change) => {
    const visitor = newVisitor();
    const { conversationId } = await says(service.messaging, visitor, 'before');
    const subject = await publishUnchecked(visitor.visitorId, change);
    const after = await says(service.messaging, visitor, 'after');

    expect(after).toMatchObject({ conversationId, seq: 2 });
    const [letter] = await deadLettersOf(subject);
    expect(letter?.reason.length).toBeGreaterThan(0);
  });

  it("with another visitor's token does not stop the good ones around it", async () => {
    const [good, thief] = [newVisitor(), newVisitor()];
    await says(service.messaging, good, 'before');
    const data = written({ ...thief, tokenHash: good.tokenHash }, 'stolen');
    await service.messaging.publish(ChatMessageReceived, data.threadKey, data);

    await deadLettersOf(ChatMessageReceived.subject(data.threadKey));
    expect((await says(service.messaging, good, 'after')).seq).toBe(2);
    expect((await says(service.messaging, thief, 'own token')).seq).toBe(1);
  });
});

it('text full of wildcards, quotes and markup is stored and answered as it was written', async () => {
  const visitor = newVisitor();
  const text = `%_'";--\\ $1 * > . {"a":1} {NULL} <script>alert(1)</script> \u202e 👩‍👩‍👧 \r\n\t end`;
  const clientId = randomUUID();
  const data = written(visitor, text, clientId);
  await service.messaging.publish(ChatMessageReceived, data.threadKey, data);
  const { conversationId } = await isStored(service.messaging, visitor, clientId);
  await service.messaging.request(Reply, answer(conversationId, text));
  const stored = await messagesNow(service.messaging, conversationId);
  expect(stored.map((message) => message.text)).toEqual([text, text.trim()]);
});

it.each(['*', '>', 'cnv_*', `cnv_' OR '1'='1`, 'cnv_\u0000aaaaaaaaaaaaaaaa', '%', 'cnv_....................'])(
  'the id %j is refused before it reaches anything',
  async (id) => {
    for (const asked of [
      service.messaging.request(GetConversations, { ids: [id] }),
      service.messaging.request(Reply, { ...answer(id, 'text'), by: amelie }),
    ]) {
      const error: unknown = await asked.catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(UserError);
      expect((error as UserError).code).toBe('INVALID_INPUT');
    }
  },
);
