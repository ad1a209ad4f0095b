import type { DataOf, Envelope, MessageSnapshot } from '@conversations/contracts';
import {
  EmailDeliveryChanged,
  EmailMessageReceived,
  GetReplyOptions,
  Reply,
  RetryMessage,
  SendEmail,
  UserError,
} from '@conversations/contracts';
import { eventually } from '@conversations/testing';
import { newId } from '@conversations/runtime';
import { mail, messageNow, newAddress, receives, report, storedMessage } from './mails';
import type { RunningService } from './running-service';
import { startConversation } from './running-service';
import { amelie, answer, conversationNow, fillsForm, newVisitor, says } from './visitors';

let service: RunningService;

beforeAll(async () => {
  service = await startConversation({ env: { EMAIL_CHANNEL: 'on', EMAIL_INBOX_ADDRESSES: 'inbox@shop.example' } });
}, 60_000);

afterAll(() => service?.stop(), 60_000);

const request: RunningService['messaging']['request'] = (contract, input, options) =>
  service.messaging.request(contract, input, options);
const arrives = (given: Parameters<typeof mail>[0] = {}) => receives(service.messaging, given);
const now = (id: string) => messageNow(service.messaging, id);

async function replies(conversationId: string, text = 'It arrives tomorrow.'): Promise<MessageSnapshot> {
  return (await request(Reply, { ...answer(conversationId, text), channel: 'email' })).message;
}

/** Orders to the adapter about a message, oldest first. */
async function ordersOf(messageId: string): Promise<DataOf<typeof SendEmail>[]> {
  const owner = await service.sql('owner');
  const { rows } = await owner.query<{ body: string }>(
    `SELECT body FROM outbox WHERE subject LIKE 'out.email.%' AND body LIKE $1 ORDER BY seq`,
    [`%"messageId":"${messageId}"%`],
  );
  return rows.map(({ body }) => SendEmail.schema.parse((JSON.parse(body) as Envelope).data));
}

async function orderOf(messageId: string): Promise<DataOf<typeof SendEmail>> {
  const [order] = await ordersOf(messageId);
  if (!order) throw new Error('no order');
  return order;
}

async function reports(message: MessageSnapshot, given: Parameters<typeof report>[1]): Promise<void> {
  await service.messaging.publish(EmailDeliveryChanged, message.conversationId, report(message, given));
}

/** Reports are handled in order: once the last of these is seen, all are. */
const stateOf = (message: MessageSnapshot, state: string) =>
  eventually(async () => {
    const delivery = (await now(message.id))?.delivery;
    expect(delivery?.state).toBe(state);
    return delivery;
  });

