import type { DataOf, MessageContract } from '@conversations/contracts';
import { composeMessage } from '@conversations/messaging';
import { newUuid } from '@conversations/runtime';
import type { EntityManager, QueryRunner } from 'typeorm';
import type { OutboxRow } from './outbox-rows';
import { prepared } from './prepared';
import { wasPartlyRolledBack } from './transaction-watch';

export interface EmitOptions {
  /** The conversation's version after the change: one more than that of the event before. */
  sequence?: number;
  actor?: string;
  causationId?: string;
  correlationId?: string;
  /** Overrides the active span, for work on a batch whose messages have traces of their own. */
  traceparent?: string;
}

/** One event among several of a transaction. */
export interface Emission<C extends MessageContract = MessageContract> extends EmitOptions {
  contract: C;
  /** The unit of order: the conversation's id. */
  key: string;
  data: DataOf<C>;
}

const emitted = new WeakMap<QueryRunner, OutboxRow[]>();

/**
 * What the committed transaction left in the outbox; undefined when it emitted nothing. Empty when some of it may have been taken back
 * with a savepoint: then only the table knows.
 */
export function emittedBy(queryRunner: QueryRunner): OutboxRow[] | undefined {
  const rows = emitted.get(queryRunner);
  return rows && wasPartlyRolledBack(queryRunner) ? [] : rows;
}

/**
 * Ordered, because the identity column numbers the rows as they come and the number is the order of publication.
 * One JSON document: as arrays, quoting the bodies takes this process twice the time.
 */
const INSERT = `
  INSERT INTO outbox (event_id, subject, stream, key, sequence, body, headers)
  SELECT event_id, subject, stream, key, sequence, body, headers
  FROM ROWS FROM (json_to_recordset($1::json) AS (
      "eventId" uuid, subject text, stream text, key text, sequence bigint, body text, headers jsonb
    )) WITH ORDINALITY AS emitted (event_id, subject, stream, key, sequence, body, headers, place)
  ORDER BY place
  RETURNING seq, event_id`;

/**
 * Writes events that the relay publishes after the commit, in this order. To keep the order within a conversation,
 * the transaction holds the conversation's row lock by now. Throws ZodError when data is not what its contract says.
 */
export async function emitAll(tx: EntityManager, emissions: readonly Emission[]): Promise<void> {
  const { queryRunner } = tx;
  if (!queryRunner?.isTransactionActive) throw new Error('Events are emitted inside a transaction');
  if (emissions.length === 0) return;
  const createdAt = new Date();
  const rows = emissions.map(({ contract, key, data, ...options }) => ({
    ...composeMessage(contract, key, data, options),
    key,
    sequence: options.sequence ?? null,
    createdAt,
  }));
  await insertRows(tx, queryRunner, rows);
}

/** Something that an adapter accepted from outside and could not handle, with where the original is. */
export interface BuriedLetter {
  /** What it was to become, without `dlq.`. */
  subject: string;
  handler: string;
  reason: string;
  key: string;
  original: object;
}

/** Writes a dead letter next to the change that lets the original rest; it looks like those of the broker's handlers. */
export async function buryInOutbox(tx: EntityManager, letter: BuriedLetter): Promise<void> {
  const { queryRunner } = tx;
  if (!queryRunner?.isTransactionActive) throw new Error('Dead letters are written inside a transaction');
  const { subject, handler, reason, key, original } = letter;
  const createdAt = new Date();
  const eventId = newUuid();
  const body = JSON.stringify({ reason, attempts: 1, handler, at: createdAt.toISOString(), subject, original });
  const headers = { 'Content-Type': 'application/json', 'Nats-Msg-Id': eventId };
  const row = { eventId, subject: `dlq.${subject}`, stream: 'DEAD_LETTERS' as const, body, headers };
  await insertRows(tx, queryRunner, [{ ...row, key, sequence: null, createdAt }]);
}

async function insertRows(
  tx: EntityManager,
  queryRunner: QueryRunner,
  rows: readonly Omit<OutboxRow, 'seq'>[],
): Promise<void> {
  const inserted = await prepared<{ seq: string; event_id: string }>(tx, 'outbox-insert', INSERT, [
    JSON.stringify(rows),
  ]);
  const numbers = new Map(inserted.map(({ event_id, seq }) => [event_id, seq]));
  const known = emitted.get(queryRunner) ?? [];
  for (const row of rows) known.push({ ...row, seq: numbers.get(row.eventId) ?? '' });
  emitted.set(queryRunner, known);
}

/** Writes one event next to the change that it tells of; see {@link emitAll}. */
export function emit<C extends MessageContract>(
  tx: EntityManager,
  contract: C,
  key: string,
  data: DataOf<C>,
  options: EmitOptions = {},
): Promise<void> {
  return emitAll(tx, [{ contract, key, data, ...options }]);
}
