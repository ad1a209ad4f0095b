import { z } from 'zod';
import {
  Channel,
  ContactId,
  ConversationId,
  InboundAttachment,
  MailPerson,
  MailSnapshot,
  MAX_ATTACHMENTS,
  MessageId,
  Text,
  Timestamp,
} from './conversation';
import { defineCommand, defineInbound } from './define';
import { DeliveryReport, exampleReport } from './delivery-report';

/** The unit of order of mails: who wrote. Lower-cased address. */
export const emailThreadKey = (address: string) => `email:${address}`;

/** Longest text of a mail in UTF-16 code units, and of what it quotes; the whole is in the original. */
export const MAX_MAIL_TEXT = 100_000;
const MailText = Text.pipe(z.string().max(MAX_MAIL_TEXT));
const StorageKey = z.string().min(1).max(200);
/** A Message-ID as it stands between its angle brackets. */
const RfcMessageId = Text.pipe(z.string().min(1).max(998));

export const EmailMessageReceived = defineInbound(
  'email.message-received.v1',
  z.object({
    messageId: MessageId,
    threadKey: z.string(),
    /** From Message-ID and content: the same mail to two of our addresses is one message. */
    idempotencyKey: z.string().max(200),
    rfcMessageId: RfcMessageId,
    inReplyTo: RfcMessageId.nullable(),
    /** First to last. */
    references: z.array(RfcMessageId).max(50),
    /** Conversations whose signed reply token stands in a recipient header or the envelope; checked by the adapter. */
    tokens: z.array(ConversationId).max(10),
    /** Our own messages whose signed Message-ID is named, In-Reply-To first, then References from last to first. */
    ownIds: z.array(MessageId).max(50),
    /** The conversation of the signed marker in the quoted text. */
    marker: ConversationId.nullable(),
    /** Whom the mail is from: of a mail sent on by hand, who wrote it first. */
    from: MailPerson,
    to: z.array(MailPerson).max(100),
    cc: z.array(MailPerson).max(100),
    subject: Text.pipe(z.string().max(500)),
    /** The new part, without quoted history. */
    text: MailText,
    quotedText: MailText.nullable(),
    /** Sanitised HTML in the blob store; `data-attachment` names inline pictures. */
    htmlKey: StorageKey.nullable(),
    /** The mail as it came in. */
    rawKey: StorageKey,
    attachments: z.array(InboundAttachment).max(100),
    automatic: z.boolean(),
    authentication: MailSnapshot.shape.authentication,
    incomplete: z.boolean(),
    /** Came to the inbox by a redirection, From unchanged. */
    redirected: z.boolean(),
    forwarded: MailSnapshot.shape.forwarded,
    /** The Date header, or the receipt where that cannot be. */
    sentAt: Timestamp,
    receivedAt: Timestamp,
  }),
  {
    summary: 'A mail came in and is stored.',
    example: {
      messageId: 'msg_019329a0c4b27cc0a1b2c3d4e5f60718',
      threadKey: 'email:ann@example.com',
      idempotencyKey: 'email:b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
      rfcMessageId: 'CAF=1@mail.example.com',
      inReplyTo: null,
      references: [],
      tokens: [],
      ownIds: [],
      marker: null,
      from: { name: 'Ann Okafor', address: 'ann@example.com' },
      to: [{ name: null, address: 'inbox@shop.example' }],
      cc: [],
      subject: 'Where is my order?',
      text: 'Order 1234 has not arrived.',
      quotedText: null,
      htmlKey: null,
      rawKey: '4f/9c1d',
      attachments: [],
      automatic: false,
      authentication: 'PASS',
      incomplete: false,
      redirected: false,
      forwarded: null,
      sentAt: '2026-11-22T13:35:38.000Z',
      receivedAt: '2026-11-22T13:35:40.000Z',
    },
  },
);

/** Key: conversation id. */
export const EmailDeliveryChanged = defineInbound(
  'email.delivery-changed.v1',
  DeliveryReport.extend({
    /** The id that the mail bears, set with SENT and UNKNOWN: answers may name it. */
    rfcMessageId: RfcMessageId.nullable(),
  }),
  {
    summary: 'A mail of ours was handed over, bounced, or may not have arrived.',
    example: { ...exampleReport, rfcMessageId: null },
  },
);

/** One earlier message as the transcript below a mail shows it. */
export const TranscriptEntry = z.object({
  name: z.string().max(200),
  channel: Channel,
  at: Timestamp,
  text: z.string(),
  /** Names of files that came with it. */
  files: z.array(z.string()),
});
export type TranscriptEntry = z.output<typeof TranscriptEntry>;

/** Key: conversation id. Everything the adapter needs, so that it never asks back. */
export const SendEmail = defineCommand(
  'email.send-message.v1',
  z.object({
    conversationId: ConversationId,
    messageId: MessageId,
    attempt: z.number().int().positive(),
    /** Frozen when the agent pressed Send. */
    to: MailPerson,
    cc: z.array(MailPerson).max(100),
    subject: Text.pipe(z.string().max(500)),
    text: MailText,
    /** Who answers; the address of an agent never leaves the installation. */
    agent: z.object({ id: z.string(), name: z.string() }),
    attachments: z.array(InboundAttachment).max(MAX_ATTACHMENTS),
    inReplyTo: RfcMessageId.nullable(),
    references: z.array(RfcMessageId).max(50),
    /** The conversation so far, newest first, within {@link MAX_MAIL_TEXT}. */
    transcript: z.array(TranscriptEntry),
    /** True: older messages were left out of it. */
    transcriptCut: z.boolean(),
    locale: z.enum(['en', 'fr']),
    /** Whom caps on mail to typed addresses count for. */
    recipient: z.object({ contactId: ContactId, verified: z.boolean(), visitorId: z.string().nullable() }),
  }),
  {
    summary: 'Send an agent’s reply by email.',
    example: {
      conversationId: 'cnv_019329a0c4b17cc0a1b2c3d4e5f60718',
      messageId: 'msg_019329a0c4b27cc0a1b2c3d4e5f60718',
      attempt: 1,
      to: { name: 'Ann Okafor', address: 'ann@example.com' },
      cc: [],
      subject: 'Re: Where is my order?',
      text: 'It arrives tomorrow.',
      agent: { id: 'agt_019329a0c4af7cc0a1b2c3d4e5f60718', name: 'Amélie Roux' },
      attachments: [],
      inReplyTo: 'CAF=1@mail.example.com',
      references: ['CAF=1@mail.example.com'],
      transcript: [
        {
          name: 'Ann Okafor',
          channel: 'email',
          at: '2026-11-22T13:35:38.000Z',
          text: 'Order 1234 has not arrived.',
          files: [],
        },
      ],
      transcriptCut: false,
      locale: 'en',
      recipient: { contactId: 'con_019329a0c4b57cc0a1b2c3d4e5f60718', verified: true, visitorId: null },
    },
  },
);
