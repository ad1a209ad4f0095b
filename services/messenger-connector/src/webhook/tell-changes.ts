import { MessengerMessageChanged, MessengerProfileChanged } from '@conversations/contracts';
import type { Emission } from '@conversations/persistence';
import type { Fact } from '../normalise/fact';
import { messageKey } from '../normalise/message-key';
import type { MessengerPage } from '../pages/messenger-config';
import { type Person, snapshotOf, threadOf, windowOf } from '../people/person';

/** What a fact about a person says that is no message; undefined for those that only move marks. */
export function changeOf(fact: Fact, person: Person, page: MessengerPage): Emission | undefined {
  const threadKey = threadOf(person);
  const at = new Date(fact.at).toISOString();
  const changed = (mid: string, change: unknown, opens = false): Emission => ({
    contract: MessengerMessageChanged,
    key: threadKey,
    data: { threadKey, targetKey: messageKey(page.id, mid), change, window: opens ? windowOf(person, page) : null, at },
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
