import type { MailPerson } from '@conversations/contracts';
import type { Bounce } from '../threading/thread-signs';
import type { Authentication } from './authentication';
import type { Automatic } from './automatic';
import type { Forward } from './forward';
import type { HeaderFields } from './read-header';

/** What the parser has to know of the installation. */
export interface ParseOptions {
  rawId: string;
  /** Lower-cased addresses of the inbox, and the bounce address. */
  ownAddresses: readonly string[];
  authservId: string | undefined;
  /** The envelope names nobody who could be answered. */
  nullSender: boolean;
  receivedAt: Date;
}

export interface ParsedFile {
  id: string;
  filename: string;
  contentType: string;
  inline: boolean;
  content: Uint8Array;
}

/** A mail as data, without anything that needs a database or a secret. */
export interface ParsedMail {
  /** The fields that later steps look at. */
  header: HeaderFields;
  from: MailPerson | null;
  to: MailPerson[];
  cc: MailPerson[];
  /** Addresses it was delivered to, with their tags. */
  recipients: string[];
  rfcMessageId: string | null;
  inReplyTo: string[];
  references: string[];
  subject: string;
  sentAt: Date;
  /** All of it, history included. */
  text: string;
  /** Line of the text at which quoted history seems to begin. */
  historyLine: number;
  html: string | null;
  files: ParsedFile[];
  automatic: Automatic;
  inCircles: boolean;
  redirected: boolean;
  authentication: Authentication;
  bounce: Omit<Bounce, 'at'> | null;
  forward: Forward | null;
  contentHash: string;
  /** Why it cannot be shown completely; null when it can. */
  incomplete: string | null;
}
