import type { DeliveryState, MessageAuthor, MessageSnapshot } from '@conversations/contracts';
import { Channel } from '@conversations/contracts';
import type { Tx } from '@conversations/persistence';
import { prepared } from '@conversations/persistence';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { searchVector } from '../search-words';

type Form = NonNullable<MessageSnapshot['form']>;
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

  @Column('boolean', { name: 'delivery_retryable' })
  deliveryRetryable!: boolean;

  @Column('jsonb', { nullable: true })
  form!: Form | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  static of({ author, ...written }: MessageDraft & { conversationId: string; position: number }): Message {
    const isOutbound = written.direction === 'OUTBOUND';
    return Object.assign(new Message(), written, {
      authorKind: author.kind,
      authorId: author.id,
      authorName: author.name,
      deliveryState: isOutbound ? ('ACCEPTED' as const) : null,
      deliveryAt: isOutbound ? written.createdAt : null,
      failureCode: null,
      deliveryRetryable: false,
    });
  }

  /** False when it was seen before. */
  seen(at: Date): boolean {
    if (this.deliveryState === 'SEEN') return false;
    this.deliveryState = 'SEEN';
    this.deliveryAt = at;
    this.failureCode = null;
    this.deliveryRetryable = false;
    return true;
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
              detail: null,
              retryable: this.deliveryRetryable,
            }
          : null,
      form: this.form,
      email: null,
      messenger: null,
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
  createdAt: Date;
}

const COLUMNS = `id, conversation_id, position, idempotency_key, channel, direction, author_kind, author_id, author_name, text,
  words, attachments, client_message_id, delivery_state, delivery_at, delivery_retryable,
  form, created_at`;
/** Of the arrays of a statement's values, in the order of the columns. */
const TYPES = [
  'text',
  'text',
  'int',
  'text',
  'text',
  'text',
  'text',
  'text',
  'text',
  'text',
  'tsvector',
  'jsonb',
  'text',
  'text',
  'timestamptz',
  'boolean',
  'jsonb',
  'timestamptz',
];

/** Inserts messages; its values are numbered from `first` on. */
export const messageInsert = (first: number) => `INSERT INTO message (${COLUMNS})
  SELECT * FROM unnest(${TYPES.map((type, index) => `$${first + index}::${type}[]`).join(', ')})`;

const INSERT = `${messageInsert(1)} ON CONFLICT (idempotency_key) DO NOTHING RETURNING id`;

/** Inserts in one statement; returns the ids of those whose idempotency key was new. */
export async function insertMessages(tx: Tx, messages: readonly Message[]): Promise<string[]> {
  const inserted = await prepared<{ id: string }>(tx, 'message-insert', INSERT, messageValues(messages));
  return inserted.map((row) => row.id);
}

export function messageValues(messages: readonly Message[]): unknown[] {
  return [
    messages.map((message) => message.id),
    messages.map((message) => message.conversationId),
    messages.map((message) => message.position),
    messages.map((message) => message.idempotencyKey),
    messages.map((message) => message.channel),
    messages.map((message) => message.direction),
    messages.map((message) => message.authorKind),
    messages.map((message) => message.authorId),
    messages.map((message) => message.authorName),
    messages.map((message) => message.text),
    messages.map((message) => searchVector(message.text)),
    messages.map((message) => JSON.stringify(message.attachments)),
    messages.map((message) => message.clientMessageId),
    messages.map((message) => message.deliveryState),
    messages.map((message) => message.deliveryAt),
    messages.map((message) => message.deliveryRetryable),
    messages.map((message) => message.form && JSON.stringify(message.form)),
    messages.map((message) => message.createdAt),
  ];
}

/** Writes the delivery of stored messages in one statement. */
export async function updateDeliveries(tx: Tx, messages: readonly Message[]): Promise<void> {
  await tx.query(
    `UPDATE message SET delivery_state = d.state, delivery_at = d.at, failure_code = d.code, delivery_retryable = d.retryable
     FROM unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[], $5::boolean[]) AS d (id, state, at, code, retryable)
     WHERE message.id = d.id`,
    [
      messages.map((message) => message.id),
      messages.map((message) => message.deliveryState),
      messages.map((message) => message.deliveryAt),
      messages.map((message) => message.failureCode),
      messages.map((message) => message.deliveryRetryable),
    ],
  );
}
