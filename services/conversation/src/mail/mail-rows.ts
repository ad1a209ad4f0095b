import type { Tx } from '@conversations/persistence';
import { idHash } from './message-id';

/** What is kept of an email beside its message. */
export interface MailRow {
  messageId: string;
  conversationId: string;
  rfcMessageId: string;
  quotedText: string | null;
  htmlKey: string | null;
  rawKey: string | null;
}

/** Of mails that are stored already nothing changes. */
export async function insertMails(tx: Tx, mails: readonly MailRow[]): Promise<void> {
  await tx.query(
    `INSERT INTO mail (message_id, conversation_id, rfc_message_id, id_hash, quoted_text, html_key, raw_key)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
     ON CONFLICT (message_id) DO NOTHING`,
    [
      mails.map(({ messageId }) => messageId),
      mails.map(({ conversationId }) => conversationId),
      mails.map(({ rfcMessageId }) => rfcMessageId),
      mails.map(({ rfcMessageId }) => idHash(rfcMessageId)),
      mails.map(({ quotedText }) => quotedText),
      mails.map(({ htmlKey }) => htmlKey),
      mails.map(({ rawKey }) => rawKey),
    ],
  );
}

export interface Participant {
  conversationId: string;
  address: string;
}

export async function insertParticipants(tx: Tx, participants: readonly Participant[]): Promise<void> {
  await tx.query(
    `INSERT INTO mail_participant (conversation_id, address) SELECT DISTINCT * FROM unnest($1::text[], $2::text[])
     ON CONFLICT (conversation_id, address) DO NOTHING`,
    [participants.map(({ conversationId }) => conversationId), participants.map(({ address }) => address)],
  );
}