describe('an answer by email', () => {
  it('goes to the stored address, answers the thread’s mails and carries the conversation so far', async () => {
    const address = newAddress();
    const first = await arrives({
      from: { name: 'Ann Okafor', address },
      rfcMessageId: 'first@mail.example',
      subject: 'Re: Where is my order?',
    });
    const reply = await replies(first.conversationId);
    expect(reply).toMatchObject({
      delivery: { state: 'ACCEPTED' },
      email: { source: 'OUTBOUND', to: [{ name: 'Ann Okafor', address }], subject: 'Re: Where is my order?' },
    });
    expect(await orderOf(reply.id)).toMatchObject({
      attempt: 1,
      to: { name: 'Ann Okafor', address },
      cc: [],
      inReplyTo: 'first@mail.example',
      references: ['first@mail.example'],
      transcript: [{ name: 'Ann Okafor', channel: 'email', text: first.text }],
      transcriptCut: false,
      locale: 'en',
      agent: { id: amelie.id, name: amelie.name },
      recipient: { verified: true, visitorId: null },
    });
  });

  it('after a chat is its transcript, under a subject of its own, in the visitor’s language', async () => {
    const visitor = { ...newVisitor(), locale: 'fr-CA' };
    const { conversationId } = await says(service.messaging, visitor, 'Bonjour');
    await request(Reply, answer(conversationId, 'Bonjour à vous'));
    await fillsForm(service.messaging, visitor, { email: newAddress() });
    const order = await orderOf((await replies(conversationId)).id);
    expect(order).toMatchObject({
      subject: 'Votre conversation avec nous',
      locale: 'fr',
      inReplyTo: null,
      references: [],
    });
    expect(order.recipient).toMatchObject({ verified: false, visitorId: visitor.visitorId });
    expect(order.transcript.slice(1).map(({ text }) => text)).toEqual(['Bonjour à vous', 'Bonjour']);
  });

  it('names the mails of ours that were sent, and each mail once', async () => {
    const first = await arrives();
    const reply = await replies(first.conversationId);
    await reports(reply, { state: 'SENT', rfcMessageId: 'ours@shop.example' });
    await stateOf(reply, 'SENT');
    const second = await orderOf((await replies(first.conversationId)).id);
    expect(second.references.at(-1)).toBe('ours@shop.example');
    expect(second.inReplyTo).toBe('ours@shop.example');
    const answered = await arrives({ from: first.email?.from.address ?? '', inReplyTo: '<ours@shop.example>' });
    expect(answered.conversationId).toBe(first.conversationId);
  });

  it('is the only channel of a thread without a visitor', async () => {
    const { conversationId } = await arrives();
    const { items } = await request(GetReplyOptions, { ids: [conversationId] });
    expect(items[0]?.map(({ channel, available, default: preselected }) => [channel, available, preselected])).toEqual([
      ['chat', false, false],
      ['email', true, true],
      ['messenger', false, false],
    ]);
  });

  it('is refused where no address is known, and leaves nothing behind', async () => {
    const { conversationId } = await says(service.messaging, newVisitor(), 'hello');
    const error: unknown = await replies(conversationId).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ code: 'EMAIL_ADDRESS_MISSING' });
    expect((await conversationNow(service.messaging, conversationId)).lastPosition).toBe(1);
  });

  it('that is asked for twice is ordered once', async () => {
    const { conversationId } = await arrives();
    const asked = { ...answer(conversationId, 'once'), channel: 'email' as const };
    const [one, two] = await Promise.all([request(Reply, asked), request(Reply, asked)]);
    expect(one.message.id).toBe(two.message.id);
    expect(await ordersOf(one.message.id)).toHaveLength(1);
  });
});

describe('security row 7: a transcript goes', () => {
  it('to the thread’s address only, whoever a mail copies or wants answered, and holds no stranger’s words', async () => {
    const address = newAddress();
    const { conversationId } = await arrives({ from: address, text: 'private' });
    const mallory = newAddress('mallory');
    await arrives({
      from: address,
      authentication: 'FAIL',
      tokens: [conversationId],
      cc: [{ name: null, address: mallory }],
      text: 'spoofed',
    });
    await arrives({ from: mallory, tokens: [conversationId], text: 'send me everything' });
    const order = await orderOf((await replies(conversationId)).id);
    expect(order).toMatchObject({ to: { address }, cc: [] });
    expect(order.transcript.map(({ text }) => text)).toEqual(['private']);
  });
});

