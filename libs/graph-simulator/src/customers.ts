import type { Webhooks } from './webhooks';
import * as items from './webhook-items';
import type { Attachment, Media, Message, Person, ProfileVisibility, World } from './world';

export interface NewPerson {
  pageId: string;
  firstName: string;
  lastName: string;
  profile?: ProfileVisibility;
  psid?: string;
}

export interface WrittenMessage {
  text?: string;
  attachments?: Attachment[];
  replyTo?: string;
  /** The payload of the quick reply whose title is the text. */
  quickReply?: string;
  standby?: boolean;
}

/** The message says what the person at the phone did wrong. */
export class CustomerError extends Error {}

/** What the simulated customers do; each action is emitted as Meta would tell it. All resolve when the webhook was tried once. */
export class Customers {
  constructor(
    private readonly world: World,
    private readonly webhooks: Webhooks,
    private readonly mediaAddress: (mediaId: string) => string,
  ) {}

  create({ pageId, firstName, lastName, profile = 'full', psid }: NewPerson): Person {
    this.world.page(pageId);
    const person: Person = {
      psid: psid ?? this.world.ids.psid(),
      pageId,
      firstName,
      lastName,
      profile,
      reachable: 'yes',
      phoneOff: false,
      threadId: this.world.ids.thread(),
      lastActionAt: null,
    };
    if (this.world.people.has(person.psid)) throw new CustomerError(`There is a person ${person.psid} already`);
    this.world.people.set(person.psid, person);
    this.world.changed();
    return person;
  }

  addMedia(media: Omit<Media, 'id'>): Attachment {
    const id = this.world.ids.media();
    this.world.media.set(id, { ...media, id });
    return { kind: 'media', media: { ...media, id } };
  }

  async write(psid: string, written: WrittenMessage): Promise<Message> {
    const person = this.world.person(psid);
    const { text = '', attachments = [], replyTo = null, quickReply, standby } = written;
    const message = this.messageOf(person, 'person', { text, attachments, replyTo, appId: null });
    this.world.add(message);
    this.act(person);
    await this.webhooks.emit(items.messageItem(person, message, this.mediaAddress, { quickReply, standby }));
    return message;
  }

  /** Meta: "Messaging policy": a person's reaction opens the window as a message does. Null takes it back. */
  async react(psid: string, mid: string, emoji: string | null): Promise<void> {
    const person = this.world.person(psid);
    this.messageIn(psid, mid).reaction = emoji;
    if (emoji !== null) this.act(person);
    this.world.changed();
    await this.webhooks.emit(items.reactionItem(person, mid, emoji, this.world.clock.now()));
  }

  /** Meta: "message_edits" webhook event: at most five times. */
  async edit(psid: string, mid: string, text: string): Promise<void> {
    const message = this.own(psid, mid);
    if (message.edits >= 5) throw new CustomerError('A message can be edited five times.');
    message.text = text;
    message.edits += 1;
    this.world.changed();
    await this.webhooks.emit(items.editItem(this.world.person(psid), message, this.world.clock.now()));
  }

  async unsend(psid: string, mid: string): Promise<void> {
    this.own(psid, mid).unsent = true;
    this.world.changed();
    await this.webhooks.emit(items.unsendItem(this.world.person(psid), mid, this.world.clock.now()));
  }

  /** The person looks at the thread: everything the page wrote is read. */
  async read(psid: string): Promise<void> {
    const person = this.world.person(psid);
    const now = this.world.clock.now();
    const unread = this.world.thread(psid).filter(({ from, readAt }) => from === 'page' && readAt === null);
    if (unread.length === 0) return;
    for (const message of unread) {
      message.readAt = now;
      message.deliveredAt ??= now;
    }
    this.world.changed();
    await this.webhooks.emit(items.readItem(person, now, Math.max(...unread.map(({ sentAt }) => sentAt))));
  }

  async postback(psid: string, title: string, payload: string): Promise<void> {
    const person = this.world.person(psid);
    this.act(person);
    const postback = { title, payload, mid: this.world.ids.message() };
    await this.webhooks.emit(items.postbackItem(person, postback, this.world.clock.now()));
  }

  /** The person follows an m.me link into the thread, which opens the window. */
  async refer(psid: string, ref: string): Promise<void> {
    const person = this.world.person(psid);
    this.act(person);
    await this.webhooks.emit(items.referralItem(person, ref, this.world.clock.now()));
  }

  /** Somebody answers in the page's own inbox on Facebook, or another app does. */
  async answerOnFacebook(psid: string, text: string, appId: string | null = null): Promise<Message> {
    const person = this.world.person(psid);
    const message = this.messageOf(person, 'page', { text, attachments: [], replyTo: null, appId });
    message.deliveredAt = message.sentAt;
    this.world.add(message);
    await this.webhooks.emit(items.echoItem(message, this.mediaAddress));
    return message;
  }

  private act(person: Person): void {
    person.lastActionAt = this.world.clock.now();
    this.world.changed();
  }

  private messageOf(
    { psid, pageId }: Person,
    from: Message['from'],
    given: Pick<Message, 'text' | 'attachments' | 'replyTo' | 'appId'>,
  ): Message {
    const state = { edits: 0, unsent: false, reaction: null, deliveredAt: null, readAt: null, metadata: null };
    return { mid: this.world.ids.message(), pageId, psid, from, sentAt: this.world.clock.now(), ...state, ...given };
  }

  private messageIn(psid: string, mid: string): Message {
    const message = this.world.message(mid);
    if (message?.psid !== psid) throw new CustomerError('There is no such message in this thread.');
    return message;
  }

  private own(psid: string, mid: string): Message {
    const message = this.messageIn(psid, mid);
    if (message.from !== 'person') throw new CustomerError('Only own messages can be changed.');
    if (message.unsent) throw new CustomerError('The message was unsent.');
    return message;
  }
}
