import type {
  Channel,
  DataOf,
  Envelope,
  InboundAttachment,
  MessageContract,
  MessageSnapshot,
} from '@conversations/contracts';
import { ContactChanged, ContactCreated, ConversationOpened } from '@conversations/contracts';
import type { Emission, Tx } from '@conversations/persistence';
import { emitAll, isUniqueViolation, unawaited } from '@conversations/persistence';
import { Attachment, bindToMessages, insertBrought, lockUploads } from '../attachment/attachment.entity';
import type { Contact, PersonFacts } from '../contact/contact.entity';
import { updateContacts } from '../contact/contact.entity';
import { conversationsRenamedBy, findOrInsertContacts } from '../contact/match-contact';
import type { Origin, VisitorLink } from '../contact/visitor.entity';
import { findOrInsertVisitors, updateVisitorLinks } from '../contact/visitor.entity';
import { PeopleBatch } from '../messenger/people-batch';
import type { Activity } from './activity.entity';
import { insertActivities } from './activity.entity';
import { causedEvent } from './caused-event';
import type { Conversation } from './conversation.entity';
import { findContactsOf, findMessages, findUnseenByVisitor } from './inbound-lookups';
import { locate } from './locate';
import { lockConversations } from './lock-conversation';
import type { Message } from './message.entity';
import { updateContents, updateDeliveries } from './message-rows';
import { storeConversations, storeThreads } from './store-conversations';
import type { Touched } from './touched';
import { namedBy } from './touched';

/** Another replica stored the same thread at the same moment: the whole batch is read again. */
class ThreadAppeared extends Error {}

/**
 * The rows of one batch of inbound facts: read and locked in a few statements, changed in memory in the order of the
 * facts, written in a few statements.
 */
export class InboundBatch {
  readonly visitors = new Map<string, VisitorLink>();
  readonly contacts = new Map<string, Contact>();
  /** On Messenger. */
  people!: PeopleBatch;
  private readonly conversations = new Map<string, Conversation>();
  private readonly byVisitor = new Map<string, Conversation>();
  private readonly openThreads = new Map<string, Conversation>();
  private readonly messages = new Map<string, Message>();
  private readonly storedKeys = new Set<string>();
  private readonly unseen = new Map<string, Message[]>();
  private readonly newContacts = new Set<string>();
  private uploads = new Map<string, Attachment>();
  private readonly changed = {
    conversations: new Set<Conversation>(),
    visitors: new Set<VisitorLink>(),
    contacts: new Set<Contact>(),
    messages: new Set<Message>(),
    contents: new Set<Message>(),
    uploads: new Set<Attachment>(),
  };
  private readonly added = {
    messages: [] as Message[],
    attachments: [] as Attachment[],
    activities: [] as Activity[],
    events: [] as Emission[],
  };

  private constructor(private readonly tx: Tx) {}

  static async load(tx: Tx, touched: readonly Touched[], now: Date): Promise<InboundBatch> {
    const batch = new InboundBatch(tx);
    const people = touched.flatMap(({ person }) => person ?? []);
    const renamed = people.length > 0 ? await conversationsRenamedBy(tx, people) : [];
    const located = await locate(tx, touched);
    const visitorIds = [...new Set(touched.flatMap(({ visitorId }) => visitorId ?? []))];
    const ids = [...new Set([...renamed, ...namedBy(touched, 'conversationIds'), ...located.conversationIds])];
    const keys = touched.flatMap(({ visitorId, idempotencyKey }) => (visitorId ? (idempotencyKey ?? []) : []));
    const { conversations, storedKeys } = await lockConversations(tx, { visitorIds, ids, keys });
    for (const conversation of conversations) batch.keep(conversation);
    for (const key of [...storedKeys, ...located.storedKeys]) batch.storedKeys.add(key);
    await batch.loadMessages(located.messageIds);
    await batch.loadVisitors(touched, now);
    await batch.loadContacts(touched, now);
    await batch.loadUnseen(touched);
    await batch.loadUploads(touched);
    batch.people = await PeopleBatch.load(tx, touched, conversations);
    return batch;
  }

  conversationOf(visitorId: string): Conversation | undefined {
    return this.byVisitor.get(visitorId);
  }

  /** Locked by now, or made by this batch. */
  conversation(id: string): Conversation | undefined {
    return this.conversations.get(id);
  }

