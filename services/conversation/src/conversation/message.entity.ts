import type {
  AnsweredForm,
  AskedForm,
  DeliveryReport,
  DeliveryState,
  MailSnapshot,
  MessageAuthor,
  MessageSnapshot,
} from '@conversations/contracts';
import { Channel } from '@conversations/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MessengerState, TimedChange } from '../messenger/messenger-state';
import { messengerSnapshot, withChange } from '../messenger/messenger-state';

/** That it answers, or that the bot asks with it. */
type Form = AnsweredForm | AskedForm;
type Attachments = MessageSnapshot['attachments'];

/** A message of a conversation. What was said and its position never change; its delivery does. */
@Entity('message')
export class Message {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'conversation_id' })
  conversationId!: string;

  @Column('int')
  position!: number;

  @Column('text', { name: 'idempotency_key' })
  idempotencyKey!: string;

  @Column('text')
  channel!: Channel;

  @Column('text')
  direction!: MessageSnapshot['direction'];

  @Column('text', { name: 'author_kind' })
  authorKind!: MessageAuthor['kind'];

  @Column('text', { name: 'author_id', nullable: true })
  authorId!: string | null;

  @Column('text', { name: 'author_name', nullable: true })
  authorName!: string | null;

  @Column('text')
  text!: string;

  @Column('jsonb')
  attachments!: Attachments;

  @Column('text', { name: 'client_message_id', nullable: true })
  clientMessageId!: string | null;

  @Column('text', { name: 'delivery_state', nullable: true })
  deliveryState!: DeliveryState | null;

  @Column('timestamptz', { name: 'delivery_at', nullable: true })
  deliveryAt!: Date | null;

  @Column('text', { name: 'failure_code', nullable: true })
  failureCode!: string | null;

  @Column('text', { name: 'failure_detail', nullable: true })
  failureDetail!: string | null;

  /** Which of its sends the delivery tells of; one more with each time that a person sends it again. */
  @Column('int', { name: 'delivery_attempt' })
  deliveryAttempt!: number;

  @Column('boolean', { name: 'delivery_retryable' })
  deliveryRetryable!: boolean;

  @Column('jsonb', { nullable: true })
  form!: Form | null;

  @Column('jsonb', { nullable: true })
  email!: MailSnapshot | null;

  @Column('jsonb', { nullable: true })
  messenger!: MessengerState | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  /** When it came in, where that is not when it was written. Not stored. */
  arrivedAt?: Date;

  static of({ author, ...written }: MessageDraft & { conversationId: string; position: number }): Message {
    const isOutbound = written.direction === 'OUTBOUND';
    return Object.assign(new Message(), { email: null, messenger: null }, written, {
      authorKind: author.kind,
      authorId: author.id,
      authorName: author.name,
      deliveryState: isOutbound ? ('ACCEPTED' as const) : null,
      deliveryAt: isOutbound ? written.createdAt : null,
      failureCode: null,
      failureDetail: null,
      deliveryAttempt: 1,
      deliveryRetryable: false,
    });
  }

  /** False when it was seen before. */
  seen(at: Date): boolean {
    if (this.deliveryState === 'SEEN') return false;
    this.setDelivery({ state: 'SEEN', at });
    return true;
  }

  /** False for a report that says nothing new: one that came before, was overtaken, or is about an earlier attempt. */
  delivered(report: Omit<DeliveryReport, 'conversationId' | 'messageId'>): boolean {
    const at = new Date(report.at);
    if (!this.deliveryState || !this.deliveryAt || !this.isNews(report, at)) return false;
    const { state, failureCode, detail, retryable } = report;
    this.setDelivery({ state, at, failureCode, detail, retryable });
    this.deliveryAttempt = Math.max(this.deliveryAttempt, report.attempt);
    return true;
  }

  /** A person sends it again; false when it is on its way, arrived, or may never be sent again. */
  sendAgain(at: Date): boolean {
    if (!this.mayBeSentAgain) return false;
    this.setDelivery({ state: 'ACCEPTED', at });
    this.deliveryAttempt += 1;
    return true;
  }

  /** On Messenger; false for a change that is no news. */
  change(change: TimedChange): boolean {
    const { text, attachments, messenger } = this;
    const changed = messenger && withChange({ text, attachments, messenger }, change);
    if (changed) Object.assign(this, changed);
    return changed !== null;
  }

  private get mayBeSentAgain(): boolean {
    return this.deliveryState === 'UNKNOWN' || (this.deliveryState === 'FAILED' && this.deliveryRetryable);
  }

  private isNews({ state, attempt }: Pick<DeliveryReport, 'state' | 'attempt'>, at: Date): boolean {
    const [before, overtaken] = [this.deliveryState, at < (this.deliveryAt ?? at)];
    const doubtful = before === 'FAILED' || before === 'UNKNOWN';
    if (state === 'UNKNOWN') return before === 'ACCEPTED' && attempt >= this.deliveryAttempt;
    if (state === 'FAILED') {
      if (before === 'FAILED' && attempt === this.deliveryAttempt) return false;
      return before !== 'DELIVERED' && before !== 'SEEN' && attempt >= this.deliveryAttempt;
    }
    // What arrived arrived, whichever attempt it was of.
    return doubtful ? !overtaken || attempt > this.deliveryAttempt : STEPS.indexOf(state) > STEPS.indexOf(before);
  }

  private setDelivery(to: {
    state: DeliveryState;
    at: Date;
    failureCode?: string | null;
    detail?: string | null;
    retryable?: boolean;
  }): void {
    this.deliveryState = to.state;
    this.deliveryAt = to.at;
    this.failureCode = to.failureCode ?? null;
    this.failureDetail = to.detail ?? null;
    this.deliveryRetryable = to.retryable ?? false;
  }

  snapshot(): MessageSnapshot {
    return {
      id: this.id,
      conversationId: this.conversationId,
      position: this.position,
      channel: this.channel,
      direction: this.direction,
      author: { kind: this.authorKind, id: this.authorId, name: this.authorName },
      text: this.text,
      attachments: this.attachments,
      clientMessageId: this.clientMessageId,
      delivery:
        this.deliveryState && this.deliveryAt
          ? {
              state: this.deliveryState,
              at: this.deliveryAt.toISOString(),
              failureCode: this.failureCode,
              detail: this.failureDetail,
              retryable: this.deliveryRetryable,
            }
          : null,
      form: this.form && 'answers' in this.form ? this.form : null,
      ...(this.form && 'fields' in this.form ? { askedForm: this.form } : {}),
      email: this.email,
      messenger: this.messenger && messengerSnapshot(this.messenger),
      createdAt: this.createdAt.toISOString(),
    };
  }
}

/** A message before its conversation gives it a position. */
export interface MessageDraft {
  id: string;
  idempotencyKey: string;
  channel: Channel;
  direction: MessageSnapshot['direction'];
  author: MessageAuthor;
  text: string;
  attachments: Attachments;
  clientMessageId: string | null;
  form: Form | null;
  /** Set on every email. */
  email?: MailSnapshot;
  /** Set on every Messenger message. */
  messenger?: MessengerState;
  createdAt: Date;
  /** When it came in, where that is not when it was written. */
  arrivedAt?: Date;
}

/** A delivery that goes well, step by step. */
const STEPS: (DeliveryState | null)[] = ['ACCEPTED', 'SENT', 'DELIVERED', 'SEEN'];
