import { MessengerMessageReceived } from '@conversations/contracts';
import type { Emission, Tx } from '@conversations/persistence';
import { newId } from '@conversations/runtime';
import { announceMedia } from '../media/collect-media';
import type { Item, MessageFact } from '../normalise/fact';
import { messageKey } from '../normalise/message-key';
import type { MessengerPage } from '../pages/messenger-config';
import { type Person, snapshotOf, threadOf, windowOf } from '../people/person';

export interface ToldMessage {
  item: Item;
  fact: MessageFact;
  person: Person;
  page: MessengerPage;
}

/** A message without a mid is known by the item's own key. */
const keyOf = ({ item, fact }: ToldMessage) => messageKey(item.pageId, fact.mid ?? item.key);

/** The announcement of a message, by a person or by the page elsewhere; its files follow. */
export function messageReceived(told: ToldMessage, now: Date): Emission<typeof MessengerMessageReceived> {
  const { fact, person, page } = told;
  const threadKey = threadOf(person);
  return {
    contract: MessengerMessageReceived,
    key: threadKey,
    data: {
      messageId: newId('msg'),
      threadKey,
      idempotencyKey: keyOf(told),
      profile: snapshotOf(person, page),
      direction: fact.direction,
      text: fact.unsupported ? '' : fact.text,
      attachments: [],
      media: fact.media.length > 0 ? 'PENDING' : 'READY',
      unsupported: fact.unsupported,
      window: fact.direction === 'INBOUND' ? windowOf(person, page) : null,
      sentAt: new Date(fact.at).toISOString(),
      receivedAt: now.toISOString(),
    },
  };
}

export function announceFiles(tx: Tx, messages: readonly ToldMessage[]): Promise<void> {
  const announced = messages
    .filter(({ fact }) => fact.media.length > 0)
    .map((told) => ({
      targetKey: keyOf(told),
      pageId: told.item.pageId,
      personId: told.person.person_id,
      media: told.fact.media,
    }));
  return announceMedia(tx, announced);
}
