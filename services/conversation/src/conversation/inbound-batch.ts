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
import { AutomationBatch } from '../automation/automation-batch';
import type { FlowVersions } from '../automation/flow-versions';
import { Attachment, bindToMessages, insertBrought, lockUploads } from '../attachment/attachment.entity';
import type { Contact } from '../contact/contact.entity';
import { updateContacts } from '../contact/contact.entity';
import { conversationsRenamedBy } from '../contact/match-contact';
import type { VisitorLink } from '../contact/visitor.entity';
import { updateVisitorLinks } from '../contact/visitor.entity';
import { MailBatch, personOf } from '../mail/mail-batch';
import type { MatchContact } from '../mail/place-mail';
import { MessengerBatch } from '../messenger/messenger-batch';
import type { Activity } from './activity.entity';
import { insertActivities } from './activity.entity';
import { BatchPeople, claimed, ThreadAppeared } from './batch-people';
import { causedEvent } from './caused-event';
import type { Conversation } from './conversation.entity';
import { findMessages, findUnseenByVisitor } from './inbound-lookups';
import { locate } from './locate';
import { lockConversations } from './lock-conversation';
import type { Message } from './message.entity';
import { updateContents, updateDeliveries } from './message-rows';
import { storeConversations, storeThreads } from './store-conversations';
import type { Touched } from './touched';
import { namedBy } from './touched';

/**
 * The rows of one batch of inbound facts: read and locked in a few statements, changed in memory in the order of the
 * facts, written in a few statements.
 */
export class InboundBatch {
  readonly people = new BatchPeople();
  messenger!: MessengerBatch;
  automation!: AutomationBatch;
  private readonly conversations = new Map<string, Conversation>();
  private readonly byVisitor = new Map<string, Conversation>();
  private readonly openThreads = new Map<string, Conversation>();
  private readonly messages = new Map<string, Message>();
  private readonly storedKeys = new Set<string>();
  private readonly unseen = new Map<string, Message[]>();
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

  private constructor(
    private readonly tx: Tx,
    readonly mails: MailBatch,
  ) {}

  static async load(
    tx: Tx,
    touched: readonly Touched[],
    { matchContact, flows }: { matchContact: MatchContact; flows: FlowVersions },
    now = new Date(),
  ): Promise<InboundBatch> {
    const mails = touched.flatMap(({ mail }) => mail ?? []);
    const batch = new InboundBatch(tx, await MailBatch.locate(tx, mails, matchContact));
    const people = [...touched.flatMap(({ person }) => person ?? []), ...mails.map(personOf).map(claimed)];
    const renamed = people.length > 0 ? await conversationsRenamedBy(tx, people) : [];
    const located = await locate(tx, touched);
    const visitorIds = [...new Set(touched.flatMap(({ visitorId }) => visitorId ?? []))];
    const named = [...namedBy(touched, 'conversationIds'), ...batch.mails.conversationIds];
    const ids = [...new Set([...renamed, ...named, ...located.conversationIds])];
    const keys = touched.flatMap(({ visitorId, idempotencyKey }) => (visitorId ? (idempotencyKey ?? []) : []));
    const { conversations, storedKeys } = await lockConversations(tx, { visitorIds, ids, keys });
    for (const conversation of conversations) batch.keep(conversation);
    for (const key of [...storedKeys, ...located.storedKeys]) batch.storedKeys.add(key);
    await batch.mails.place(batch.conversations, ({ idempotencyKey }) => !batch.isStored(idempotencyKey));
    await batch.loadMessages(located.messageIds);
    await batch.people.load(tx, touched, batch, now);
    await batch.loadUnseen(touched);
    await batch.loadUploads(touched);
    batch.messenger = await MessengerBatch.load(tx, touched, conversations);
    const newest = batch.people.newestFlow;
    batch.automation = await AutomationBatch.load(tx, touched, { newest, batch, flows, now });
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

  unseenIn(conversation: Conversation): readonly Message[] {
    return this.unseen.get(conversation.id) ?? [];
  }

  /** Whether the key's message is stored already. */
  isStored(idempotencyKey: string): boolean {
    return this.storedKeys.has(idempotencyKey);
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
    const isNew = this.people.made.delete(contact.id);
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
    await this.messenger.store(tx);
    if (changed.conversations.size > 0) unawaited(tx, this.storeConversations());
    if (changed.messages.size > 0) await updateDeliveries(tx, [...changed.messages]);
    if (changed.contents.size > 0) await updateContents(tx, [...changed.contents]);
    if (added.attachments.length > 0) await insertBrought(tx, added.attachments);
    if (changed.uploads.size > 0) await bindToMessages(tx, [...changed.uploads]);
    await this.mails.store();
    this.automation.store(tx);
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
