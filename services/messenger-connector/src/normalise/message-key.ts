import { createHash } from 'node:crypto';

/** The contract's keys have 300 characters at most; Meta's mids have about 100. */
const LONGEST = 200;

/** By which a message, or what changes it, is known outside: from page and mid. */
export function messageKey(pageId: string, mid: string): string {
  const short = mid.length <= LONGEST ? mid : createHash('sha256').update(mid).digest('hex');
  return `messenger:${pageId}:${short}`;
}
