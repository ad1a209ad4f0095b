import { randomUUID } from 'node:crypto';
import type { MessageSnapshot } from '@conversations/contracts';
import {
  CompleteConversation,
  EmailMessageReceived,
  FindAttachment,
  GetContacts,
  GetMailBodies,
  GetReplyOptions,
  ListConversations,
  ListVisitorMessages,
  ReadConversation,
  RegisterOutbound,
  Reply,
  UserError,
} from '@conversations/contracts';
import { newId } from '@conversations/runtime';
import { eventually } from '@conversations/testing';
import { mail, messageNow, newAddress, receives, storedMessage } from './mails';
import type { RunningService } from './running-service';
import { eventsOf, startConversation } from './running-service';
import { amelie, answer, conversationNow, fillsForm, identifies, messagesNow, newVisitor, says } from './visitors';

let service: RunningService;

beforeAll(async () => {
  service = await startConversation({
    replicas: 2,
    env: { EMAIL_CHANNEL: 'on', EMAIL_INBOX_ADDRESSES: 'inbox@shop.example' },
  });
}, 60_000);

afterAll(() => service?.stop(), 60_000);

const request: RunningService['messaging']['request'] = (contract, input, options) =>
  service.messaging.request(contract, input, options);
const arrives = (given: Parameters<typeof mail>[0]) => receives(service.messaging, given);
const now = (conversationId: string) => conversationNow(service.messaging, conversationId);
const thread = (conversationId: string) => messagesNow(service.messaging, conversationId);

async function replies(conversationId: string, text = 'It arrives tomorrow.'): Promise<MessageSnapshot> {
  const { message } = await request(Reply, { ...answer(conversationId, text), channel: 'email' });
  return message;
}

/** A thread that a mail opened and an agent answered, completed since. */
async function answeredThread() {
  const address = newAddress();
  const rfcMessageId = `${randomUUID()}@mail.example.com`;
  const first = await arrives({ from: { name: 'Ann Okafor', address }, rfcMessageId });
  const { conversationId } = first;
  const reply = await replies(conversationId);
  await request(CompleteConversation, { conversationId, by: amelie });
  return { address, conversationId, rfcMessageId, reply };
}

const elsewhere = async (address: string) => (await arrives({ from: address })).conversationId;

describe('a mail joins the thread', () => {
  it.each(['To', 'Cc', 'Delivered-To', 'envelope'])('whose token stands in %s, and opens it again', async () => {
    // Wherever the adapter found it, it names the conversation.
    const { address, conversationId } = await answeredThread();
    const message = await arrives({ from: address, tokens: [conversationId] });
    expect(message).toMatchObject({ conversationId, author: { kind: 'contact' }, email: { source: 'INBOX_REPLY' } });
    expect(await now(conversationId)).toMatchObject({ status: 'OPEN', unread: true, waitingForReply: true });
  });

  it('that its In-Reply-To names, by an id of ours', async () => {
    const { address, conversationId, reply } = await answeredThread();
    expect(await arrives({ from: address, ownIds: [reply.id] })).toMatchObject({ conversationId });
  });

  it('that its In-Reply-To names, by the id of a mail that came in', async () => {
    const { address, conversationId, rfcMessageId } = await answeredThread();
    const message = await arrives({ from: address, inReplyTo: rfcMessageId });
    expect(message).toMatchObject({ conversationId, email: { source: 'INBOX_REPLY' } });
  });

  it('that only its References name, the last one first', async () => {
    const older = await answeredThread();
    const copied = newAddress('bob');
    const cc = [{ name: null, address: copied }];
    const newer = await arrives({ cc, rfcMessageId: `${randomUUID()}@x.example` });
    const references = [older.rfcMessageId, `<${randomUUID()}@unknown.example>`];
    expect(await arrives({ from: older.address, references })).toMatchObject({ conversationId: older.conversationId });
    expect(newer.conversationId).not.toBe(older.conversationId);
  });

  it('of the signed marker alone', async () => {
    const { address, conversationId } = await answeredThread();
    expect(await arrives({ from: address, marker: conversationId })).toMatchObject({
      conversationId,
      email: { source: 'INBOX_REPLY' },
    });
  });

  it('that is the latest of a known contact, when it names none', async () => {
    const { address, conversationId } = await answeredThread();
    const message = await arrives({ from: address.toUpperCase() });
    expect(message).toMatchObject({ conversationId, email: { source: 'DIRECT', relatedConversationId: null } });
    expect((await now(conversationId)).status).toBe('OPEN');
  });

  it('of a known contact who chats: one thread with both channels', async () => {
    const address = newAddress();
    const visitor = newVisitor();
    const { conversationId } = await fillsForm(service.messaging, visitor, { email: address });
    expect(await arrives({ from: address })).toMatchObject({ conversationId });
    await says(service.messaging, visitor, 'and by chat again');
    expect(await now(conversationId)).toMatchObject({ channels: ['chat', 'email'], lastChannel: 'chat' });
  });

  it('as somebody whom the contact copied, under their own name', async () => {
    const { address, conversationId } = await answeredThread();
    const bob = newAddress('bob');
    await arrives({ from: address, tokens: [conversationId], cc: [{ name: null, address: bob }] });
    const message = await arrives({ from: { name: 'Bob', address: bob }, tokens: [conversationId] });
    expect(message).toMatchObject({
      conversationId,
      author: { kind: 'participant', id: null, name: 'Bob' },
      email: { stranger: false, agentsOnly: true },
    });
  });
});

