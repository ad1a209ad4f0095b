import type { Tx } from '@conversations/persistence';

/**
 * What our own mails carry so that answers find their conversation: written by the outgoing side, read by the incoming one. Each check
 * verifies its signature; what is not ours, or forged, is null.
 */
export interface ThreadSigns {
  /** The conversation of a reply token: `inbox+c<key><id><mac>@…`, lower-cased address. */
  conversationOfAddress(address: string): string | null;
  /** Our message of a signed Message-ID, without its angle brackets. */
  messageOfId(rfcMessageId: string): string | null;
  /** The signed marker above quoted history; `at` is where the line that holds it begins in `text`. */
  findMarker(text: string): { conversationId: string; at: number } | null;
  /** Which send a bounce address (VERP) is about. */
  sendOfBounceAddress(address: string): { messageId: string; attempt: number } | null;
  /** True when the header lines are those of a mail that this installation sent itself. */
  isOurs(headers: ReadonlyMap<string, readonly string[]>): boolean;
}

/** What a bounce or a feedback report says. */
export interface Bounce {
  /** A failure is final, a delay is not; a complaint is a feedback report (RFC 5965). */
  kind: 'failure' | 'delay' | 'delivered' | 'complaint';
  /** Where it came: bounce addresses tell which send it is about. Lower-cased. */
  recipients: string[];
  /** Message-IDs of the returned mail and of In-Reply-To, without angle brackets; checked by nobody yet. */
  rfcMessageIds: string[];
  /** The address that could not be reached; lower-cased. */
  finalRecipient: string | null;
  /** Enhanced status code (RFC 3463), e.g. `5.1.1`. */
  status: string | null;
  /** The other server's words, at most 500 characters. */
  diagnostic: string | null;
  at: Date;
}

/**
 * Turns a bounce into what becomes of the message that it is about, in the transaction that notes the mail as done. False: it is about
 * no mail of ours, and is shown like any other.
 */
export type NoteBounce = (tx: Tx, bounce: Bounce) => Promise<boolean>;
