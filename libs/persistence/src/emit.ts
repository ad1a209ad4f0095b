import type { DataOf, MessageContract } from '@conversations/contracts';
import { composeMessage } from '@conversations/messaging';
import type { EntityManager } from 'typeorm';

export interface EmitOptions {
  /** The conversation's version after the change. */
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

const emitting = new WeakSet<object>();

export const hasEmitted = (tx: EntityManager): boolean => tx.queryRunner !== undefined && emitting.has(tx.queryRunner);

/** Ordered, because the identity column numbers the rows as they come and the number is the order of publication. */
const INSERT = `
  INSERT INTO outbox (event_id, subject, stream, body, headers)
  SELECT event_id, subject, stream, body, headers::jsonb
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[])
    WITH ORDINALITY AS emitted (event_id, subject, stream, body, headers, place)
  ORDER BY place`;

/**
 * Writes events that the relay publishes after the commit, in this order. To keep the order within a conversation,
 * the transaction holds the conversation's row lock by now. Throws ZodError when data is not what its contract says.
 */
export async function emitAll(tx: EntityManager, emissions: readonly Emission[]): Promise<void> {
  if (!tx.queryRunner?.isTransactionActive) throw new Error('Events are emitted inside a transaction');
  if (emissions.length === 0) return;
  const rows = emissions.map(({ contract, key, data, ...options }) => composeMessage(contract, key, data, options));
  await tx.query(INSERT, [
    rows.map((row) => row.eventId),
    rows.map((row) => row.subject),
    rows.map((row) => row.stream),
    rows.map((row) => row.body),
    rows.map((row) => JSON.stringify(row.headers)),
  ]);
  emitting.add(tx.queryRunner);
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