describe('a stranger', () => {
  it('with a token is appended under its own name with a badge, and stays a stranger the next time', async () => {
    const { conversationId } = await answeredThread();
    const before = await now(conversationId);
    const from = { name: 'Ann Okafor', address: newAddress('mallory') };
    for (let time = 0; time < 2; time += 1) {
      const message = await arrives({ from, tokens: [conversationId] });
      expect(message).toMatchObject({
        conversationId,
        author: { kind: 'participant', id: null, name: 'Ann Okafor' },
        email: { stranger: true, agentsOnly: true },
      });
    }
    expect((await now(conversationId)).contactId).toBe(before.contactId);
  });

  it('with ids only gets a thread of its own that names the other', async () => {
    const { conversationId, reply, rfcMessageId } = await answeredThread();
    for (const named of [{ ownIds: [reply.id] }, { inReplyTo: rfcMessageId }, { marker: conversationId }]) {
      const message = await arrives({ from: newAddress('mallory'), ...named });
      expect(message.conversationId).not.toBe(conversationId);
      expect(message.author.kind).toBe('contact');
      expect(message.email?.relatedConversationId).toBe(conversationId);
    }
  });

  it('of an unknown address is a new contact with a new thread, named as its mail says', async () => {
    const address = newAddress();
    const message = await arrives({ from: { name: 'Ann Okafor', address } });
    const conversation = await now(message.conversationId);
    expect(conversation).toMatchObject({
      title: 'Ann Okafor',
      subject: 'Where is my order?',
      channels: ['email'],
      visitorId: null,
      unread: true,
    });
    const { items } = await request(GetContacts, { ids: [conversation.contactId ?? ''] });
    expect(items).toMatchObject([{ displayName: 'Ann Okafor', email: address, emailVerified: false }]);
  });
});

