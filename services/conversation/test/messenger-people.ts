import { randomUUID } from 'node:crypto';
import type { ConversationSnapshot, DataOf, MessageSnapshot, MessengerProfileSnapshot } from '@conversations/contracts';
import {
  MessageAdded,
  MessengerMessageChanged,
  MessengerMessageReceived,
  MessengerProfileChanged,
  messengerThreadKey,
} from '@conversations/contracts';
import { carries } from '@conversations/messaging';
import { newId } from '@conversations/runtime';
import { eventually } from '@conversations/testing';
import type { RunningService } from './running-service';

type Received = DataOf<typeof MessengerMessageReceived>;
type Changed = DataOf<typeof MessengerMessageChanged>;

export interface Person {
  threadKey: string;
  profile: MessengerProfileSnapshot;
}

const HOUR = 60 * 60 * 1000;
export const hoursFrom = (at: number, hours: number) => new Date(at + hours * HOUR).toISOString();

/** The window after a sign of life so many hours ago. */
export const windowSince = (hours: number, humanAgentDays: number | null = null) => ({
  closesAt: hoursFrom(Date.now(), 24 - hours),
  humanAgentUntil: humanAgentDays === null ? null : hoursFrom(Date.now(), 24 * humanAgentDays - hours),
});

export function newPerson(pageId = '104'): Person {
  const personId = String(Math.floor(Math.random() * 1e15));
  return {
    threadKey: messengerThreadKey(pageId, personId),
    profile: {
      id: `mpr_${randomUUID().replaceAll('-', '')}`,
      pageId,
      pageName: 'Demo shop',
      displayName: `Facebook visitor ${personId.slice(-4)}`,
      avatar: null,
    },
  };
}

/** What the connector tells of a message. */
export function wrote({ threadKey, profile }: Person, text: string, more: Partial<Received> = {}): Received {
  const now = new Date().toISOString();
  return {
    messageId: newId('msg'),
    threadKey,
    idempotencyKey: `messenger:${profile.pageId}:m_${randomUUID()}`,
    profile,
    direction: 'INBOUND',
    text,
    attachments: [],
    media: 'READY',
    unsupported: false,
    window: windowSince(0),
    sentAt: now,
    receivedAt: now,
    ...more,
  };
}

/** The page's own people answered on Facebook. */
export const answeredOnFacebook = (person: Person, text: string, more: Partial<Received> = {}) =>
  wrote(person, text, { direction: 'OUTBOUND', window: null, ...more });

export function changed(target: Received, change: Changed['change'], more: Partial<Changed> = {}): Changed {
  const { threadKey, idempotencyKey } = target;
  return { threadKey, targetKey: idempotencyKey, change, window: null, at: new Date().toISOString(), ...more };
}

export const file = (filename = 'shoe.png') => ({
  ...{ id: newId('up'), filename, contentType: 'image/png', byteSize: 7 },
  storageKey: randomUUID(),
});

/** Publishes in this order, one after the other as the connector does. */
export async function publish({ messaging }: RunningService, ...facts: (Received | Changed)[]): Promise<void> {
  for (const fact of facts) {
    if ('change' in fact) await messaging.publish(MessengerMessageChanged, fact.threadKey, fact);
    else await messaging.publish(MessengerMessageReceived, fact.threadKey, fact);
  }
}

export async function lookedUp(
  { messaging }: RunningService,
  { threadKey, profile }: Person,
  known: Partial<MessengerProfileSnapshot>,
  more: Partial<DataOf<typeof MessengerProfileChanged>> = {},
): Promise<void> {
  const at = new Date().toISOString();
  const data = { threadKey, profile: { ...profile, ...known }, window: null, at, ...more };
  await messaging.publish(MessengerProfileChanged, threadKey, data);
}

/** The event that added a message, once it has come. */
export function added(
  service: RunningService,
  { messageId }: { messageId: string },
): Promise<{ conversation: ConversationSnapshot; message: MessageSnapshot }> {
  return eventually(() => {
    for (const event of service.events)
      if (carries(event, MessageAdded) && event.data.message.id === messageId) return event.data;
    throw new Error('not stored yet');
  });
}

/** Publishes messages and waits until all of them are stored; of the last one. */
export async function says(service: RunningService, ...messages: Received[]) {
  await publish(service, ...messages);
  const stored = await Promise.all(messages.map((message) => added(service, message)));
  return stored.at(-1)!;
}
