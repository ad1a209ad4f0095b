import { prepared, type Tx } from '@conversations/persistence';
import type { Fact, Item } from '../normalise/fact';
import type { Heard } from '../people/person';

/** Stores the items that are not there yet, and resolves with those, in their order. */
export async function storeNew(tx: Tx, items: readonly Item[]): Promise<Item[]> {
  const unique = [...new Map(items.map((item) => [`${item.pageId} ${item.key}`, item])).values()];
  // In one order, whoever stores: two copies of a delivery must not wait for each other.
  const sorted = [...unique].sort((a, b) => (`${a.pageId} ${a.key}` < `${b.pageId} ${b.key}` ? -1 : 1));
  const rows = await prepared<{ page_id: string; key: string }>(
    tx,
    'event-store',
    `INSERT INTO event (page_id, key, kind, unreadable, received_at)
     SELECT page_id, key, kind, unreadable, now()
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS new (page_id, key, kind, unreadable)
     ON CONFLICT DO NOTHING RETURNING page_id, key`,
    [
      sorted.map(({ pageId }) => pageId),
      sorted.map(({ key }) => key),
      sorted.map(({ fact }) => fact.kind),
      sorted.map(({ unreadable }) => unreadable),
    ],
  );
  const stored = new Set(rows.map(({ page_id, key }) => `${page_id} ${key}`));
  return unique.filter(({ pageId, key }) => stored.has(`${pageId} ${key}`));
}

/** What the items tell of each person. */
export function heardOf(items: readonly Item[]): Heard[] {
  const heard = new Map<string, Heard>();
  for (const { pageId, fact } of items) {
    if (!('personId' in fact)) continue;
    const { personId } = fact;
    const before = heard.get(`${pageId} ${personId}`);
    heard.set(`${pageId} ${personId}`, {
      pageId,
      personId,
      openedAt: later(before?.openedAt, opensWindow(fact) ? fact.at : null),
      deliveredAt: later(before?.deliveredAt, fact.kind === 'delivery' ? fact.watermark : null),
      seenAt: later(before?.seenAt, fact.kind === 'read' ? fact.watermark : null),
    });
  }
  return [...heard.values()];
}

const later = (one: number | null | undefined, other: number | null): number | null =>
  one == null ? other : Math.max(one, other ?? one);

/** Source: Meta, "Messaging policy": the person's message, postback, reaction, or an m.me link; nothing that the page does. */
function opensWindow(fact: Fact): boolean {
  if (fact.kind === 'message') return fact.direction === 'INBOUND';
  return (fact.kind === 'reaction' || fact.kind === 'referral') && fact.opensWindow;
}
