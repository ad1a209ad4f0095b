import { randomUUID } from 'node:crypto';
import type { DataOf, Envelope, ReplyOption } from '@conversations/contracts';
import {
  ChatMessageReceived,
  CompleteUpload,
  GetReplyOptions,
  ListVisitorMessages,
  MessengerDeliveryChanged,
  MessengerPageChanged,
  Reply,
  ReserveUpload,
  RetryMessage,
  SendMessenger,
} from '@conversations/contracts';
import { eventually } from '@conversations/testing';
import { added, changed, hoursFrom, lookedUp, newPerson, publish, says, windowSince, wrote } from './messenger-people';
import type { RunningService } from './running-service';
import { eventsOf, kindsOf, startConversation } from './running-service';
import { amelie, answer, messagesNow, newVisitor, says as visitorSays, tom, written } from './visitors';

type Report = DataOf<typeof MessengerDeliveryChanged>;

let service: RunningService;

beforeAll(async () => {
  service = await startConversation({ replicas: 2 });
}, 60_000);

afterAll(() => service?.stop(), 60_000);

async function optionOf(conversationId: string): Promise<ReplyOption> {
  const { items } = await service.messaging.request(GetReplyOptions, { ids: [conversationId] });
  return items[0]!.find(({ channel }) => channel === 'messenger')!;
}

const sends = (conversationId: string, text: string, attachmentIds: string[] = []) =>
  service.messaging.request(Reply, { ...answer(conversationId, text), channel: 'messenger', attachmentIds });
const retries = (messageId: string) => service.messaging.request(RetryMessage, { messageId, by: tom });

/** What the connector was told to send in a conversation, oldest first. */
async function commands(conversationId: string): Promise<DataOf<typeof SendMessenger>[]> {
  const owner = await service.sql('owner');
  const { rows } = await owner.query<{ body: string }>(
    'SELECT body FROM outbox WHERE key = $1 AND subject LIKE $2 ORDER BY seq',
    [conversationId, `${SendMessenger.subjectRoot}.%`],
  );
  return rows.map(({ body }) => SendMessenger.schema.parse((JSON.parse(body) as Envelope).data));
}

async function reports(conversationId: string, messageId: string, more: Partial<Report>): Promise<void> {
  await service.messaging.publish(MessengerDeliveryChanged, conversationId, {
    ...{ conversationId, messageId, state: 'SENT', failureCode: null, detail: null, retryable: false, attempt: 1 },
    at: new Date().toISOString(),
    ...more,
  });
}

const deliveryBecomes = (conversationId: string, messageId: string, expected: object) =>
  eventually(async () => {
    const message = (await messagesNow(service.messaging, conversationId)).find(({ id }) => id === messageId);
    expect(message?.delivery).toMatchObject(expected);
  });

async function upload(filename: string): Promise<string> {
  const reserved = { owner: { kind: 'agent' as const, id: amelie.id }, storageKey: randomUUID() };
  const { id } = await service.messaging.request(ReserveUpload, reserved);
  await service.messaging.request(CompleteUpload, { id, filename, contentType: 'image/png', byteSize: 7 });
  return id;
}