  /** The open conversation of a fact's `threadKey`. */
  openThread(threadKey: string): Conversation | undefined {
    const thread = this.openThreads.get(threadKey);
    return thread?.status === 'OPEN' ? thread : undefined;
  }

  /** Of a fact's `messenger`, newest first. */
  threadsOf(threadKey: string): Conversation[] {
    const threads = [...this.conversations.values()].filter((thread) => thread.threadKey === threadKey);
    return threads.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  }

  /** One of a fact's `messageIds` or `messageKeys`, or one that this batch adds. */
  messageOf(idOrKey: string): Message | undefined {
    return this.messages.get(idOrKey);
  }

  conversationsOf(contact: Contact): Conversation[] {
    return [...this.conversations.values()].filter((conversation) => conversation.contactId === contact.id);
  }

  /** The contact that the visitor of a new thread is known as. */
  contactOf(visitorId: string): Contact | undefined {
    const contactId = this.visitors.get(visitorId)?.contactId;
    return contactId ? this.contacts.get(contactId) : undefined;
  }

  contactOfAddress(email: string): Contact | undefined {
    return [...this.contacts.values()].find((contact) => contact.email?.toLowerCase() === email);
  }

  unseenIn(conversation: Conversation): readonly Message[] {
    return this.unseen.get(conversation.id) ?? [];
  }

  /** True once for each idempotency key that is not stored yet. */
  firstUse(idempotencyKey: string): boolean {
    if (this.storedKeys.has(idempotencyKey)) return false;
    this.storedKeys.add(idempotencyKey);
    return true;
  }

  /** Binds a visitor's own unsent uploads to its message; whatever else is named is left out. */
  attach(messageId: string, visitorId: string, ids: readonly string[]): MessageSnapshot['attachments'] {
    return ids.flatMap((id) => {
      const upload = this.uploads.get(id);
      if (!upload?.belongsTo('visitor', visitorId) || !upload.sendable) return [];
      upload.messageId = messageId;
      this.changed.uploads.add(upload);
      return [upload.snapshot()];
    });
  }

  /** Takes over files that the channel stored before it told of the message. */
  bring(messageId: string, channel: Channel, files: readonly InboundAttachment[], at: Date): Message['attachments'] {
    const brought = files.map((file) => Attachment.brought(file, messageId, channel, at));
    this.added.attachments.push(...brought);
    return brought.map((attachment) => attachment.snapshot());
  }

  keep(conversation: Conversation): void {
    this.conversations.set(conversation.id, conversation);
    if (conversation.visitorId) this.byVisitor.set(conversation.visitorId, conversation);
    if (conversation.status === 'OPEN') this.openThreads.set(conversation.threadKey, conversation);
  }

  changedConversation(conversation: Conversation): void {
    this.changed.conversations.add(conversation);
  }

  changedVisitor(visitor: VisitorLink): void {
    this.changed.visitors.add(visitor);
  }

  changedMessage(message: Message): void {
    this.changed.messages.add(message);
  }

  /** Its text, its files or what Messenger tells of it. */
  changedContent(message: Message): void {
    this.changed.contents.add(message);
  }

  addMessage(message: Message): void {
    this.added.messages.push(message);
    this.know(message);
  }

  addActivity(activity: Activity): void {
    this.added.activities.push(activity);
  }

  /** The event of the conversation's newest version. */
  announce<C extends MessageContract>(contract: C, conversation: Conversation, data: DataOf<C>, cause: Envelope): void {
    this.changedConversation(conversation);
    this.added.events.push(causedEvent(contract, conversation.id, data, cause, conversation.version));
  }

  /** The first event of a conversation; its first message makes the second. */
  announceOpened(conversation: Conversation, data: DataOf<typeof ConversationOpened>, cause: Envelope): void {
    this.added.events.push(causedEvent(ConversationOpened, conversation.id, data, cause, data.conversation.version));
  }

  /** Once as created for a contact that this batch made, otherwise as changed. */
  announceContact(contact: Contact, changed: boolean, cause: Envelope): void {
    const isNew = this.newContacts.delete(contact.id);
    if (changed) this.changed.contacts.add(contact);
    if (!isNew && !changed) return;
    const contract = isNew ? ContactCreated : ContactChanged;
    this.added.events.push(causedEvent(contract, contact.id, { contact: contact.snapshot() }, cause));
  }

