import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Item } from './fact';
import { parseExactJson } from './parse-json';
import { readItem } from './read-item';
import { Id, lenient, Time } from './values';

const Delivery = z.looseObject({ object: lenient(z.string()), entry: lenient(z.array(z.unknown())) });

const Entry = z.looseObject({
  id: Id,
  time: lenient(Time),
  messaging: lenient(z.array(z.unknown())),
  standby: lenient(z.array(z.unknown())),
});

export interface ReadDelivery {
  items: Item[];
  /** Entries that name no page, or a whole delivery that is no JSON or about something else than pages. */
  strange: number;
}

/** All items of a delivery, of `messaging` and `standby` of every entry. Takes any bytes; `now` is for items without a time. */
export function readDelivery(body: Buffer, now: number): ReadDelivery {
  const delivery = Delivery.safeParse(parsed(body)).data;
  if (delivery?.object !== 'page' || delivery.entry === undefined) return { items: [], strange: 1 };
  const read: ReadDelivery = { items: [], strange: 0 };
  for (const given of delivery.entry) {
    const entry = Entry.safeParse(given).data;
    if (!entry) {
      read.strange += 1;
      continue;
    }
    const items = [...(entry.messaging ?? []), ...(entry.standby ?? [])];
    for (const item of items) read.items.push(readItem(entry.id, item, entry.time ?? now));
    if (items.length === 0) read.items.push(unreadEntry(entry.id, given, entry.time ?? now));
  }
  return read;
}

function parsed(body: Buffer): unknown {
  try {
    return parseExactJson(body);
  } catch (error) {
    // Not JSON, or nested beyond any use.
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** An entry of another kind, e.g. `changes` of a field that is not Messenger's. */
function unreadEntry(pageId: string, entry: unknown, at: number): Item {
  const json = JSON.stringify(entry);
  const key = `entry:${at}:${createHash('sha256').update(json).digest('hex').slice(0, 32)}`;
  return { pageId, key, fact: { kind: 'unrecognised', at }, unreadable: json };
}
