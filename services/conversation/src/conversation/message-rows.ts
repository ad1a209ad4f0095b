import type { Tx } from '@conversations/persistence';
import { prepared } from '@conversations/persistence';
import { searchVector } from '../search-words';
import type { Message } from './message.entity';

const COLUMNS = `id, conversation_id, position, idempotency_key, channel, direction, author_kind, author_id, author_name, text,
  words, attachments, client_message_id, delivery_state, delivery_at, delivery_retryable,
  form, email, messenger, created_at`;
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
  'jsonb',
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
    messages.map(messageVector),
    messages.map((message) => JSON.stringify(message.attachments)),
    messages.map((message) => message.clientMessageId),
    messages.map((message) => message.deliveryState),
    messages.map((message) => message.deliveryAt),
    messages.map((message) => message.deliveryRetryable),
    messages.map((message) => message.form && JSON.stringify(message.form)),
    messages.map((message) => message.email && JSON.stringify(message.email)),
    messages.map((message) => message.messenger && JSON.stringify(message.messenger)),
    messages.map((message) => message.createdAt),
  ];
}

/**
 * What a message is found by. A mail may come from others than the contact of its thread: their names and addresses count. What the
 * bot says stands in every thread: a search that found it would find them all.
 */
export function messageVector({
  text,
  email,
  direction,
  authorKind,
}: Pick<Message, 'text' | 'email' | 'direction' | 'authorKind'>): string {
  if (authorKind === 'automation') return '';
  if (email === null) return searchVector(text);
  const { subject, from } = email;
  const sender = direction === 'INBOUND' ? [from.name ?? '', from.address] : [];
  return searchVector(text, subject, ...sender);
}

/** Writes what was said in stored messages anew, in one statement: nothing stays of what stood there before. */
export async function updateContents(tx: Tx, messages: readonly Message[]): Promise<void> {
  await tx.query(
    `UPDATE message SET text = c.text, words = c.words, attachments = c.attachments, messenger = c.messenger
     FROM unnest($1::text[], $2::text[], $3::tsvector[], $4::jsonb[], $5::jsonb[])
       AS c (id, text, words, attachments, messenger)
     WHERE message.id = c.id`,
    [
      messages.map((message) => message.id),
      messages.map((message) => message.text),
      messages.map(messageVector),
      messages.map((message) => JSON.stringify(message.attachments)),
      messages.map((message) => message.messenger && JSON.stringify(message.messenger)),
    ],
  );
}

/** Writes the delivery of stored messages in one statement. */
export async function updateDeliveries(tx: Tx, messages: readonly Message[]): Promise<void> {
  await tx.query(
    `UPDATE message SET delivery_state = d.state, delivery_at = d.at, failure_code = d.code, failure_detail = d.detail,
       delivery_retryable = d.retryable, delivery_attempt = d.attempt
     FROM unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::boolean[], $7::int[])
       AS d (id, state, at, code, detail, retryable, attempt)
     WHERE message.id = d.id`,
    [
      messages.map((message) => message.id),
      messages.map((message) => message.deliveryState),
      messages.map((message) => message.deliveryAt),
      messages.map((message) => message.failureCode),
      messages.map((message) => message.failureDetail),
      messages.map((message) => message.deliveryRetryable),
      messages.map((message) => message.deliveryAttempt),
    ],
  );
}
