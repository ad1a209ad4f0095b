import { randomUUID } from 'node:crypto';
import { GetContacts, GetReplyOptions, GetVisitors, ResumeVisitor } from '@conversations/contracts';
import { eventually } from '@conversations/testing';
import type { RunningService } from './running-service';
import { eventsOf, kindsOf, startConversation } from './running-service';
import { claims, conversationNow, fillsForm, identifies, messagesNow, newVisitor, says, threadNow } from './visitors';

let service: RunningService;

beforeAll(async () => {
  service = await startConversation({ env: { EMAIL_CHANNEL: 'on' } });
}, 60_000);

afterAll(() => service?.stop(), 60_000);

const newAddress = (name: string) => `${name}-${randomUUID()}@Example.com`;

async function contactOf(conversationId: string) {
  const { contactId } = await conversationNow(service.messaging, conversationId);
  if (contactId === null) throw new Error('no contact yet');
  const { items } = await service.messaging.request(GetContacts, { ids: [contactId] });
  return items[0];
}

/** Once the conversation bears this title. */
const titled = (conversationId: string, title: string) =>
  eventually(async () => {
    const conversation = await conversationNow(service.messaging, conversationId);
    expect(conversation.title).toBe(title);
    return conversation;
  });

describe('a form', () => {
  it('makes a contact of the address, links the visitor, names the conversation and leaves a line in the thread', async () => {
    const visitor = newVisitor();
    const email = newAddress('ann');
    const { conversationId } = await says(service.messaging, visitor, 'Hi');
    await fillsForm(service.messaging, visitor, { email: ` ${email} `, name: 'Ann Okafor', company: 'Okafor Ltd' });

    expect(await contactOf(conversationId)).toMatchObject({
      displayName: 'Ann Okafor',
      email: email.toLowerCase(),
      emailVerified: false,
      phone: null,
      company: 'Okafor Ltd',
    });
    const conversation = await conversationNow(service.messaging, conversationId);
    expect(conversation.title).toBe('Ann Okafor');
    const { items } = await service.messaging.request(GetVisitors, { ids: [visitor.visitorId] });
    expect(items[0]).toMatchObject({ contactId: conversation.contactId, displayName: 'Ann Okafor' });
    const thread = await threadNow(service.messaging, conversationId);
    expect(thread.at(-2)).toMatchObject({
      kind: 'message',
      message: {
        text: `EMAIL:  ${email} \nNAME: Ann Okafor\nCOMPANY: Okafor Ltd`,
        form: { formId: 'f_12', answers: [{ key: 'email' }, { key: 'name' }, { key: 'company' }] },
      },
    });
    expect(thread.at(-1)).toMatchObject({ kind: 'activity', activity: { kind: 'EMAIL_COLLECTED' } });
    const events = await eventsOf(service, conversationId, 4);
    expect(kindsOf(events)).toEqual(['opened', 'message-added', 'message-added', 'contact-changed']);
    expect(kindsOf(await eventsOf(service, conversation.contactId ?? '', 1))).toEqual(['created']);
  });

  it('as the very first message begins the conversation', async () => {
    const visitor = newVisitor();
    const { conversationId, seq } = await fillsForm(service.messaging, visitor, { email: newAddress('first') });
    expect(seq).toBe(1);
    expect((await contactOf(conversationId))?.emailVerified).toBe(false);
  });

  it("with another person's address finds that contact, and the visitor keeps its own conversation", async () => {
    const email = newAddress('victim');
    const owner = newVisitor();
    const owned = await says(service.messaging, owner, 'my secret');
    await identifies(service.messaging, owner, email, 'The Owner');
    await titled(owned.conversationId, 'The Owner');

    const stranger = newVisitor();
    const claimed = await fillsForm(service.messaging, stranger, { email, name: 'Somebody Else', phone: '1' });

    expect(claimed.conversationId).not.toBe(owned.conversationId);
    const contact = await contactOf(claimed.conversationId);
    expect(contact).toEqual(await contactOf(owned.conversationId));
    expect(contact).toMatchObject({ displayName: 'The Owner', emailVerified: true, phone: null });
    const resumed = await service.messaging.request(ResumeVisitor, {
      siteId: stranger.siteId,
      tokenHash: stranger.tokenHash,
      lastSeq: 0,
    });
    expect(resumed.thread?.id).toBe(claimed.conversationId);
    expect(JSON.stringify(resumed)).not.toContain('my secret');
    const { items } = await service.messaging.request(GetReplyOptions, {
      ids: [claimed.conversationId, owned.conversationId],
    });
    expect(items.map((options) => options?.find(({ channel }) => channel === 'email')?.notice)).toEqual([
      'ADDRESS_UNVERIFIED',
      null,
    ]);
  });

  it('without a usable address is a message and nothing more', async () => {
    const visitor = newVisitor();
    const { conversationId } = await fillsForm(service.messaging, visitor, { email: 'not an address', name: 'X' });
    expect(await conversationNow(service.messaging, conversationId)).toMatchObject({ contactId: null, version: 2 });
    expect(await messagesNow(service.messaging, conversationId)).toHaveLength(1);
  });

  it('of 20 visitors with one new address at once makes one contact', async () => {
    const email = newAddress('many');
    const places = await Promise.all(
      Array.from({ length: 20 }, () => fillsForm(service.messaging, newVisitor(), { email })),
    );
    const contacts = await Promise.all(places.map(({ conversationId }) => contactOf(conversationId)));
    expect(new Set(contacts.map((contact) => contact?.id)).size).toBe(1);
  });
});

