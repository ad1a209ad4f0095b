import { z } from 'zod';
import {
  ConversationId,
  InboundAttachment,
  MAX_ATTACHMENTS,
  MessageId,
  MessengerProfileId,
  MessengerProfileSnapshot,
  Text,
  Timestamp,
} from './conversation';
import { defineCommand, defineInbound } from './define';
import { DeliveryReport, exampleReport } from './delivery-report';

/** The unit of order of a person's facts. */
export const messengerThreadKey = (pageId: string, personId: string) => `messenger:${pageId}:${personId}`;

/** Until when an answer may be sent, by Meta's timestamps. */
const Window = z.object({
  closesAt: Timestamp,
  /** Until when a person may still answer with the page's HUMAN_AGENT tag; null where the page has none. */
  humanAgentUntil: Timestamp.nullable(),
});

const exampleProfile = {
  id: 'mpr_019329a0c4b87cc0a1b2c3d4e5f60718',
  pageId: '104',
  pageName: 'Demo shop',
  displayName: 'Facebook visitor 6789',
  avatar: null,
};
const exampleWindow = { closesAt: '2026-11-23T13:35:40.000Z', humanAgentUntil: null };
const exampleThread = 'messenger:104:24006789';

export const MessengerMessageReceived = defineInbound(
  'messenger.message-received.v1',
  z.object({
    messageId: MessageId,
    threadKey: z.string(),
    /** From page and mid. */
    idempotencyKey: z.string().max(300),
    profile: MessengerProfileSnapshot,
    /** OUTBOUND: written in the page's own inbox on Facebook, or by another app. */
    direction: z.enum(['INBOUND', 'OUTBOUND']),
    text: Text.pipe(z.string().max(20_000)),
    /** Those that are stored already; `media` PENDING announces more by message-changed. */
    attachments: z.array(InboundAttachment).max(100),
    media: z.enum(['PENDING', 'READY', 'FAILED']),
    unsupported: z.boolean(),
    /** Set when the message opens or extends the window. */
    window: Window.nullable(),
    /** Meta's timestamp. */
    sentAt: Timestamp,
    receivedAt: Timestamp,
  }),
  {
    summary: 'A person wrote to a page on Messenger, or the page answered from elsewhere.',
    example: {
      messageId: 'msg_019329a0c4b27cc0a1b2c3d4e5f60718',
      threadKey: exampleThread,
      idempotencyKey: 'messenger:104:m_AbC',
      profile: exampleProfile,
      direction: 'INBOUND',
      text: 'Is the red one in stock?',
      attachments: [],
      media: 'READY',
      unsupported: false,
      window: exampleWindow,
      sentAt: '2026-11-22T13:35:40.000Z',
      receivedAt: '2026-11-22T13:35:41.000Z',
    },
  },
);

/**
 * A change of a message that may not be stored here (yet): the target is named by its idempotency key, an answer that was sent
 * from here by its message id.
 */
export const MessengerMessageChanged = defineInbound(
  'messenger.message-changed.v1',
  z.object({
    threadKey: z.string(),
    targetKey: z.string().max(300),
    change: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('EDITED'), text: Text.pipe(z.string().max(20_000)) }),
      z.object({ kind: z.literal('UNSENT') }),
      /** Null takes the reaction back. */
      z.object({ kind: z.literal('REACTION'), emoji: Text.pipe(z.string().max(32)).nullable() }),
      z.object({
        kind: z.literal('MEDIA'),
        attachments: z.array(InboundAttachment).max(100),
        media: z.enum(['READY', 'FAILED']),
      }),
    ]),
    /** Set when the change opens or extends the window: a reaction of the person does. */
    window: Window.nullable(),
    at: Timestamp,
  }),
  {
    summary: 'A message was edited, unsent or reacted to, or its files arrived.',
    example: {
      threadKey: exampleThread,
      targetKey: 'messenger:104:m_AbC',
      change: { kind: 'REACTION', emoji: '❤' },
      window: exampleWindow,
      at: '2026-11-22T13:36:00.000Z',
    },
  },
);

/** A postback's title comes as a message; a referral or a name that was fetched later comes as this. */
export const MessengerProfileChanged = defineInbound(
  'messenger.profile-changed.v1',
  z.object({ threadKey: z.string(), profile: MessengerProfileSnapshot, window: Window.nullable(), at: Timestamp }),
  {
    summary: 'What is known of a person on Messenger changed, or the window was opened without a message.',
    example: {
      threadKey: exampleThread,
      profile: { ...exampleProfile, displayName: 'Ben Ito' },
      window: null,
      at: '2026-11-22T13:36:00.000Z',
    },
  },
);

/** Key: conversation id. Delivery and read watermarks come as reports about single messages. */
export const MessengerDeliveryChanged = defineInbound('messenger.delivery-changed.v1', DeliveryReport, {
  summary: 'A reply on Messenger was taken, delivered, seen, refused, or may not have arrived.',
  example: { ...exampleReport, failureCode: 'WINDOW', detail: 'This message is sent outside of allowed window.' },
});

/** Key: page id. Whether replies can be sent through the page at all. */
export const MessengerPageChanged = defineInbound(
  'messenger.page-changed.v1',
  z.object({ pageId: z.string().max(64), pageName: z.string().max(200), canSend: z.boolean(), at: Timestamp }),
  {
    summary: 'A page can send again, or cannot any more (token, permission, restriction).',
    example: { pageId: '104', pageName: 'Demo shop', canSend: false, at: '2026-11-22T13:36:00.000Z' },
  },
);

/** Key: conversation id. */
export const SendMessenger = defineCommand(
  'messenger.send-message.v1',
  z.object({
    conversationId: ConversationId,
    messageId: MessageId,
    attempt: z.number().int().positive(),
    profileId: MessengerProfileId,
    pageId: z.string().max(64),
    threadKey: z.string(),
    text: Text.pipe(z.string().max(2_000)),
    attachments: z.array(InboundAttachment).max(MAX_ATTACHMENTS),
    window: Window,
  }),
  {
    summary: 'Send an agent’s reply on Messenger.',
    example: {
      conversationId: 'cnv_019329a0c4b17cc0a1b2c3d4e5f60718',
      messageId: 'msg_019329a0c4b27cc0a1b2c3d4e5f60718',
      attempt: 1,
      profileId: exampleProfile.id,
      pageId: '104',
      threadKey: exampleThread,
      text: 'Yes, in all sizes.',
      attachments: [],
      window: exampleWindow,
    },
  },
);