describe('campaigns', () => {
  it('200 strangers who answer the same mail stay apart, each with what it answers', async () => {
    const rfcMessageId = `${randomUUID()}@campaign.example`;
    const addresses = Array.from({ length: 200 }, (_, index) => newAddress(`reader${index}`));
    const mails = addresses.map((address) => ({
      rfcMessageId: `<${rfcMessageId}>`,
      address,
      subject: 'Spring sale',
      sentAt: new Date().toISOString(),
    }));
    expect(await request(RegisterOutbound, { mails })).toEqual({ registered: 200 });
    expect(await request(RegisterOutbound, { mails })).toEqual({ registered: 200 });
    const sent = addresses.map((from) => mail({ from, inReplyTo: rfcMessageId, subject: 'Re: Spring sale' }));
    await Promise.all(sent.map((data) => service.messaging.publish(EmailMessageReceived, data.threadKey, data)));
    const stored = await Promise.all(sent.map(({ messageId }) => storedMessage(service.messaging, messageId)));
    expect(new Set(stored.map(({ conversationId }) => conversationId)).size).toBe(200);
    for (const { email } of stored) {
      expect(email).toMatchObject({ source: 'CAMPAIGN_REPLY', answersTo: 'Spring sale', relatedConversationId: null });
    }
  });

  it('an address that cannot be one is refused by its place', async () => {
    const broken = { rfcMessageId: 'a@b', address: 'nobody', subject: '', sentAt: new Date().toISOString() };
    const error = await request(RegisterOutbound, { mails: [broken] }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ code: 'INVALID_INPUT', options: { path: ['input', 'mails', '0', 'address'] } });
  });
});

describe('odd mails', () => {
  it('50 parallel first mails of one address make one contact and one thread', async () => {
    const address = newAddress();
    const sent = Array.from({ length: 50 }, () => mail({ from: address }));
    await Promise.all(sent.map((data) => service.messaging.publish(EmailMessageReceived, data.threadKey, data)));
    const stored = await Promise.all(sent.map(({ messageId }) => storedMessage(service.messaging, messageId)));
    expect(new Set(stored.map(({ conversationId }) => conversationId)).size).toBe(1);
    const positions = stored.map(({ position }) => position).sort((a, b) => a - b);
    expect(positions).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    const owner = await service.sql('owner');
    const { rows } = await owner.query('SELECT id FROM contact WHERE lower(email) = $1', [address]);
    expect(rows).toHaveLength(1);
  });

  it('the same mail to two of our addresses is one message', async () => {
    const data = mail();
    const again = { ...data, messageId: newId('msg') };
    for (const one of [data, again]) await service.messaging.publish(EmailMessageReceived, one.threadKey, one);
    const { conversationId } = await storedMessage(service.messaging, data.messageId);
    const last = await arrives({ from: data.from.address, tokens: [conversationId] });
    expect(last.position).toBe(2);
    expect(await messageNow(service.messaging, again.messageId)).toBeNull();
  });

  it('a Message-ID of 998 characters, or one that names nothing, is stored and found', async () => {
    const address = newAddress();
    const rfcMessageId = `${'é'.repeat(990)}@x`;
    const { conversationId } = await arrives({ from: address, rfcMessageId });
    const other = await arrives({ cc: [{ name: null, address }] });
    const message = await arrives({ from: address, inReplyTo: rfcMessageId, references: ['<<>>', ' ', rfcMessageId] });
    expect(message.conversationId).toBe(conversationId);
    expect(other.conversationId).not.toBe(conversationId);
  });

  it('an automatic mail neither opens a thread again nor makes it unread', async () => {
    const { address, conversationId } = await answeredThread();
    const message = await arrives({ from: address, tokens: [conversationId], automatic: true });
    expect(message).toMatchObject({ conversationId, email: { automatic: true } });
    expect(await now(conversationId)).toMatchObject({ status: 'COMPLETED', unread: false, waitingForReply: false });
  });

  it('an automatic mail of an unknown address is there, but calls nobody', async () => {
    const { conversationId } = await arrives({ automatic: true });
    expect(await now(conversationId)).toMatchObject({ status: 'OPEN', unread: false, waitingForReply: false });
    await arrives({ tokens: [conversationId] });
    expect((await now(conversationId)).unread).toBe(true);
  });

  it('a mail that was sent on by an agent is from who wrote it, with the comment beside it', async () => {
    const forwarded = { by: { name: 'Tom', address: 'tom@shop.example' }, comment: 'Please look at this.' };
    const message = await arrives({ from: { name: 'Ann Okafor', address: newAddress() }, forwarded });
    expect(message).toMatchObject({
      author: { kind: 'contact', name: 'Ann Okafor' },
      email: { source: 'FORWARDED', forwarded },
    });
  });

  it('a redirected mail is from its sender', async () => {
    const message = await arrives({ redirected: true });
    expect(message).toMatchObject({ author: { kind: 'contact' }, email: { source: 'FORWARDED', forwarded: null } });
  });

  it('what it holds beside its text is kept, its files are found, its subject is searched', async () => {
    const word = `subject${randomUUID().slice(0, 8)}`;
    const file = {
      id: newId('up'),
      filename: 'a.png',
      contentType: 'image/png',
      byteSize: 7,
      storageKey: randomUUID(),
    };
    const picture = { ...file, id: newId('up'), storageKey: randomUUID(), inline: true };
    const given = {
      quotedText: '> before',
      htmlKey: 'h/1',
      rawKey: 'r/1',
      attachments: [file, picture],
      subject: word,
    };
    const { id, attachments, conversationId } = await arrives(given);
    expect(attachments.map(({ inline }) => inline ?? false)).toEqual([false, true]);
    const { items } = await request(GetMailBodies, { ids: [id, newId('msg')] });
    expect(items).toEqual([{ quotedText: '> before', htmlKey: 'h/1', rawKey: 'r/1', pictures: [picture] }, null]);
    const { attachment } = await request(FindAttachment, { id: file.id, visitorId: null });
    expect(attachment).toEqual(file);
    const { pages } = await request(ListConversations, {
      pages: [{ filter: searching(word), first: 5, after: null, count: false }],
    });
    expect(pages[0]?.items.map(({ conversation }) => conversation.id)).toEqual([conversationId]);
  });
});

