import type { PersonFacts } from '../contact/contact.entity';
import type { Origin } from '../contact/visitor.entity';
import type { IncomingMail } from '../mail/place-mail';

/** What an inbound fact touches: everything is looked up once for the whole batch. */
export interface Touched {
  /** Its one conversation, whatever state that is in. */
  visitorId?: string;
  /** Set when the fact may make the visitor's row. */
  origin?: Origin;
  /** Of the message that the fact adds. Without a visitor it is looked for in every conversation. */
  idempotencyKey?: string;
  person?: { facts: PersonFacts; verified: boolean };
  /** True: nobody becomes a contact by the fact once the visitor belongs to one. */
  unlessKnown?: true;
  /** True for a fact that the flow of the visitor's conversation may wait for. */
  mayMoveFlow?: true;
  /** Uploads that come with it. */
  uploadIds?: string[];
  /** True for a fact about what the visitor saw. */
  read?: true;
  /** The open conversation of this key. */
  threadKey?: string;
  conversationIds?: string[];
  /** Messages that it may change, with their conversations. */
  messageIds?: string[];
  /** The same, by the key that they were stored under. */
  messageKeys?: string[];
  /** Whatever thread the mail belongs to. */
  mail?: IncomingMail;
  /** The person on Messenger, with the open or newest thread; with a name, all threads that bear another one. */
  messenger?: { threadKey: string; displayName: string | null };
}

export const namedBy = <K extends 'uploadIds' | 'conversationIds' | 'messageIds' | 'messageKeys'>(
  touched: readonly Touched[],
  list: K,
): string[] => [...new Set(touched.flatMap((fact) => fact[list] ?? []))];
