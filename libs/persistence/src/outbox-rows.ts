import type { StreamName } from '@conversations/messaging';
import type { Session } from './session';

/** Most rows read at once. */
export const BATCH = 500;

/** An event that waits to be published. */
export interface OutboxRow {
  seq: string;
  eventId: string;
  subject: string;
  stream: StreamName;
  /** The unit of order. */
  key: string;
  /** The version that the event gave to what `key` names; grows by one with every event. Null for events without. */
  sequence: number | null;
  body: string;
  headers: Record<string, string>;
  createdAt: Date;
}

export interface PublishedRow {
  seq: string;
  streamSequence: number;
}

/**
 * By what is unpublished, never by "after the last one": concurrent transactions commit in another order than they took their numbers,
 * and a number that appears late would be passed over. Within a conversation its row lock makes both orders the same.
 */
export function selectWaiting(session: Session, exceptHeld: readonly string[]): Promise<OutboxRow[]> {
  return session.query<OutboxRow>(
    `SELECT seq, event_id AS "eventId", subject, stream, key, sequence::float8 AS sequence, body, headers,
            created_at AS "createdAt"
     FROM outbox WHERE stream_seq IS NULL AND seq <> ALL ($1::bigint[]) ORDER BY (seq + 0) LIMIT ${BATCH}`,
    [exceptHeld],
    { name: 'outbox-waiting' },
  );
}

export async function markPublished(
  session: Session,
  stream: StreamName,
  published: readonly PublishedRow[],
): Promise<void> {
  await session.query(
    `WITH top AS (
       UPDATE outbox_stream SET last_sequence = greatest(last_sequence, $3::bigint) WHERE stream = $4
     )
     UPDATE outbox SET stream_seq = published.stream_seq
     FROM unnest($1::bigint[], $2::bigint[]) AS published (seq, stream_seq)
     WHERE outbox.seq = published.seq`,
    [
      published.map((row) => row.seq),
      published.map((row) => row.streamSequence),
      Math.max(...published.map((row) => row.streamSequence)),
      stream,
    ],
  );
}

/** Counted up to 10,000, so that a long outage does not make the measuring expensive. */
export async function measureWaiting(session: Session): Promise<{ rows: number; oldestSeconds: number }> {
  const [row] = await session.query<{ rows: number; oldest: number }>(`
    SELECT count(*)::integer AS rows, coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float8 AS oldest
    FROM (SELECT created_at FROM outbox WHERE stream_seq IS NULL ORDER BY (seq + 0) LIMIT 10000) AS waiting`);
  return { rows: row?.rows ?? 0, oldestSeconds: Math.max(0, row?.oldest ?? 0) };
}

const PRUNE_BATCH = 1_000;

/** Deletes published rows older than seven days, the oldest first, few at a time; true when there may be more. */
export async function prune(session: Session): Promise<boolean> {
  const deleted = await session.query(
    `DELETE FROM outbox
     WHERE seq IN (SELECT seq FROM outbox ORDER BY seq LIMIT ${PRUNE_BATCH})
       AND stream_seq IS NOT NULL AND created_at < now() - interval '7 days'
     RETURNING seq`,
  );
  return deleted.length === PRUNE_BATCH;
}
