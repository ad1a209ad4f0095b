import { randomUUID } from 'node:crypto';
import type { MessageSnapshot } from '@conversations/contracts';
import { CompleteConversation, FindAttachment, GetMessages, ListConversations } from '@conversations/contracts';
import { eventually } from '@conversations/testing';
import {
  added,
  answeredOnFacebook,
  changed,
  file,
  hoursFrom,
  lookedUp,
  newPerson,
  publish,
  says,
  windowSince,
  wrote,
} from './messenger-people';
import type { RunningService } from './running-service';
import { eventsOf, kindsOf, startConversation } from './running-service';
import { amelie, conversationNow, messagesNow } from './visitors';

let service: RunningService;

beforeAll(async () => {
  service = await startConversation({ replicas: 2 });
}, 60_000);

afterAll(() => service?.stop(), 60_000);

const at = (minutes: number) => ({ at: hoursFrom(Date.UTC(2026, 10, 22, 13), minutes / 60) });
const messageNow = async (id: string): Promise<MessageSnapshot> =>
  (await service.messaging.request(GetMessages, { ids: [id] })).items[0]!;
const becomes = (id: string, expected: object) =>
  eventually(async () => {
    const message = await messageNow(id);
    expect(message).toMatchObject(expected);
    return message;
  });
const found = async (search: string) => {
  const filter = {
    ...{ status: null, unread: null, channels: null, contactId: null, visitorIds: null },
    ...{ assignment: null, assigneeId: null, waitingForReply: null, search },
  };
  const { pages } = await service.messaging.request(ListConversations, {
    pages: [{ filter, first: 10, after: null, count: false }],
  });
  return pages[0]!.items.length;
};

describe('a message that the person changes', () => {
  it('shows the new text alone: the one before is neither kept nor found', async () => {
    const [before, after] = [`b${randomUUID().replaceAll('-', '')}`, `a${randomUUID().replaceAll('-', '')}`];
    const original = wrote(newPerson(), before);
    const { conversation } = await says(service, original);
    expect(await found(before)).toBe(1);
    await publish(service, changed(original, { kind: 'EDITED', text: after }));
    await becomes(original.messageId, { text: after, messenger: { edited: true } });
    expect([await found(before), await found(after)]).toEqual([0, 1]);
    const owner = await service.sql('owner');
    const { rows } = await owner.query(
      `SELECT 1 FROM message WHERE message::text LIKE $1 UNION ALL SELECT 1 FROM messenger_early_change e WHERE e::text LIKE $1`,
      [`%${before}%`],
    );
    expect(rows).toEqual([]);
    const events = await eventsOf(service, conversation.id, 3);
    expect(kindsOf(events)).toEqual(['opened', 'message-added', 'message-changed']);
    expect(events[2]).toMatchObject({ sequence: 3, data: { conversation: { version: 3, lastPosition: 1 } } });
  });

  it('shows neither text nor files once it is taken back, and keeps its place', async () => {
    const word = `w${randomUUID().replaceAll('-', '')}`;
    const photo = file();
    const original = wrote(newPerson(), word, { attachments: [photo] });
    const { conversation } = await says(service, original);
    const where = () => service.messaging.request(FindAttachment, { id: photo.id, visitorId: null });
    expect((await where()).attachment).toMatchObject({ id: photo.id, storageKey: photo.storageKey });
    await publish(service, changed(original, { kind: 'UNSENT' }));
    await becomes(original.messageId, { position: 1, text: '', attachments: [], messenger: { unsent: true } });
    expect((await where()).attachment).toBeNull();
    expect(await found(word)).toBe(0);
    expect((await conversationNow(service.messaging, conversation.id)).unread).toBe(true);
  });

  it('carries a reaction, which adds no message and opens nothing again', async () => {
    const original = wrote(newPerson(), 'hello');
    const { conversation } = await says(service, original);
    await service.messaging.request(CompleteConversation, { conversationId: conversation.id, by: amelie });
    await publish(service, changed(original, { kind: 'REACTION', emoji: '❤' }, at(1)));
    await becomes(original.messageId, { messenger: { reaction: '❤' } });
    expect(await conversationNow(service.messaging, conversation.id)).toMatchObject({
      status: 'COMPLETED',
      lastPosition: 1,
    });
    await publish(service, changed(original, { kind: 'REACTION', emoji: null }, at(2)));
    await becomes(original.messageId, { messenger: { reaction: null } });
  });

  it('gets its files when they come', async () => {
    const photo = file();
    const original = wrote(newPerson(), '', { media: 'PENDING' });
    const { message } = await says(service, original);
    expect(message).toMatchObject({ attachments: [], messenger: { media: 'PENDING', unsupported: false } });
    await publish(service, changed(original, { kind: 'MEDIA', attachments: [photo], media: 'READY' }));
    await becomes(original.messageId, { attachments: [{ id: photo.id }], messenger: { media: 'READY' } });
    const { attachment } = await service.messaging.request(FindAttachment, { id: photo.id, visitorId: null });
    expect(attachment).toMatchObject({ storageKey: photo.storageKey });
  });

  it('says so when its files cannot be had', async () => {
    const original = wrote(newPerson(), '', { media: 'PENDING' });
    await says(service, original);
    await publish(service, changed(original, { kind: 'MEDIA', attachments: [], media: 'FAILED' }));
    await becomes(original.messageId, { attachments: [], messenger: { media: 'FAILED' } });
  });
});

