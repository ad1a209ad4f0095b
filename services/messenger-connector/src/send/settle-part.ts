import { type Tx } from '@conversations/persistence';
import type { Part } from './part';
import { reportReplies } from './report-replies';

/** The row locks of everything that settles a part are taken in this order: the person, the part, the reply. */
async function lockPerson(tx: Tx, { page_id, person_id }: Pick<Part, 'page_id' | 'person_id'>): Promise<void> {
  await tx.query('SELECT 1 FROM person WHERE page_id = $1 AND person_id = $2 FOR SHARE', [page_id, person_id]);
}

/** Facebook took it. Whoever learns so later, from the answer or from the echo, changes nothing any more but adds what it knows. */
export async function settleSent(tx: Tx, part: Part, mid: string): Promise<void> {
  await lockPerson(tx, part);
  await tx.query(
    `UPDATE part SET state = 'sent', mid = coalesce(mid, $2), sent_at = coalesce(sent_at, sending_at), check_at = NULL,
       failure_code = NULL, detail = NULL
     WHERE id = $1`,
    [part.id, mid],
  );
  await tx.query('DELETE FROM echo WHERE page_id = $1 AND mid = $2', [part.page_id, mid]);
  await reportReplies(tx, [part.message_id]);
}

/** It will not be sent, and neither will the parts of the message that wait behind it. */
export async function settleFailed(tx: Tx, part: Part, code: string, detail: string | null): Promise<void> {
  await lockPerson(tx, part);
  await tx.query(
    `UPDATE part SET state = 'failed', failure_code = $3, detail = $4
     WHERE (id = $1 AND state IN ('sending', 'unknown')) OR (message_id = $2 AND state = 'queued')`,
    [part.id, part.message_id, code, detail?.slice(0, 500) ?? null],
  );
  await reportReplies(tx, [part.message_id]);
}

/** It certainly had no effect, and is tried again after a pause. */
export async function putBack(tx: Tx, part: Part, pauseMs: number): Promise<void> {
  await tx.query(
    `UPDATE part SET state = 'queued', not_before = now() + $2 * interval '1 ms' WHERE id = $1 AND state = 'sending'`,
    [part.id, pauseMs],
  );
}

/** Nobody knows whether Facebook took it: its echo is waited for until `waitMs` after it was sent. */
export async function waitForEcho(tx: Tx, part: Part, waitMs: number): Promise<void> {
  await tx.query(
    `UPDATE part SET state = 'unknown', check_at = sending_at + $2 * interval '1 ms' WHERE id = $1 AND state = 'sending'`,
    [part.id, waitMs],
  );
}

/** The echo did not come and the thread does not show it: a person decides. What waits behind it goes on. */
export async function settleUnknown(tx: Tx, part: Part): Promise<void> {
  await lockPerson(tx, part);
  await tx.query(`UPDATE part SET check_at = NULL WHERE id = $1 AND state = 'unknown'`, [part.id]);
  await reportReplies(tx, [part.message_id]);
}
