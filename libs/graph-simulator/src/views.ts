import type { Faults } from './faults';
import type { Webhooks } from './webhooks';
import { type Message, STANDARD_WINDOW_MS, type World } from './world';

/** A message as the customer sees it on the phone. */
export function messageView({ attachments, text, unsent, ...message }: Message) {
  return {
    ...message,
    text: unsent ? '' : text,
    unsent,
    attachments: attachments.map((one) => {
      if (one.kind === 'location' || one.kind === 'share') return one;
      const { bytes, ...media } = one.media;
      return { kind: one.kind, ...media, url: `/media/${media.id}`, byteSize: bytes.length };
    }),
  };
}
export type MessageView = ReturnType<typeof messageView>;

/** What the customer has in the thread: everything the page's sends made, once for each time it was accepted. */
export function threadView(world: World, psid: string) {
  const person = world.person(psid);
  const closesAt = person.lastActionAt === null ? null : person.lastActionAt + STANDARD_WINDOW_MS;
  return { person, closesAt, now: world.clock.now(), messages: world.thread(psid).map(messageView) };
}
export type ThreadView = ReturnType<typeof threadView>;

export function worldView(world: World, faults: Faults, webhooks: Webhooks) {
  const failing = webhooks.deliveries.filter(({ state }) => state === 'retrying' || state === 'given-up').length;
  return {
    clock: { now: world.clock.now(), ahead: world.clock.ahead, frozen: world.clock.frozen },
    pages: [...world.pages.values()].map(({ id, name, appId, humanAgent, tokenRevoked, restricted, fields }) => ({
      ...{ id, name, appId, humanAgent, tokenRevoked, restricted },
      fields: [...fields],
    })),
    people: [...world.people.values()],
    faults: faults.list(),
    webhooks: { sent: webhooks.deliveries.length, failing, switchedOff: [...webhooks.switchedOff] },
  };
}
export type WorldView = ReturnType<typeof worldView>;
