import type { Tx } from '@conversations/persistence';
import type { DataSource } from 'typeorm';

/** How far a mailbox was read. Never by dates, flags or what is unseen: others read it too. */
export interface Cursor {
  uidValidity: bigint | null;
  lastUid: number;
  /** When this installation first read it, without taking what lay there. Null: all of it was taken. */
  since: Date | null;
  /** The newest mail when the server was seen to have numbered its mails anew; those above it came later. 0 when it never did. */
  numberedAnewTo: number;
}

interface CursorRow {
  uidValidity: string | null;
  lastUid: string;
  since: Date | null;
  numberedAnewTo: string;
}

/** A replica without a sign of life for so long loses its mailboxes. */
const LEASE_SECONDS = 20;
export const RENEW_MS = 5_000;

/** Takes the mailbox, or keeps it; false while another replica has it. */
export async function leaseMailbox(dataSource: DataSource, id: string, owner: string): Promise<boolean> {
  await dataSource.query('INSERT INTO mailbox (id) VALUES ($1) ON CONFLICT (id) DO NOTHING', [id]);
  const [rows] = await dataSource.query<[unknown[], number]>(
    `UPDATE mailbox SET owner = $2, owned_until = clock_timestamp() + interval '${LEASE_SECONDS} seconds'
     WHERE id = $1 AND (owner IS NULL OR owner = $2 OR owned_until < clock_timestamp()) RETURNING id`,
    [id, owner],
  );
  return rows.length > 0;
}

export async function releaseMailbox(dataSource: DataSource, id: string, owner: string): Promise<void> {
  await dataSource.query('UPDATE mailbox SET owner = NULL, owned_until = NULL WHERE id = $1 AND owner = $2', [
    id,
    owner,
  ]);
}

export async function readCursor(dataSource: DataSource, id: string): Promise<Cursor> {
  const [row] = await dataSource.query<CursorRow[]>(
    `SELECT uid_validity AS "uidValidity", last_uid AS "lastUid", since, numbered_anew_to AS "numberedAnewTo"
     FROM mailbox WHERE id = $1`,
    [id],
  );
  if (!row) throw new Error('the mailbox is not leased');
  const { uidValidity, lastUid, since, numberedAnewTo } = row;
  return {
    uidValidity: uidValidity === null ? null : BigInt(uidValidity),
    lastUid: Number(lastUid),
    since,
    numberedAnewTo: Number(numberedAnewTo),
  };
}

/** Only its owner moves it: a replica that lost the mailbox stores nothing more under its name. */
export async function moveCursor(
  tx: Pick<Tx, 'query'>,
  id: string,
  owner: string,
  { uidValidity, lastUid, since, numberedAnewTo }: Cursor,
): Promise<void> {
  const [rows] = await tx.query<[unknown[], number]>(
    `UPDATE mailbox SET uid_validity = $3, last_uid = $4, since = $5, numbered_anew_to = $6
     WHERE id = $1 AND owner = $2 RETURNING id`,
    [id, owner, uidValidity?.toString() ?? null, lastUid, since, numberedAnewTo],
  );
  if (rows.length === 0) throw new Error('another replica reads this mailbox now');
}

/** For the admins' page; null when all is well. */
export async function noteProblem(dataSource: DataSource, id: string, problem: string | null): Promise<void> {
  await dataSource.query('UPDATE mailbox SET problem = $2, checked_at = clock_timestamp() WHERE id = $1', [
    id,
    problem?.slice(0, 300) ?? null,
  ]);
}