describe('behaviour 20: an answer by Messenger', () => {
  it('is offered first, with the person and the time that is left', async () => {
    const person = newPerson();
    const window = windowSince(1);
    const { conversation } = await says(service, wrote(person, 'hello', { window }));
    const { items } = await service.messaging.request(GetReplyOptions, { ids: [conversation.id] });
    expect(items[0]?.map(({ channel, available, default: first }) => [channel, available, first])).toEqual([
      ['chat', false, false],
      ['email', false, false],
      ['messenger', true, true],
    ]);
    expect(await optionOf(conversation.id)).toEqual({
      ...{ channel: 'messenger', available: true, default: true, recipient: person.profile.displayName },
      ...{ disabledReason: null, notice: null, windowClosesAt: window.closesAt, maxLength: 2_000 },
      includesTranscript: false,
    });
  });

  it('is told with everything that the connector needs', async () => {
    const person = newPerson();
    const window = windowSince(1, 7);
    const { conversation } = await says(service, wrote(person, 'hello', { window }));
    const photo = await upload('shoe.png');
    const { message } = await sends(conversation.id, ' Yes, in all sizes. ', [photo]);
    expect(message).toMatchObject({
      channel: 'messenger',
      direction: 'OUTBOUND',
      delivery: { state: 'ACCEPTED' },
      messenger: { external: false, unsent: false, media: 'READY' },
      attachments: [{ id: photo }],
    });
    expect(await commands(conversation.id)).toEqual([
      {
        conversationId: conversation.id,
        messageId: message.id,
        attempt: 1,
        profileId: person.profile.id,
        pageId: '104',
        threadKey: person.threadKey,
        text: 'Yes, in all sizes.',
        attachments: [
          {
            ...{ id: photo, filename: 'shoe.png', contentType: 'image/png', byteSize: 7 },
            storageKey: expect.any(String) as string,
          },
        ],
        window,
      },
    ]);
    await reports(conversation.id, message.id, { state: 'SEEN' });
    await deliveryBecomes(conversation.id, message.id, { state: 'SEEN' });
  });

  it('has at most 2,000 characters, and is sent once however often it is asked for', async () => {
    const { conversation } = await says(service, wrote(newPerson(), 'hello'));
    await expect(sends(conversation.id, 'x'.repeat(2_001))).rejects.toMatchObject({ code: 'TOO_LONG' });
    const once = { ...answer(conversation.id, 'x'.repeat(2_000)), channel: 'messenger' as const };
    const [first, second] = [
      await service.messaging.request(Reply, once),
      await service.messaging.request(Reply, once),
    ];
    expect(second.message.id).toBe(first.message.id);
    expect(await commands(conversation.id)).toHaveLength(1);
  });

  it('is not offered in other threads, nor are other channels in its own', async () => {
    const { conversationId } = await visitorSays(service.messaging, newVisitor(), 'hello');
    expect(await optionOf(conversationId)).toMatchObject({
      available: false,
      disabledReason: 'NOT_A_MESSENGER_THREAD',
    });
    await expect(sends(conversationId, 'hi')).rejects.toMatchObject({ code: 'CHANNEL_NOT_AVAILABLE' });
    const { conversation } = await says(service, wrote(newPerson(), 'hello'));
    await expect(service.messaging.request(Reply, answer(conversation.id, 'hi'))).rejects.toMatchObject({
      code: 'CHANNEL_NOT_AVAILABLE',
    });
  });

  it('warns while less than four hours are left', async () => {
    const { conversation } = await says(service, wrote(newPerson(), 'hello', { window: windowSince(20.1) }));
    expect(await optionOf(conversation.id)).toMatchObject({ available: true, notice: 'WINDOW_CLOSING' });
  });

  it('is refused after the window, with the time at which it closed; a newer message of the person opens it', async () => {
    const person = newPerson();
    const window = windowSince(25);
    const { conversation } = await says(service, wrote(person, 'hello', { window }));
    const closed = { available: false, disabledReason: 'MESSENGER_WINDOW_CLOSED', windowClosesAt: window.closesAt };
    expect(await optionOf(conversation.id)).toMatchObject(closed);
    await expect(sends(conversation.id, 'too late')).rejects.toMatchObject({
      code: 'REPLY_WINDOW_CLOSED',
      options: { details: { closedAt: window.closesAt } },
    });
    expect(await commands(conversation.id)).toEqual([]);
    await says(service, wrote(person, 'still there?'));
    expect(await optionOf(conversation.id)).toMatchObject({ available: true, notice: null });
  });

  it('is opened for longer by a reaction or by coming back through a link, which composers hear of', async () => {
    const person = newPerson();
    const message = wrote(person, 'hello', { window: windowSince(25) });
    const { conversation } = await says(service, message);
    const byReaction = windowSince(2);
    await publish(service, changed(message, { kind: 'REACTION', emoji: '❤' }, { window: byReaction }));
    const events = await eventsOf(service, conversation.id, 3);
    expect(kindsOf(events)).toEqual(['opened', 'message-added', 'message-changed']);
    expect(await optionOf(conversation.id)).toMatchObject({ available: true, windowClosesAt: byReaction.closesAt });

    const byLink = windowSince(1);
    await lookedUp(service, person, {}, { window: byLink });
    expect(kindsOf(await eventsOf(service, conversation.id, 4)).at(-1)).toBe('contact-changed');
    expect(await optionOf(conversation.id)).toMatchObject({ windowClosesAt: byLink.closesAt });
  });

  it('may be written by a person for as long as the page’s HUMAN_AGENT tag allows, after the day only', async () => {
    const person = newPerson();
    const window = windowSince(25, 7);
    const { conversation } = await says(service, wrote(person, 'hello', { window }));
    expect(await optionOf(conversation.id)).toMatchObject({ available: true, windowClosesAt: window.humanAgentUntil });
    await sends(conversation.id, 'a day later');
    expect(await commands(conversation.id)).toMatchObject([{ window }]);
    await says(service, wrote(person, 'hello again', { window: windowSince(0, 7) }));
    expect((await optionOf(conversation.id)).windowClosesAt).not.toBe(window.humanAgentUntil);
  });

  it('cannot be written while the page cannot send', async () => {
    const person = newPerson('208');
    const { conversation } = await says(service, wrote(person, 'hello'));
    const page = { pageId: '208', pageName: 'Demo shop', canSend: false, at: hoursFrom(Date.now(), 0) };
    const tells = (more: object) => service.messaging.publish(MessengerPageChanged, page.pageId, { ...page, ...more });
    await tells({});
    const down = { available: false, disabledReason: 'CHANNEL_DOWN' };
    await eventually(async () => expect(await optionOf(conversation.id)).toMatchObject(down));
    await expect(sends(conversation.id, 'hi')).rejects.toMatchObject({ code: 'CHANNEL_NOT_AVAILABLE' });
    await tells({ canSend: true, at: hoursFrom(Date.now(), -1) });
    await tells({ canSend: true, at: hoursFrom(Date.now(), 1) });
    await eventually(async () => expect(await optionOf(conversation.id)).toMatchObject({ available: true }));
  });
});

