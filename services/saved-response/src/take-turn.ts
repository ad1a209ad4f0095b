import type { Tx } from '@conversations/persistence';

/**
 * Waits until no other transaction changes saved responses or categories, and keeps others waiting until this one ends.
 * People change them a few times a day; in return the limits, the places of categories and the order of events need no
 * second thought, over any number of replicas.
 */
export async function takeTurn(tx: Tx): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('conversations:saved-response', 0))`);
}
