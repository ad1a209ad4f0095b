import { createHash } from 'node:crypto';
import { blobKeyOf } from '@conversations/blob-store';
import {
  type DataOf,
  type EmailMessageReceived,
  emailThreadKey,
  type InboundAttachment,
  type MailPerson,
  MAX_MAIL_TEXT,
} from '@conversations/contracts';
import type { ThreadSigns } from '../threading/thread-signs';
import type { ParsedMail } from './parsed-mail';
import { splitQuoted } from './quoted-text';
import type { RawMail } from './raw-mail';
import { idOrDerived } from './read-facts';

type Received = DataOf<typeof EmailMessageReceived>;

/** What was stored beside the mail. */
export interface StoredContent {
  htmlKey: string | null;
  attachments: InboundAttachment[];
}

/** Who counts as the author: of a mail that an agent sent on by hand, who wrote it first. */
export interface Authorship {
  from: MailPerson;
  forwarded: Received['forwarded'];
  /** Replaces the text: what was forwarded. */
  text: string;
  historyLine: number;
}

/** Nobody who could be answered: each such mail is somebody else's. */
export const unknownSender = (mail: ParsedMail, rawId: string): MailPerson => ({
  name: mail.from?.name ?? null,
  address: `unknown-${rawId.slice(0, 12)}@no-address.invalid`,
});

/** The same mail by whichever way it came; where it could not be read completely, the same bytes. */
export function idempotencyKeyOf(mail: ParsedMail, rawId: string): string {
  if (mail.incomplete !== null) return `email:raw:${rawId}`;
  // Without an id of its own, it is told by what it says alone.
  const facts = JSON.stringify([mail.rfcMessageId, mail.contentHash]);
  return `email:${createHash('sha256').update(facts).digest('hex')}`;
}

/** The canonical message of a mail. */
export function composeReceived(
  raw: Pick<RawMail, 'id' | 'envelope' | 'receivedAt'>,
  mail: ParsedMail,
  { from, forwarded, text, historyLine }: Authorship,
  stored: StoredContent,
  { signs, messageId }: { signs: ThreadSigns; messageId: string },
): Received {
  const recipients = [...mail.recipients, ...raw.envelope.to.map((address) => address.toLowerCase())];
  const answered = [...mail.inReplyTo, ...mail.references.toReversed()];
  const marker = signs.findMarker(text);
  const split = splitQuoted(text, historyLine, marker?.at ?? null);
  const cut = split.text.length > MAX_MAIL_TEXT || (split.quoted?.length ?? 0) > MAX_MAIL_TEXT;
  return {
    messageId,
    threadKey: emailThreadKey(from.address),
    idempotencyKey: idempotencyKeyOf(mail, raw.id),
    rfcMessageId: idOrDerived(mail, raw.id),
    inReplyTo: mail.inReplyTo[0] ?? null,
    references: [...new Set([...mail.references, ...mail.inReplyTo.slice(1)])].slice(-50),
    tokens: distinct(recipients.flatMap((address) => signs.conversationOfAddress(address) ?? [])).slice(0, 10),
    ownIds: distinct(answered.flatMap((id) => signs.messageOfId(id) ?? [])).slice(0, 50),
    marker: marker?.conversationId ?? null,
    from,
    to: mail.to,
    cc: mail.cc,
    subject: mail.subject,
    text: atMost(split.text),
    quotedText: split.quoted === null ? null : atMost(split.quoted),
    ...stored,
    rawKey: blobKeyOf(raw.id),
    automatic: mail.automatic !== 'no',
    authentication: mail.authentication,
    incomplete: mail.incomplete !== null || cut,
    redirected: mail.redirected,
    forwarded,
    sentAt: mail.sentAt.toISOString(),
    receivedAt: raw.receivedAt.toISOString(),
  };
}

const distinct = (values: string[]): string[] => [...new Set(values)];
const atMost = (text: string): string => text.slice(0, MAX_MAIL_TEXT).toWellFormed();