describe('an answer whose sending failed', () => {
  it('because Facebook called it too late closes the window, until the person writes again', async () => {
    const person = newPerson();
    const { conversation } = await says(service, wrote(person, 'hello', { window: windowSince(23.9) }));
    const { message } = await sends(conversation.id, 'in time, I hope');
    const words = 'This message is sent outside of allowed window.';
    const refused = { state: 'FAILED' as const, failureCode: 'WINDOW', detail: words, retryable: true };
    await reports(conversation.id, message.id, refused);
    await deliveryBecomes(conversation.id, message.id, refused);
    expect(await optionOf(conversation.id)).toMatchObject({
      ...{ available: false, disabledReason: 'MESSENGER_WINDOW_CLOSED', windowClosesAt: message.createdAt },
    });
    await expect(retries(message.id)).rejects.toMatchObject({ code: 'REPLY_WINDOW_CLOSED' });
    await deliveryBecomes(conversation.id, message.id, { state: 'FAILED' });
    expect(kindsOf(await eventsOf(service, conversation.id, 5)).at(-1)).toBe('message-changed');

    await says(service, wrote(person, 'are you there?', { window: windowSince(0) }));
    expect(await optionOf(conversation.id)).toMatchObject({ available: true });
    await retries(message.id);
    expect((await commands(conversation.id)).map(({ messageId, attempt }) => [messageId, attempt])).toEqual([
      [message.id, 1],
      [message.id, 2],
    ]);
  });

  it('or is in doubt is sent again by a person only', async () => {
    const { conversation } = await says(service, wrote(newPerson(), 'hello'));
    const { message } = await sends(conversation.id, 'hi');
    await retries(message.id);
    expect(await commands(conversation.id)).toHaveLength(1);
    await reports(conversation.id, message.id, { state: 'UNKNOWN', failureCode: 'UNKNOWN' });
    await deliveryBecomes(conversation.id, message.id, { state: 'UNKNOWN' });
    expect(await commands(conversation.id)).toHaveLength(1);
    await retries(message.id);
    expect(await commands(conversation.id)).toHaveLength(2);
    await deliveryBecomes(conversation.id, message.id, { state: 'ACCEPTED' });
  });

  it('and can never be sent again stays as it is', async () => {
    const { conversation } = await says(service, wrote(newPerson(), 'hello'));
    const { message } = await sends(conversation.id, 'hi');
    await reports(conversation.id, message.id, { state: 'FAILED', failureCode: 'RECIPIENT', retryable: false });
    await deliveryBecomes(conversation.id, message.id, { state: 'FAILED', failureCode: 'RECIPIENT' });
    await expect(retries(message.id)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await optionOf(conversation.id)).toMatchObject({ available: true });
  });
});

it('no visitor ever sees a message from Messenger, wherever it stands', async () => {
  const visitor = newVisitor();
  const { conversationId } = await visitorSays(service.messaging, visitor, 'hello');
  const owner = await service.sql('owner');
  await owner.query(`UPDATE message SET channel = 'messenger' WHERE conversation_id = $1`, [conversationId]);
  const more = written(visitor, 'again');
  await service.messaging.publish(ChatMessageReceived, more.threadKey, more);
  await added(service, more);
  const { messages } = await service.messaging.request(ListVisitorMessages, {
    ...{ visitorId: visitor.visitorId, beforeSeq: 10, limit: 10 },
  });
  expect(messages.map(({ text }) => text)).toEqual(['again']);
});
