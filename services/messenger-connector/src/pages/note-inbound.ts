import { type Tx, unawaited } from '@conversations/persistence';
import type { Item } from '../normalise/fact';
import { noteHealth } from './page-health';

const HOUR_MS = 60 * 60 * 1_000;

/**
 * What a delivery tells of the pages themselves: that something came, and whether Facebook blocks or unblocks them. Source: Meta,
 * "messaging_policy_enforcement" webhook event.
 */
export async function noteInbound(tx: Tx, items: readonly Item[]): Promise<void> {
  const written = items.filter(({ fact }) => fact.kind === 'message' && fact.direction === 'INBOUND');
  const pageIds = [...new Set(written.map(({ pageId }) => pageId))].sort();
  if (pageIds.length > 0) {
    // Once a second is enough for people, and keeps deliveries from waiting for each other.
    const noted = tx.query(
      `UPDATE page SET last_inbound_at = now() WHERE id IN (
         SELECT id FROM page WHERE id = ANY($1) AND coalesce(last_inbound_at < now() - interval '1 second', true)
         ORDER BY id FOR UPDATE SKIP LOCKED)`,
      [pageIds],
    );
    unawaited(tx, noted);
  }
  for (const { pageId, fact } of [...items].sort((a, b) => a.fact.at - b.fact.at)) {
    if (fact.kind !== 'policy') continue;
    const detail = fact.reason;
    if (fact.action === 'block') await noteHealth(tx, pageId, 'RESTRICTED', { detail, probeAfterMs: HOUR_MS });
    if (fact.action === 'unblock') {
      const options = {
        probeAfterMs: 0,
        unless: ['TOKEN_INVALID' as const, 'PERMISSION' as const, 'UNSUBSCRIBED' as const],
      };
      await noteHealth(tx, pageId, 'OK', options);
    }
  }
}
