import { createHash } from 'node:crypto';

/** A Message-ID as mails are found by it, with or without its angle brackets: of a bounded length, whatever was sent. */
export function idHash(rfcMessageId: string): string {
  return createHash('sha256').update(rfcMessageId.trim().replace(/^<|>$/g, '')).digest('hex');
}