describe('an identity that the host page vouches for', () => {
  it('makes a verified contact and links visitor and conversation', async () => {
    const visitor = newVisitor();
    const email = newAddress('known');
    const { conversationId } = await says(service.messaging, visitor, 'Hi');
    await identifies(service.messaging, visitor, email, 'Kim');

    await titled(conversationId, 'Kim');
    expect(await contactOf(conversationId)).toMatchObject({ email: email.toLowerCase(), emailVerified: true });
    const thread = await threadNow(service.messaging, conversationId);
    expect(thread.at(-1)).toMatchObject({ kind: 'activity', activity: { kind: 'CONTACT_LINKED' } });
  });

  it('again changes and announces nothing', async () => {
    const visitor = newVisitor();
    const email = newAddress('again');
    const { conversationId } = await says(service.messaging, visitor, 'Hi');
    await identifies(service.messaging, visitor, email, 'Kim');
    const { version } = await titled(conversationId, 'Kim');
    await identifies(service.messaging, visitor, email, 'Kim');
    await says(service.messaging, visitor, 'after');
    expect((await conversationNow(service.messaging, conversationId)).version).toBe(version + 1);
  });

  it('known before the first message names the conversation from its start', async () => {
    const visitor = newVisitor();
    await identifies(service.messaging, visitor, newAddress('early'), 'Early Bird');
    const { conversationId } = await says(service.messaging, visitor, 'Hi');
    expect(await conversationNow(service.messaging, conversationId)).toMatchObject({ title: 'Early Bird', version: 2 });
    const [message] = await messagesNow(service.messaging, conversationId);
    expect(message?.author).toEqual({ kind: 'visitor', id: visitor.visitorId, name: 'Early Bird' });
  });

  it('with a new name renames every conversation of the contact, on all devices', async () => {
    const email = newAddress('renamed');
    const [phone, laptop] = [newVisitor(), newVisitor()];
    const first = await says(service.messaging, phone, 'from the phone');
    const second = await says(service.messaging, laptop, 'from the laptop');
    await identifies(service.messaging, phone, email, 'Old Name');
    await titled(first.conversationId, 'Old Name');
    await identifies(service.messaging, laptop, email, 'New Name');

    await titled(second.conversationId, 'New Name');
    const { version } = await titled(first.conversationId, 'New Name');
    const events = await eventsOf(service, first.conversationId, version);
    expect(events.at(-1)?.data).toEqual({ conversation: expect.objectContaining({ title: 'New Name' }) });
  });

  it('stands: a form of the same visitor with another address changes nobody', async () => {
    const visitor = newVisitor();
    const email = newAddress('vouched');
    const { conversationId } = await says(service.messaging, visitor, 'Hi');
    await identifies(service.messaging, visitor, email, 'Kim');
    const { contactId } = await titled(conversationId, 'Kim');
    await fillsForm(service.messaging, visitor, { email: newAddress('other'), name: 'Other' });
    expect(await conversationNow(service.messaging, conversationId)).toMatchObject({ contactId, title: 'Kim' });
  });
});