const searching = (search: string) => ({
  status: null,
  unread: null,
  channels: null,
  contactId: null,
  visitorIds: null,
  assignment: null,
  assigneeId: null,
  waitingForReply: null,
  search,
});

describe('whom an address belongs to', () => {
  const optionOf = async (conversationId: string) => {
    const { items } = await request(GetReplyOptions, { ids: [conversationId] });
    return items[0]?.find(({ channel }) => channel === 'email');
  };

  it('an answer to the token from a typed address proves it, and the widget shows it', async () => {
    const address = newAddress();
    const visitor = newVisitor();
    const { conversationId } = await fillsForm(service.messaging, visitor, { email: address });
    expect((await optionOf(conversationId))?.notice).toBe('ADDRESS_UNVERIFIED');
    await replies(conversationId);
    const proof = await arrives({ from: address, tokens: [conversationId], text: 'It is me.' });
    expect(await optionOf(conversationId)).toMatchObject({ available: true, recipient: address, notice: null });
    expect(await shownTo(visitor.visitorId)).toContain(proof.text);
  });

  it.each([
    ['a machine’s answer', { automatic: true }],
    ['a forged one', { authentication: 'FAIL' as const }],
    ['one that was sent on', { forwarded: { by: { name: null, address: 'tom@shop.example' }, comment: '' } }],
  ])('%s proves nothing', async (_, given) => {
    const address = newAddress();
    const { conversationId } = await fillsForm(service.messaging, newVisitor(), { email: address });
    await arrives({ from: address, tokens: [conversationId], ...given });
    expect((await optionOf(conversationId))?.notice).toBe('ADDRESS_UNVERIFIED');
  });
});

const shownTo = async (visitorId: string) => {
  const { messages } = await request(ListVisitorMessages, { visitorId, beforeSeq: 10_000, limit: 100 });
  return messages.map(({ text }) => text);
};

