import type { DeliveryState, MessageAuthor, MessageSnapshot } from '@conversations/contracts';
import { Channel } from '@conversations/contracts';
import type { Tx } from '@conversations/persistence';
import { Column, Entity, PrimaryColumn } from 'typeorm';

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

  @Column('jsonb')
  author!: MessageAuthor;

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

  static of(written: MessageDraft & { conversationId: string; position: number }): Message {
    const delivery: Pick<Message, 'deliveryState' | 'deliveryAt' | 'failureCode' | 'deliveryRetryable'> = {
      deliveryState: written.direction === 'OUTBOUND' ? 'ACCEPTED' : null,
      deliveryAt: written.direction === 'OUTBOUND' ? written.createdAt : null,
      failureCode: null,
      deliveryRetryable: false,
    };
    return Object.assign(new Message(), written, delivery);
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
      author: this.author,
      text: this.text,
      attachments: this.attachments,
      clientMessageId: this.clientMessageId,
      delivery:
        this.deliveryState && this.deliveryAt
          ? {
              state: this.deliveryState,
              at: this.deliveryAt.toISOString(),
              failureCode: this.failureCode,
              retryable: this.deliveryRetryable,
            }
          : null,
      form: this.form,
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

/** Inserts in one statement; returns the ids of those whose idempotency key was new. */
export async function insertMessages(tx: Tx, messages: readonly Message[]): Promise<string[]> {
  const inserted: { id: string }[] = await tx.query(
    `INSERT INTO message (id, conversation_id, position, idempotency_key, channel, direction, author, text, attachments,
       client_message_id, delivery_state, delivery_at, delivery_retryable, form, created_at)
     SELECT * FROM unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::text[],
       $9::jsonb[], $10::text[], $11::text[], $12::timestamptz[], $13::boolean[], $14::jsonb[], $15::timestamptz[])
     ON CONFLICT (idempotency_key) DO NOTHING RETURNING id`,
    [
      messages.map((message) => message.id),
      messages.map((message) => message.conversationId),
      messages.map((message) => message.position),
      messages.map((message) => message.idempotencyKey),
      messages.map((message) => message.channel),
      messages.map((message) => message.direction),
      messages.map((message) => JSON.stringify(message.author)),
      messages.map((message) => message.text),
      messages.map((message) => JSON.stringify(message.attachments)),
      messages.map((message) => message.clientMessageId),
      messages.map((message) => message.deliveryState),
      messages.map((message) => message.deliveryAt),
      messages.map((message) => message.deliveryRetryable),
      messages.map((message) => (message.form ? JSON.stringify(message.form) : null)),
      messages.map((message) => message.createdAt),
    ],
  );
  return inserted.map((row) => row.id);
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
