import type { Actor, ActorStamp, Channel, ConversationSnapshot } from '@conversations/contracts';
import { newId } from '@conversations/runtime';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { z } from 'zod';
import { Activity } from './activity.entity';
import type { MessageDraft } from './message.entity';
import { Message } from './message.entity';

type Stamp = z.output<typeof ActorStamp>;

/**
 * A thread with one person. Every verb that changes what others see raises the version by one and is announced by one
 * event; a verb that finds nothing to change returns null or false and leaves the version alone.
 */
@Entity('conversation')
export class Conversation {
  @PrimaryColumn('text')
  id!: string;

  /** Who the other side is on its channel; at most one open conversation for each. */
  @Column('text', { name: 'thread_key' })
  threadKey!: string;

  @Column('int')
  version!: number;

  @Column('text')
  status!: ConversationSnapshot['status'];

  @Column('text', { name: 'assignee_id', nullable: true })
  assigneeId!: string | null;

  @Column('boolean', { name: 'waiting_for_reply' })
  waitingForReply!: boolean;

  @Column('boolean')
  unread!: boolean;

  @Column('jsonb', { name: 'read_stamp', nullable: true })
  readStamp!: Stamp | null;

  @Column('jsonb', { name: 'completed_stamp', nullable: true })
  completedStamp!: Stamp | null;

  @Column('text')
  title!: string;

  @Column('text', { nullable: true })
  subject!: string | null;

  @Column('text', { name: 'contact_id', nullable: true })
  contactId!: string | null;

  @Column('text', { name: 'visitor_id', nullable: true })
  visitorId!: string | null;

  @Column('text', { name: 'messenger_profile_id', nullable: true })
  messengerProfileId!: string | null;

  @Column('text', { array: true })
  channels!: Channel[];

  @Column('text', { name: 'last_channel' })
  lastChannel!: Channel;

  @Column('text', { name: 'last_message_id' })
  lastMessageId!: string;

  @Column('int', { name: 'last_position' })
  lastPosition!: number;

  @Column('int', { name: 'agent_read_position' })
  agentReadPosition!: number;

  @Column('int', { name: 'visitor_read_position' })
  visitorReadPosition!: number;

  @Column('timestamptz', { name: 'last_activity_at' })
  lastActivityAt!: Date;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  /** A new conversation, still without the message that opens it: the caller adds that before it stores anything. */
  static open(
    thread: Pick<Conversation, 'threadKey' | 'visitorId' | 'contactId' | 'title'> & {
      messengerProfileId?: string;
      channel: Channel;
    },
    by: Actor,
    at: Date,
  ): { conversation: Conversation; activity: Activity } {
    const { channel, messengerProfileId = null, ...identity } = thread;
    const conversation = Object.assign(new Conversation(), identity, {
      id: newId('cnv'),
      version: 0,
      status: 'OPEN' as const,
      assigneeId: null,
      waitingForReply: true,
      unread: true,
      readStamp: null,
      completedStamp: null,
      subject: null,
      messengerProfileId,
      channels: [],
      lastChannel: channel,
      lastMessageId: '',
      lastPosition: 0,
      agentReadPosition: 0,
      visitorReadPosition: 0,
      lastActivityAt: at,
      createdAt: at,
    });
    return { conversation, activity: conversation.activity('OPENED', by, at) };
  }

  /** Nobody has written yet: no agent is called. */
  beginQuietly(at: Date): void {
    this.markRead({ kind: 'system', id: null, name: null }, at);
    this.waitingForReply = false;
  }

  /** A message from outside: unread and waiting for an answer. The caller reopens a completed conversation before. */
  receive(draft: MessageDraft): Message {
    this.unread = true;
    this.readStamp = null;
    this.waitingForReply = true;
    return this.add(draft);
  }

  /** A machine's message: nobody is called for it. */
  receiveQuietly(draft: MessageDraft): Message {
    if (this.lastPosition === 0) this.beginQuietly(draft.arrivedAt ?? draft.createdAt);
    return this.add(draft);
  }

  /** An agent's answer: who answers has read everything so far. Leaves a completed conversation completed. */
  reply(draft: MessageDraft, by: Actor): Message {
    this.markRead(by, draft.createdAt);
    this.waitingForReply = false;
    const message = this.add(draft);
    this.agentReadPosition = message.position;
    return message;
  }

  /** What the bot says: nobody has read or answered anything with it, and nobody is called for it. */
  say(draft: MessageDraft): Message {
    return this.add(draft);
  }

  /** The bot has done its part. */
  handOff(by: Actor, at: Date): Activity {
    return this.activity('AUTOMATION_HANDED_OFF', by, at);
  }