it('a change that comes before its message is kept until the message comes', async () => {
  const person = newPerson();
  const late = wrote(person, 'first words');
  const photo = file();
  await publish(
    service,
    changed(late, { kind: 'EDITED', text: 'second words' }, at(2)),
    changed(late, { kind: 'REACTION', emoji: '👍' }, at(3)),
    changed(late, { kind: 'MEDIA', attachments: [photo], media: 'READY' }, at(4)),
  );
  const { conversation, message } = await says(service, late);
  expect(message).toMatchObject({
    text: 'second words',
    attachments: [{ id: photo.id }],
    messenger: { edited: true, reaction: '👍', media: 'READY' },
  });
  expect(kindsOf(await eventsOf(service, conversation.id, 2))).toEqual(['opened', 'message-added']);
  const owner = await service.sql('owner');
  const { rows } = await owner.query('SELECT changes FROM messenger_early_change WHERE target_key = $1', [
    late.idempotencyKey,
  ]);
  expect(rows).toEqual([{ changes: [] }]);
});

it('every delivery five times in any order ends with the same messages', async () => {
  const outcomes: object[] = [];
  for (let round = 0; round < 6; round += 1) {
    const person = newPerson();
    const messages = ['one', 'two', 'three', 'four'].map((text, index) =>
      wrote(person, text, {
        idempotencyKey: `messenger:104:m_${round}_${index}_${person.profile.id}`,
        media: index === 3 ? 'PENDING' : 'READY',
        window: windowSince(index),
      }),
    );
    const [one, two, three, four] = messages as [
      (typeof messages)[0],
      (typeof messages)[0],
      (typeof messages)[0],
      (typeof messages)[0],
    ];
    const photo = file();
    const facts = [
      ...messages,
      answeredOnFacebook(person, 'five'),
      changed(one, { kind: 'EDITED', text: 'one, edited' }, at(1)),
      changed(one, { kind: 'EDITED', text: 'one, edited again' }, at(2)),
      changed(two, { kind: 'EDITED', text: 'two, edited' }, at(1)),
      changed(two, { kind: 'UNSENT' }, at(2)),
      changed(three, { kind: 'REACTION', emoji: '👍' }, at(1)),
      changed(three, { kind: 'REACTION', emoji: '❤' }, at(2)),
      changed(four, { kind: 'MEDIA', attachments: [photo], media: 'READY' }, at(2)),
    ];
    const deliveries = Array.from({ length: round === 0 ? 1 : 5 }, () => facts).flat();
    if (round > 0) shuffle(deliveries);
    await publish(service, ...deliveries);
    const last = wrote(person, 'end');
    const { conversation } = await says(service, last);
    expect(conversation).toMatchObject({ lastPosition: 6, unread: true });
    const stored = await messagesNow(service.messaging, conversation.id);
    expect(stored.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6]);
    const shown = stored.map(({ text, attachments, direction, messenger }) => {
      return { text, direction, messenger, files: attachments.map(({ filename }) => filename) };
    });
    outcomes.push([...shown].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)));
  }
  for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
}, 60_000);

function shuffle(list: unknown[]): void {
  for (let index = list.length - 1; index > 0; index -= 1) {
    const other = Math.floor(Math.random() * (index + 1));
    [list[index], list[other]] = [list[other], list[index]];
  }
}

describe('a name that is looked up later', () => {
  it('is the title of every thread of the person, old and open', async () => {
    const person = newPerson();
    const { conversation: old } = await says(service, wrote(person, 'one'));
    await service.messaging.request(CompleteConversation, { conversationId: old.id, by: amelie });
    const { conversation: open } = await says(service, wrote(person, 'two'));
    await lookedUp(service, person, { displayName: 'Ben Ito' });
    for (const { id } of [old, open])
      await eventually(async () =>
        expect(await conversationNow(service.messaging, id)).toMatchObject({ title: 'Ben Ito', lastPosition: 1 }),
      );
    const events = await eventsOf(service, open.id, 3);
    expect(kindsOf(events)).toEqual(['opened', 'message-added', 'contact-changed']);
  });

  it('finds the threads of the person, as does the name of one who has no other', async () => {
    const person = newPerson();
    const { conversation } = await says(service, wrote(person, 'hello'));
    expect(await found(person.profile.displayName)).toBeGreaterThanOrEqual(1);
    const name = `n${randomUUID().replaceAll('-', '')}`;
    await lookedUp(service, person, { displayName: name });
    await eventsOf(service, conversation.id, 3);
    expect(await found(name)).toBe(1);
  });

  it('holds against messages that left before it was known, and is there for a person who has not written', async () => {
    const person = newPerson();
    await lookedUp(service, person, { displayName: 'Ben Ito' });
    const { conversation } = await says(service, wrote(person, 'hello'));
    expect(conversation.title).toBe('Ben Ito');
    await lookedUp(service, person, { displayName: 'Somebody else' }, { at: hoursFrom(Date.now(), -1) });
    const { conversation: after } = await says(service, wrote(person, 'hello again'));
    expect(after.title).toBe('Ben Ito');
  });

  it('is announced together with a picture, which alone is announced too', async () => {
    const person = newPerson();
    const { conversation } = await says(service, wrote(person, 'hello'));
    await lookedUp(service, person, { avatar: { storageKey: 'a', contentType: 'image/png' } });
    expect(kindsOf(await eventsOf(service, conversation.id, 3))).toEqual([
      'opened',
      'message-added',
      'contact-changed',
    ]);
  });
});

it('a reaction to an answer that was sent from here is found by the id of the answer', async () => {
  const person = newPerson();
  const question = wrote(person, 'hello');
  const { conversation } = await says(service, question);
  const elsewhere = answeredOnFacebook(person, 'Good morning');
  await says(service, elsewhere);
  await publish(service, { ...changed(elsewhere, { kind: 'REACTION', emoji: '❤' }), targetKey: elsewhere.messageId });
  await becomes(elsewhere.messageId, { messenger: { reaction: '❤' } });
  expect((await added(service, elsewhere)).conversation.id).toBe(conversation.id);
});
