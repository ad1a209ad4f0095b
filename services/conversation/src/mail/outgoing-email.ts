import type { MailSnapshot } from '@conversations/contracts';
import { SendEmail } from '@conversations/contracts';
import type { Tx } from '@conversations/persistence';
import type { Conversation } from '../conversation/conversation.entity';
import { Message } from '../conversation/message.entity';
import type { OutgoingChannel } from '../conversation/outgoing';
import type { Locale } from '../conversation/transcript';
import { MAX_ENTRIES, transcript } from '../conversation/transcript';
import { insertParticipants } from './mail-rows';
import { answerSubject } from './mail-subject';

const MAX_REFERENCES = 50;

interface Addressee {
  contactId: string | null;
  name: string | null;
  address: string | null;
  /** True when who it belongs to was shown, or when nobody typed it. */
  verified: boolean;
  visitorId: string | null;
  locale: string | null;
  subject: string | null;
  /** True: the contact wrote by email into the thread of a visitor that only claims to be them. */
  doubtful: boolean;
}

const ADDRESSEE = `
  SELECT k.id AS "contactId", k.display_name AS name, k.email AS address, c.visitor_id AS "visitorId", v.locale,
    v.id IS NULL OR (k.email_verified AND v.identified) AS verified,
    (SELECT m.email->>'subject' FROM message m
     WHERE m.conversation_id = c.id AND m.channel = 'email' AND NOT (m.email->>'stranger')::boolean
     ORDER BY m.position DESC LIMIT 1) AS subject,
    v.id IS NOT NULL AND NOT v.identified AND EXISTS (SELECT 1 FROM message m
     WHERE m.conversation_id = c.id AND m.channel = 'email' AND m.direction = 'INBOUND') AS doubtful
  FROM conversation c LEFT JOIN contact k ON k.id = c.contact_id LEFT JOIN visitor v ON v.id = c.visitor_id
  WHERE c.id = $1`;

/** Answers by email: to the contact's stored address as it is when the agent sends, with the conversation so far. */
export const outgoingEmail: OutgoingChannel = {
  async details(tx, conversation, { by, mailAddress }) {
    const { address, name, locale, subject, doubtful } = await addresseeOf(tx, conversation);
    const email: MailSnapshot = {
      subject: answerSubject(subject, localeOf(locale)),
      from: { name: by.name, address: mailAddress },
      to: address ? [{ name: name === address ? null : name, address }] : [],
      cc: [],
      source: 'OUTBOUND',
      hasHtml: false,
      hasQuotedText: false,
      automatic: false,
      authentication: 'NONE',
      incomplete: false,
      stranger: false,
      forwarded: null,
      answersTo: null,
      relatedConversationId: null,
      ...(doubtful ? { agentsOnly: true } : {}),
    };
    return { email };
  },

  async command(tx, { conversation, message, attachments }) {
    const [to] = message.email?.to ?? [];
    const addressee = await addresseeOf(tx, conversation);
    if (!to || !addressee.contactId) throw new Error(`${message.id} has no addressee`);
    await insertParticipants(tx, [{ conversationId: conversation.id, address: to.address.toLowerCase() }]);
    const { earlier, ids } = await threadBefore(tx, message);
    const locale = localeOf(addressee.locale);
    const { entries, cut } = transcript(
      earlier.slice(0, MAX_ENTRIES).map((one) => one.snapshot()),
      locale,
      earlier.length <= MAX_ENTRIES,
    );
    return {
      contract: SendEmail,
      data: {
        conversationId: conversation.id,
        messageId: message.id,
        attempt: message.deliveryAttempt,
        to,
        cc: message.email?.cc ?? [],
        subject: message.email?.subject ?? '',
        text: message.text,
        agent: { id: message.authorId ?? '', name: message.authorName ?? '' },
        attachments,
        inReplyTo: ids.at(-1) ?? null,
        references: ids,
        transcript: entries,
        transcriptCut: cut,
        locale,
        recipient: {
          contactId: addressee.contactId,
          verified: addressee.verified,
          visitorId: addressee.visitorId,
        },
      },
    };
  },
};

async function addresseeOf(tx: Tx, conversation: Conversation): Promise<Addressee> {
  const [addressee] = await tx.query<Addressee[]>(ADDRESSEE, [conversation.id]);
  if (!addressee) throw new Error(`${conversation.id} is not stored`);
  return addressee;
}

const localeOf = (locale: string | null): Locale => (locale?.toLowerCase().startsWith('fr') ? 'fr' : 'en');

/** Messages before this one, newest first, and the Message-IDs among them, oldest first. */
async function threadBefore(tx: Tx, message: Message): Promise<{ earlier: Message[]; ids: string[] }> {
  const earlier = await tx
    .createQueryBuilder(Message, 'm')
    .where('m.conversationId = :id AND m.position < :position', {
      id: message.conversationId,
      position: message.position,
    })
    .orderBy('m.position', 'DESC')
    .limit(MAX_ENTRIES + 1)
    .getMany();
  const mails = earlier.filter(({ email }) => email && !email.stranger).map(({ id }) => id);
  if (mails.length === 0) return { earlier, ids: [] };
  const rows = await tx.query<{ id: string }[]>(
    `SELECT mail.rfc_message_id AS id FROM mail JOIN message m ON m.id = mail.message_id
     WHERE mail.message_id = ANY($1) ORDER BY m.position DESC LIMIT ${MAX_REFERENCES}`,
    [mails],
  );
  return { earlier, ids: rows.map(({ id }) => id).toReversed() };
}