describe('security row 6: nobody gets into a thread by', () => {
  it('an agent’s address as From: it is a person like any other, and answers nothing', async () => {
    const { conversationId } = await answeredThread();
    const message = await arrives({
      from: { name: 'Amélie Roux', address: 'amelie@shop.example' },
      tokens: [conversationId],
    });
    expect(message).toMatchObject({ direction: 'INBOUND', author: { kind: 'participant' }, email: { stranger: true } });
    expect((await now(conversationId)).waitingForReply).toBe(true);
  });

  it('a guessed token or id of a conversation that is not there', async () => {
    const { conversationId } = await answeredThread();
    const message = await arrives({ tokens: [newId('cnv')], ownIds: [newId('msg')], marker: newId('cnv') });
    expect(message.conversationId).not.toBe(conversationId);
    expect(message.email?.relatedConversationId).toBeNull();
  });

  it('References that name it: the thread stays as it is', async () => {
    const { conversationId, rfcMessageId } = await answeredThread();
    const { version } = await now(conversationId);
    await arrives({ from: newAddress('mallory'), references: [rfcMessageId], inReplyTo: rfcMessageId });
    expect((await now(conversationId)).version).toBe(version);
  });

  it('a forged From: who it copies takes no part, and its name is not taken over', async () => {
    const { address, conversationId } = await answeredThread();
    const mallory = newAddress('mallory');
    const cc = [{ name: null, address: mallory }];
    await arrives({ from: { name: 'Mallory', address }, cc, tokens: [conversationId], authentication: 'FAIL' });
    expect((await now(conversationId)).title).toBe('Ann Okafor');
    const message = await arrives({ from: mallory, tokens: [conversationId] });
    expect(message.email?.stranger).toBe(true);
  });
});

describe('security row 4: what is not the visitor’s', () => {
  it('mails of strangers, forged ones and their files are never shown in the widget', async () => {
    const address = newAddress();
    const visitor = newVisitor();
    const { conversationId } = await says(service.messaging, visitor, 'hello');
    await identifies(service.messaging, visitor, address, 'Ann');
    await eventually(async () => expect((await now(conversationId)).contactId).not.toBeNull());
    const file = {
      id: newId('up'),
      filename: 'a.txt',
      contentType: 'text/plain',
      byteSize: 1,
      storageKey: randomUUID(),
    };
    await arrives({ from: newAddress('mallory'), tokens: [conversationId], text: 'stranger', attachments: [file] });
    await arrives({ from: address, tokens: [conversationId], text: 'forged', authentication: 'FAIL' });
    await arrives({ from: address, tokens: [conversationId], text: 'genuine' });
    expect(await shownTo(visitor.visitorId)).toEqual(['hello', 'genuine']);
    const find = (visitorId: string | null) => request(FindAttachment, { id: file.id, visitorId });
    expect((await find(visitor.visitorId)).attachment).toBeNull();
    expect((await find(null)).attachment).not.toBeNull();
  });

  it('who types another’s address into the form never sees that person’s mails, nor what agents answer to them', async () => {
    const victim = newAddress('victim');
    const attacker = newVisitor();
    const { conversationId } = await fillsForm(service.messaging, attacker, { email: victim });
    const secret = await arrives({ from: victim, text: 'the secret is a number' });
    expect(secret).toMatchObject({ conversationId, email: { agentsOnly: true } });
    await replies(conversationId, 'about the secret');
    const shown = await shownTo(attacker.visitorId);
    expect(shown.join()).not.toContain('secret');
  });
});

it('a mail is announced like every message, with the conversation that it opened', async () => {
  const { conversationId } = await arrives({});
  const events = await eventsOf(service, conversationId, 2);
  expect(events.map(({ type }) => type)).toEqual([
    'conversations.conversation.opened.v1',
    'conversations.conversation.message-added.v1',
  ]);
  await request(ReadConversation, { conversationId, by: amelie });
  expect(await elsewhere(newAddress())).not.toBe(conversationId);
  expect(await thread(conversationId)).toHaveLength(1);
});
