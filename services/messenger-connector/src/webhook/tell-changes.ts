import { MessengerMessageChanged, MessengerProfileChanged } from '@conversations/contracts';
import type { Emission, Tx } from '@conversations/persistence';
import type { Fact, Item } from '../normalise/fact';
import { messageKey } from '../normalise/message-key';
import type { MessengerPage } from '../pages/messenger-config';
import { type Person, snapshotOf, threadOf, windowOf } from '../people/person';

const CHANGES = new Set<Fact['kind']>(['edit', 'unsend', 'reaction']);

/** Message ids of answers that were sent from here, by page and mid. */
export type OwnMessages = ReadonlyMap<string, string>;

/** Those that these items change. */
export async function ownMessages(tx: Tx, items: readonly Item[]): Promise<OwnMessages> {
  const changes = items.flatMap(({ pageId, fact }) =>
    CHANGES.has(fact.kind) && 'mid' in fact ? [{ pageId, mid: fact.mid }] : [],
  );
  if (changes.length === 0) return new Map();
  const rows = await tx.query<{ page_id: string; mid: string; message_id: string }[]>(
    'SELECT page_id, mid, message_id FROM part JOIN unnest($1::text[], $2::text[]) AS changed (page_id, mid) USING (page_id, mid)',
    [changes.map(({ pageId }) => pageId), changes.map(({ mid }) => mid)],
  );
  return new Map(rows.map(({ page_id, mid, message_id }) => [`${page_id} ${mid}`, message_id]));
}

/** What a fact about a person says that is no message; undefined for those that only move marks. */
export function changeOf(fact: Fact, person: Person, page: MessengerPage, own: OwnMessages): Emission | undefined {
  const threadKey = threadOf(person);
  const at = new Date(fact.at).toISOString();
  const changed = (mid: string, change: unknown, opens = false): Emission => ({
    contract: MessengerMessageChanged,
    key: threadKey,
    data: {
      ...{ threadKey, change, at },
      targetKey: own.get(`${page.id} ${mid}`) ?? messageKey(page.id, mid),
      window: opens ? windowOf(person, page) : null,
    },
  });
  switch (fact.kind) {
    case 'edit':
      return changed(fact.mid, { kind: 'EDITED', text: fact.text });
    case 'unsend':
      return changed(fact.mid, { kind: 'UNSENT' });
    case 'reaction':
      return changed(fact.mid, { kind: 'REACTION', emoji: fact.emoji }, fact.opensWindow);
    case 'referral':
      if (!fact.opensWindow) return undefined;
      return {
        contract: MessengerProfileChanged,
        key: threadKey,
        data: { threadKey, profile: snapshotOf(person, page), window: windowOf(person, page), at },
      };
    default:
      return undefined;
  }
}
