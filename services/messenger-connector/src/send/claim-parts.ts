import type { DataSource } from 'typeorm';
import { type Part, PART_COLUMNS } from './part';

/**
 * Takes the next part of each thread whose page may send, and notes in the same statement that it is being sent. Only the
 * oldest open part of a thread is ever taken, by one replica: the row's own lock decides when two want it.
 */
export async function claimParts(
  dataSource: DataSource,
  { pageIds, most, patienceMs }: { pageIds: readonly string[]; most: number; patienceMs: number },
): Promise<Part[]> {
  const [rows] = await dataSource.query<[Part[], number]>(
    `UPDATE part SET state = 'sending', sending_at = now(), gives_up_at = now() + $3 * interval '1 ms', tries = tries + 1
     WHERE seq IN (
       SELECT head.seq FROM (
         SELECT DISTINCT ON (page_id, person_id) seq, page_id, state, not_before FROM part
         WHERE open AND page_id = ANY($1) ORDER BY page_id, person_id, seq
       ) AS head
       JOIN page ON page.id = head.page_id
       WHERE head.state = 'queued' AND head.not_before <= now()
         AND page.health NOT IN ('TOKEN_INVALID', 'DISABLED')
         AND coalesce(page.backoff_until, now()) <= now()
       ORDER BY head.seq LIMIT $2)
     AND state = 'queued'
     RETURNING ${PART_COLUMNS}`,
    [pageIds, most, patienceMs],
  );
  return rows;
}

/**
 * Parts whose sender never noted an answer, because it was killed: nobody knows what became of them. Resolves with how many there
 * were. Their echo is waited for from the time at which they were sent.
 */
export async function giveUpOrphans(dataSource: DataSource, waitMs: number): Promise<number> {
  const [, count] = await dataSource.query<[unknown[], number]>(
    `UPDATE part SET state = 'unknown', check_at = sending_at + $1 * interval '1 ms'
     WHERE state = 'sending' AND gives_up_at <= now()`,
    [waitMs],
  );
  return count;
}