describe('email as the channel of an answer', () => {
  it('is not available while no address is known', async () => {
    const { conversationId } = await says(service.messaging, newVisitor(), 'Hi');
    const { items } = await service.messaging.request(GetReplyOptions, { ids: [conversationId] });
    expect(items[0]?.[1]).toMatchObject({ available: false, disabledReason: 'EMAIL_ADDRESS_UNKNOWN' });
  });

  it('is preselected when the visitor is offline and the address is known', async () => {
    const email = newAddress('offline');
    const { conversationId } = await fillsForm(service.messaging, newVisitor(), { email });
    const { items } = await service.messaging.request(GetReplyOptions, { ids: [conversationId] });
    expect(items[0]?.[1]).toMatchObject({
      available: true,
      default: true,
      recipient: email.toLowerCase(),
      notice: 'ADDRESS_UNVERIFIED',
      includesTranscript: true,
    });
  });
});

describe('what a page’s script claims', () => {
  it('makes a contact that nothing vouches for, before the first message or after', async () => {
    const before = newVisitor();
    const email = newAddress('before');
    await claims(service.messaging, before, email, 'Ann Okafor');
    const { conversationId } = await says(service.messaging, before, 'Hi');
    expect(await contactOf(conversationId)).toMatchObject({ email: email.toLowerCase(), emailVerified: false });
    expect((await conversationNow(service.messaging, conversationId)).title).toBe('Ann Okafor');

    const after = newVisitor();
    const written = await says(service.messaging, after, 'Hi');
    await claims(service.messaging, after, newAddress('after'), 'Ben Ito');
    await titled(written.conversationId, 'Ben Ito');
    expect((await contactOf(written.conversationId))?.emailVerified).toBe(false);
  });

  it('counts less than what the visitor answered, and leaves no contact behind', async () => {
    const visitor = newVisitor();
    const { conversationId } = await says(service.messaging, visitor, 'Hi');
    const [answered, claimed] = [newAddress('answered'), newAddress('claimed')];
    await fillsForm(service.messaging, visitor, { email: answered });
    await claims(service.messaging, visitor, claimed, 'Mallory');
    await claims(service.messaging, visitor, answered, 'Ann Okafor');
    await titled(conversationId, 'Ann Okafor');
    expect((await contactOf(conversationId))?.email).toBe(answered.toLowerCase());
    const sql = await service.sql('role');
    const { rows } = await sql.query('SELECT id FROM contact WHERE email = $1', [claimed.toLowerCase()]);
    expect(rows).toEqual([]);
  });

  it('changes nothing of a verified contact and shows nobody’s thread', async () => {
    const email = newAddress('victim');
    const owner = newVisitor();
    const owned = await says(service.messaging, owner, 'my secret');
    await identifies(service.messaging, owner, email, 'The Owner');
    await titled(owned.conversationId, 'The Owner');
    const stranger = newVisitor();
    await claims(service.messaging, stranger, email, 'Mallory');
    const { conversationId } = await says(service.messaging, stranger, 'let me in');
    expect(await contactOf(conversationId)).toMatchObject({ displayName: 'The Owner', emailVerified: true });
    const { messages } = await service.messaging.request(ResumeVisitor, { ...stranger, lastSeq: 0 });
    expect(messages.map(({ text }) => text)).toEqual(['let me in']);
    await claims(service.messaging, owner, newAddress('other'), 'Mallory');
    await says(service.messaging, owner, 'still me');
    expect((await contactOf(owned.conversationId))?.email).toBe(email.toLowerCase());
  });
});
