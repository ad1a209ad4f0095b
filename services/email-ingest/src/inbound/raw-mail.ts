import type { Tx } from '@conversations/persistence';
import type { DataSource } from 'typeorm';
import type { Envelope } from './accept-mail';

/** An accepted mail that a worker holds. */
export interface RawMail {
  id: string;
  seq: string;
  byteSize: number;
  source: string;
  envelope: Envelope;
  receivedAt: Date;
  /** This one included. */
  attempts: number;
  /** An operator asked for it: loops and caps do not count. */
  isReplay: boolean;
}

/** What became of it. INCOMPLETE is a message too; SET_ASIDE is none, and may be replayed. */
export type EndState = 'RECEIVED' | 'INCOMPLETE' | 'SET_ASIDE';

/** Longer than parsing and storing may take; after that another worker takes the mail. */
const HELD_SECONDS = 60;

/** Takes the oldest waiting mails; whoever dies holding them loses them after a minute. */
export function takeMails(dataSource: DataSource, most: number): Promise<RawMail[]> {
  return dataSource.query<RawMail[]>(
    `WITH taken AS (
       UPDATE raw_mail SET attempts = attempts + 1, due_at = clock_timestamp() + interval '${HELD_SECONDS} seconds'
       WHERE id IN (
         SELECT id FROM raw_mail WHERE state = 'ACCEPTED' AND due_at <= clock_timestamp()
         ORDER BY due_at, seq LIMIT $1 FOR UPDATE SKIP LOCKED
       )
       RETURNING id, seq, byte_size AS "byteSize", source, envelope, received_at AS "receivedAt", attempts,
         is_replay AS "isReplay"
     ) SELECT * FROM taken ORDER BY seq`,
    [most],
  );
}

/** False when somebody else ended it meanwhile: then the transaction has nothing to say. */
export async function endMail(
  tx: Tx,
  id: string,
  end: { state: EndState; outcome: string; messageId?: string | undefined; failure?: string | undefined },
): Promise<boolean> {
  const [rows] = await tx.query<[unknown[], number]>(
    `UPDATE raw_mail SET state = $2, outcome = $3, message_id = $4, failure = $5, done_at = clock_timestamp()
     WHERE id = $1 AND state = 'ACCEPTED' RETURNING id`,
    [id, end.state, end.outcome, end.messageId ?? null, end.failure?.slice(0, 500) ?? null],
  );
  return rows.length > 0;
}

/** Back to the others, after a pause: the database, the store or the broker was away. */
export async function putBack(dataSource: DataSource, id: string, pauseSeconds: number): Promise<void> {
  await dataSource.query(
    `UPDATE raw_mail SET due_at = clock_timestamp() + make_interval(secs => $2) WHERE id = $1 AND state = 'ACCEPTED'`,
    [id, pauseSeconds],
  );
}