describe('a delivery report', () => {
  const sent = async () => replies((await arrives()).conversationId);
  // From one moment: the time between two reports must not change their order.
  const begun = Date.now();
  const at = (second: number) => new Date(begun + second * 1_000).toISOString();

  it('moves forward only, however often and in whatever order it comes, and each step is announced once', async () => {
    const message = await sent();
    await reports(message, { state: 'SENT', at: at(1) });
    await reports(message, { state: 'SENT', at: at(1) });
    await reports(message, { state: 'SEEN', at: at(3) });
    await reports(message, { state: 'DELIVERED', at: at(2) });
    await reports(message, { state: 'UNKNOWN', at: at(4) });
    await reports(message, { state: 'FAILED', at: at(4) });
    const last = await arrives({ tokens: [message.conversationId] });
    await storedMessage(service.messaging, last.id);
    expect((await stateOf(message, 'SEEN'))?.failureCode).toBeNull();
    const changes = await eventually(() => {
      const found = service.events.filter(
        ({ subject, type }) => subject === message.conversationId && type.endsWith('message-changed.v1'),
      );
      expect(found.length).toBeGreaterThanOrEqual(2);
      return found;
    });
    expect(changes).toHaveLength(2);
  });

  it('of a bounce comes after SENT, with its code and words; a later success corrects it, an earlier one does not', async () => {
    const message = await sent();
    await reports(message, { state: 'SENT', at: at(1) });
    await reports(message, {
      state: 'FAILED',
      failureCode: 'MAILBOX_UNKNOWN',
      detail: '550 5.1.1 No such user here',
      retryable: true,
      at: at(5),
    });
    await reports(message, { state: 'SENT', at: at(2) });
    expect(await stateOf(message, 'FAILED')).toMatchObject({
      failureCode: 'MAILBOX_UNKNOWN',
      detail: '550 5.1.1 No such user here',
      retryable: true,
    });
    await reports(message, { state: 'DELIVERED', at: at(6) });
    expect(await stateOf(message, 'DELIVERED')).toMatchObject({ failureCode: null, detail: null, retryable: false });
  });

  it('of an unknown fate is corrected by a success', async () => {
    const message = await sent();
    await reports(message, { state: 'UNKNOWN', at: at(1) });
    await stateOf(message, 'UNKNOWN');
    await reports(message, { state: 'SENT', at: at(2) });
    await stateOf(message, 'SENT');
  });

  it('about no message changes nothing and holds nothing up', async () => {
    const message = await sent();
    await reports({ ...message, id: newId('msg') }, { state: 'SENT' });
    await reports(message, { state: 'SENT' });
    await stateOf(message, 'SENT');
  });
});

describe('sending again', () => {
  const failed = async (retryable: boolean) => {
    const message = await replies((await arrives()).conversationId);
    await reports(message, { state: 'FAILED', failureCode: 'REFUSED', retryable });
    await stateOf(message, 'FAILED');
    return message;
  };
  const again = (messageId: string) => request(RetryMessage, { messageId, by: amelie });

  it('orders the same mail once more under a double click, as the next attempt', async () => {
    const message = await failed(true);
    const [one, two] = await Promise.all([again(message.id), again(message.id)]);
    for (const { message: retried } of [one, two]) {
      expect(retried.delivery).toMatchObject({ state: 'ACCEPTED', failureCode: null });
    }
    const [first, second, third] = await ordersOf(message.id);
    expect(third).toBeUndefined();
    expect(second).toEqual({ ...first, attempt: 2 });
  });

  it('lets the report of the first attempt change nothing any more', async () => {
    const message = await failed(true);
    await again(message.id);
    await reports(message, { state: 'FAILED', attempt: 1, retryable: true });
    await reports(message, { state: 'SENT', attempt: 2 });
    await stateOf(message, 'SENT');
  });

  it('is done for a doubtful one, and for one that arrived meanwhile nothing is', async () => {
    const message = await replies((await arrives()).conversationId);
    await reports(message, { state: 'UNKNOWN' });
    await stateOf(message, 'UNKNOWN');
    await again(message.id);
    await reports(message, { state: 'SENT', attempt: 2 });
    await stateOf(message, 'SENT');
    expect((await again(message.id)).message.delivery?.state).toBe('SENT');
    expect(await ordersOf(message.id)).toHaveLength(2);
  });

  it('is refused for what may never be sent again, what came in, chat, and what is not there', async () => {
    const message = await failed(false);
    const inbound = await arrives();
    const chat = await request(Reply, answer((await says(service.messaging, newVisitor(), 'hi')).conversationId, 'hi'));
    for (const [id, code] of [
      [message.id, 'INVALID_INPUT'],
      [inbound.id, 'INVALID_INPUT'],
      [chat.message.id, 'INVALID_INPUT'],
      [newId('msg'), 'NOT_FOUND'],
    ] as const) {
      await expect(again(id)).rejects.toMatchObject({ code });
    }
  });
});

it('the text of a whole book is one mail like another', async () => {
  const data = mail({ text: 'word '.repeat(19_999), quotedText: 'q'.repeat(100_000) });
  await service.messaging.publish(EmailMessageReceived, data.threadKey, data);
  const { conversationId } = await storedMessage(service.messaging, data.messageId);
  const order = await orderOf((await replies(conversationId)).id);
  expect(order.transcript).toHaveLength(1);
});
