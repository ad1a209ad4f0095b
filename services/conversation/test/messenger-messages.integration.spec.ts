import { CompleteConversation, CountInbox, ReadConversation, ReopenConversation } from '@conversations/contracts';
import type { RunningService } from './running-service';
import { eventsOf, kindsOf, startConversation } from './running-service';
import { added, answeredOnFacebook, file, newPerson, publish, says, wrote } from './messenger-people';
import { amelie, conversationNow, messagesNow } from './visitors';

let service: RunningService;

beforeAll(async () => {
  service = await startConversation({ replicas: 2 });
}, 60_000);

afterAll(() => service?.stop(), 60_000);

const complete = (conversationId: string) =>
  service.messaging.request(CompleteConversation, { conversationId, by: amelie });
const read = (conversationId: string) => service.messaging.request(ReadConversation, { conversationId, by: amelie });
const unreadNow = async () => (await service.messaging.request(CountInbox, {})).unread;

describe('behaviour 19: a person on Messenger', () => {
  it('begins a conversation that is unread, without any contact record', async () => {
    const person = newPerson();
    const first = wrote(person, 'Is the red one in stock?');
    const { conversation, message } = await says(service, first);

    expect(conversation).toMatchObject({
      status: 'OPEN',
      unread: true,
      waitingForReply: true,
      title: person.profile.displayName,
      contactId: null,
      visitorId: null,
      messengerProfileId: person.profile.id,
      channels: ['messenger'],
      lastPosition: 1,
      version: 2,
    });
    expect(message).toMatchObject({
      id: first.messageId,
      channel: 'messenger',
      direction: 'INBOUND',
      author: { kind: 'messenger-profile', id: person.profile.id, name: person.profile.displayName },
      text: 'Is the red one in stock?',
      delivery: null,
      messenger: { reaction: null, edited: false, unsent: false, external: false, unsupported: false, media: 'READY' },
    });
    expect(kindsOf(await eventsOf(service, conversation.id, 2))).toEqual(['opened', 'message-added']);
    const owner = await service.sql('owner');
    expect((await owner.query('SELECT count(*)::int AS n FROM contact')).rows).toEqual([{ n: 0 }]);
  });

  it('adds to the open conversation; after Complete the next message begins a new one', async () => {
    const person = newPerson();
    const { conversation: first } = await says(service, wrote(person, 'one'));
    const { conversation: same } = await says(service, wrote(person, 'two'));
    expect(same).toMatchObject({ id: first.id, lastPosition: 2 });
    await complete(first.id);
    const { conversation: next } = await says(service, wrote(person, 'three'), wrote(person, 'four'));
    expect(next).toMatchObject({
      status: 'OPEN',
      unread: true,
      lastPosition: 2,
      messengerProfileId: person.profile.id,
    });
    expect(next.id).not.toBe(first.id);
    expect(await conversationNow(service.messaging, first.id)).toMatchObject({ status: 'COMPLETED', lastPosition: 2 });
  });

  it('begins nothing with a message that comes again after its conversation was completed', async () => {
    const person = newPerson();
    const message = wrote(person, 'once');
    const { conversation } = await says(service, message);
    await complete(conversation.id);
    await publish(service, message, message);
    const { conversation: next } = await says(service, wrote(person, 'twice'));
    expect(next.lastPosition).toBe(1);
    expect((await messagesNow(service.messaging, next.id)).map(({ text }) => text)).toEqual(['twice']);
  });

  it('is another one on another page', async () => {
    const [here, there] = [newPerson('104'), newPerson('105')];
    const { conversation: one } = await says(service, wrote(here, 'hello'));
    const { conversation: two } = await says(service, wrote(there, 'hello'));
    expect(one.id).not.toBe(two.id);
  });

  it('who writes 50 first messages at once over two replicas has one thread with 50 messages', async () => {
    const person = newPerson();
    const messages = Array.from({ length: 50 }, (_, index) => wrote(person, `message ${index}`));
    await Promise.all(messages.map((message) => publish(service, message)));
    const stored = await Promise.all(messages.map((message) => added(service, message)));
    expect(new Set(stored.map(({ conversation }) => conversation.id)).size).toBe(1);
    const positions = stored.map(({ message }) => message.position).sort((a, b) => a - b);
    expect(positions).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  it('has positions in the order of arrival, however many people write at once', async () => {
    const people = Array.from({ length: 10 }, () => newPerson());
    const texts = ['a', 'b', 'c', 'd', 'e'];
    const stored = await Promise.all(
      people.map((person) => says(service, ...texts.map((text) => wrote(person, text)))),
    );
    for (const { conversation } of stored)
      expect((await messagesNow(service.messaging, conversation.id)).map(({ text }) => text)).toEqual(texts);
  });

  it('may have files with the message; where their bytes lie is told to nobody', async () => {
    const photo = file();
    const { storageKey: _, ...shown } = photo;
    const { message } = await says(service, wrote(newPerson(), '', { attachments: [photo] }));
    expect(message.attachments).toEqual([shown]);
    expect(message.messenger).toMatchObject({ unsupported: false });
  });

  it('never leaves an empty bubble', async () => {
    const { message } = await says(service, wrote(newPerson(), ''));
    expect(message).toMatchObject({ text: '', messenger: { unsupported: true } });
  });
});

describe('an answer that the page gave on Facebook', () => {
  it('stands in the thread, answers it, and calls nobody', async () => {
    const person = newPerson();
    const { conversation } = await says(service, wrote(person, 'hello?'));
    await read(conversation.id);
    const unread = await unreadNow();
    const { conversation: after, message } = await says(service, answeredOnFacebook(person, 'Good morning'));
    expect(after).toMatchObject({ id: conversation.id, unread: false, waitingForReply: false, assigneeId: null });
    expect(message).toMatchObject({
      position: 2,
      direction: 'OUTBOUND',
      author: { kind: 'system', id: null, name: 'Demo shop' },
      delivery: { state: 'SENT', retryable: false },
      messenger: { external: true },
    });
    expect(await unreadNow()).toBe(unread);
  });

  it('leaves unread what nobody here has read', async () => {
    const person = newPerson();
    await says(service, wrote(person, 'hello?'));
    const { conversation } = await says(service, answeredOnFacebook(person, 'Good morning'));
    expect(conversation).toMatchObject({ unread: true, waitingForReply: false });
  });

  it('is kept in the newest thread and does not open it again', async () => {
    const person = newPerson();
    const { conversation: old } = await says(service, wrote(person, 'one'));
    await complete(old.id);
    const { conversation: newer } = await says(service, wrote(person, 'two'));
    await complete(newer.id);
    const { conversation } = await says(service, answeredOnFacebook(person, 'goodbye'));
    expect(conversation).toMatchObject({ id: newer.id, status: 'COMPLETED', lastPosition: 2 });
    const { conversation: next } = await says(service, wrote(person, 'three'));
    expect(next.id).not.toBe(newer.id);
  });

  it('begins a thread where there is none, which calls nobody until the person writes', async () => {
    const person = newPerson();
    const unread = await unreadNow();
    const { conversation } = await says(service, answeredOnFacebook(person, 'Your parcel is here'));
    expect(conversation).toMatchObject({
      status: 'OPEN',
      unread: false,
      waitingForReply: false,
      title: person.profile.displayName,
    });
    expect(await unreadNow()).toBe(unread);
    const { conversation: answered } = await says(service, wrote(person, 'Thank you'));
    expect(answered).toMatchObject({ id: conversation.id, unread: true, waitingForReply: true, lastPosition: 2 });
  });
});

it('an agent cannot open an old thread while a newer one with the person is open, and is told why', async () => {
  const person = newPerson();
  const { conversation: old } = await says(service, wrote(person, 'one'));
  await complete(old.id);
  const { conversation: newer } = await says(service, wrote(person, 'two'));
  const reopen = (conversationId: string) =>
    service.messaging.request(ReopenConversation, { conversationId, by: amelie });
  await expect(reopen(old.id)).rejects.toMatchObject({
    code: 'ANOTHER_CONVERSATION_OPEN',
    message: 'Another conversation with this person is open. Go on there, or complete it first.',
  });
  await complete(newer.id);
  expect((await reopen(old.id)).conversation.status).toBe('OPEN');
  const { conversation } = await says(service, wrote(person, 'three'));
  expect(conversation).toMatchObject({ id: old.id, lastPosition: 2 });
});
