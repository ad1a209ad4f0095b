import type { WebhookField } from './world';

/** One thing that happened, as it stands in a delivery. */
export interface WebhookItem {
  pageId: string;
  field: WebhookField;
  /** standby: another app owns the thread, this one only listens. */
  channel?: 'messaging' | 'standby';
  item: object;
}

interface Entry {
  time: number;
  id: string;
  messaging?: object[];
  standby?: object[];
}

/** Meta: "Meta Webhooks for Messenger Platform": one entry for each page, its items in `messaging` or `standby`. */
export function composeDelivery(items: readonly WebhookItem[], time: number): { object: 'page'; entry: Entry[] } {
  const entries = new Map<string, Entry>();
  for (const { pageId, channel = 'messaging', item } of items) {
    const entry = entries.get(pageId) ?? { time, id: pageId };
    entries.set(pageId, entry);
    (entry[channel] ??= []).push(item);
  }
  return { object: 'page', entry: [...entries.values()] };
}