  /** An answer that nobody gave here: it calls nobody, and a thread that it begins is read from the start. */
  answeredElsewhere(draft: MessageDraft): Message {
    if (this.lastPosition === 0) this.markRead({ kind: 'system', id: null, name: draft.author.name }, draft.createdAt);
    this.waitingForReply = false;
    const message = this.add(draft);
    message.deliveryState = 'SENT';
    return message;
  }

  /** False when it is read already, up to the newest message. */
  read(by: Actor, at: Date): boolean {
    if (!this.unread && this.agentReadPosition === this.lastPosition) return false;
    this.markRead(by, at);
    this.agentReadPosition = this.lastPosition;
    this.version += 1;
    return true;
  }

  markUnread(): boolean {
    if (this.unread) return false;
    this.unread = true;
    this.readStamp = null;
    this.version += 1;
    return true;
  }

  complete(by: Actor, at: Date): Activity | null {
    if (this.status === 'COMPLETED') return null;
    this.status = 'COMPLETED';
    this.completedStamp = { by, at: at.toISOString() };
    return this.activity('COMPLETED', by, at);
  }

  reopen(by: Actor, at: Date): Activity | null {
    if (this.status === 'OPEN') return null;
    this.status = 'OPEN';
    this.completedStamp = null;
    return this.activity('REOPENED', by, at);
  }

  /** `assigneeId` null gives it to nobody. */
  assign(assigneeId: string | null, by: Actor, at: Date): Activity | null {
    if (this.assigneeId === assigneeId) return null;
    this.assigneeId = assigneeId;
    return this.activity('ASSIGNED', by, at);
  }

  linkContact(
    contact: { id: string; displayName: string },
    kind: Extract<Activity['kind'], 'CONTACT_LINKED' | 'EMAIL_COLLECTED'>,
    by: Actor,
    at: Date,
  ): Activity {
    this.contactId = contact.id;
    this.title = contact.displayName;
    return this.activity(kind, by, at);
  }

  /** The contact has another name. */
  rename(title: string): boolean {
    if (this.title === title) return false;
    this.title = title;
    this.version += 1;
    return true;
  }

  /** The visitor saw everything up to a position: those of `unseen` that this shows, in order. */
  seenByVisitor(upToPosition: number, unseen: readonly Message[], at: Date): Message[] {
    const upTo = Math.min(upToPosition, this.lastPosition);
    this.visitorReadPosition = Math.max(this.visitorReadPosition, upTo);
    return unseen.filter((message) => message.position <= upTo && message.seen(at));
  }

  /** Something about the person beside the name changed, which is kept elsewhere. */
  personChanged(): void {
    this.version += 1;
  }

  /** One message changed: the version that its event carries. */
  messageChanged(): void {
    this.version += 1;
  }

  snapshot(): ConversationSnapshot {
    return {
      id: this.id,
      version: this.version,
      status: this.status,
      assigneeId: this.assigneeId,
      waitingForReply: this.waitingForReply,
      unread: this.unread,
      read: this.readStamp,
      completed: this.completedStamp,
      title: this.title,
      subject: this.subject,
      contactId: this.contactId,
      visitorId: this.visitorId,
      messengerProfileId: this.messengerProfileId,
      channels: [...this.channels],
      lastChannel: this.lastChannel,
      lastMessageId: this.lastMessageId,
      lastPosition: this.lastPosition,
      agentReadPosition: this.agentReadPosition,
      lastActivityAt: this.lastActivityAt.toISOString(),
      createdAt: this.createdAt.toISOString(),
    };
  }

  private add(draft: MessageDraft): Message {
    const message = Message.of({ ...draft, conversationId: this.id, position: this.lastPosition + 1 });
    this.lastPosition = message.position;
    this.lastMessageId = message.id;
    this.lastChannel = message.channel;
    if (!this.channels.includes(message.channel)) this.channels.push(message.channel);
    if (message.email) this.subject = message.email.subject || null;
    const at = message.arrivedAt ?? message.createdAt;
    // The clocks of two gateways may differ: the list never moves a conversation back.
    if (at > this.lastActivityAt) this.lastActivityAt = at;
    this.version += 1;
    return message;
  }

  private markRead(by: Actor, at: Date): void {
    if (this.unread) this.readStamp = { by, at: at.toISOString() };
    this.unread = false;
  }

  private activity(kind: Activity['kind'], by: Actor, at: Date): Activity {
    this.version += 1;
    return Activity.of({
      conversationId: this.id,
      kind,
      by,
      at,
      assigneeId: kind === 'ASSIGNED' ? this.assigneeId : null,
      afterPosition: this.lastPosition,
      sequence: this.version,
    });
  }
}
