import type { Tx } from '@conversations/persistence';
import { refusal } from '../errors';

/**
 * Makes changes to accounts wait for each other, and answers who the active admins are; `by` must still be one of them,
 * whatever its request was allowed when it began. Throws FORBIDDEN.
 */
export async function lockAdmins(tx: Tx, by: string): Promise<string[]> {
  // Rows that stop being an admin's while this waits are left out of the answer.
  const rows = await tx.query<{ id: string }[]>(
    `SELECT id FROM agent WHERE role = 'ADMIN' AND active ORDER BY id FOR NO KEY UPDATE`,
  );
  const admins = rows.map(({ id }) => id);
  if (!admins.includes(by)) throw refusal('FORBIDDEN', 'Only an active admin may do this');
  return admins;
}