  /** Writes everything, parents before children, the outbox last; returns the new messages. */
  async store(): Promise<readonly Message[]> {
    const { tx, changed, added } = this;
    if (changed.contacts.size > 0) await updateContacts(tx, [...changed.contacts]);
    if (changed.visitors.size > 0) await updateVisitorLinks(tx, [...changed.visitors]);
    await this.people.store(tx);
    if (changed.conversations.size > 0) unawaited(tx, this.storeConversations());
    if (changed.messages.size > 0) await updateDeliveries(tx, [...changed.messages]);
    if (changed.contents.size > 0) await updateContents(tx, [...changed.contents]);
    if (added.attachments.length > 0) await insertBrought(tx, added.attachments);
    if (changed.uploads.size > 0) await bindToMessages(tx, [...changed.uploads]);
    if (added.activities.length > 0) await insertActivities(tx, added.activities);
    if (added.events.length > 0) unawaited(tx, emitAll(tx, added.events));
    return added.messages;
  }

  private async storeConversations(): Promise<void> {
    const conversations = [...this.changed.conversations];
    const { messages } = this.added;
    try {
      if (messages.length === 0) return await storeConversations(this.tx, conversations);
      await storeThreads(this.tx, conversations, messages);
    } catch (error) {
      // Not poison: a second try finds the thread and adds to it.
      if (isUniqueViolation(error)) throw new ThreadAppeared('the thread was opened meanwhile', { cause: error });
      throw error;
    }
  }

  private know(message: Message): void {
    this.messages.set(message.id, message);
    this.messages.set(message.idempotencyKey, message);
  }

  private async loadMessages(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    for (const message of await findMessages(this.tx, ids)) this.know(message);
  }

  private async loadVisitors(touched: readonly Touched[], now: Date): Promise<void> {
    const origins = new Map<string, Origin>();
    for (const { visitorId, origin, person } of touched) {
      if (visitorId && origin && (person || !this.byVisitor.has(visitorId))) origins.set(visitorId, origin);
    }
    if (origins.size === 0) return;
    for (const visitor of await findOrInsertVisitors(this.tx, [...origins.values()], now)) {
      this.visitors.set(visitor.id, visitor);
    }
  }

  private async loadContacts(touched: readonly Touched[], now: Date): Promise<void> {
    const linked = [...this.visitors.values()].flatMap(({ contactId }) => contactId ?? []);
    for (const contact of linked.length > 0 ? await findContactsOf(this.tx, linked) : []) {
      this.contacts.set(contact.id, contact);
    }
    const people = this.peopleToMatch(touched);
    if (people.size === 0) return;
    const { contacts, made } = await findOrInsertContacts(this.tx, people, now);
    for (const contact of contacts) this.contacts.set(contact.id, contact);
    for (const id of made) this.newContacts.add(id);
  }

  /** Nobody is made a contact by a form that is stored already or that comes from an identified visitor. */
  private peopleToMatch(touched: readonly Touched[]): Map<string, { facts: PersonFacts; verified: boolean }> {
    const identified = new Set([...this.visitors.values()].filter((one) => one.identified).map(({ id }) => id));
    const people = new Map<string, { facts: PersonFacts; verified: boolean }>();
    for (const { visitorId, person, idempotencyKey } of touched) {
      if (!person || (idempotencyKey !== undefined && this.storedKeys.has(idempotencyKey))) continue;
      if (visitorId && person.verified) identified.add(visitorId);
      else if (visitorId && identified.has(visitorId)) continue;
      if (!people.has(person.facts.email)) people.set(person.facts.email, person);
    }
    return people;
  }

  private async loadUploads(touched: readonly Touched[]): Promise<void> {
    const ids = namedBy(touched, 'uploadIds');
    if (ids.length > 0) this.uploads = await lockUploads(this.tx, ids);
  }

  private async loadUnseen(touched: readonly Touched[]): Promise<void> {
    const read = touched.flatMap(({ read, visitorId }) => (read && visitorId && this.byVisitor.get(visitorId)) || []);
    if (read.length === 0) return;
    for (const message of await findUnseenByVisitor(this.tx, [...new Set(read)])) {
      const list = this.unseen.get(message.conversationId);
      if (list) list.push(message);
      else this.unseen.set(message.conversationId, [message]);
    }
  }
}
