import { z } from 'zod';
import {
  AttachmentSnapshot,
  FormAnswer,
  MAX_ATTACHMENTS,
  Page,
  Text,
  Timestamp,
  VisitorId,
  MessageId,
  ConversationId,
} from './conversation';
import { defineInbound, defineLive } from './define';

/** The unit of order of a visitor's facts: the key of their subject. */
export const visitorThreadKey = (visitorId: string) => `visitor:${visitorId}`;

/** Who wrote, as chat-gateway knows the browser: enough to make the visitor's row with the first message. */
export const VisitorOrigin = z.object({
  visitorId: VisitorId,
  siteId: z.string().min(1).max(64),
  /** SHA-256 of the visitor's token, hex; the token itself never leaves chat-gateway and the browser. */
  tokenHash: z.string().regex(/^[0-9a-f]{64}$/),
  locale: z.string().max(35).nullable(),
  page: Page.nullable(),
});

const exampleOrigin = {
  visitorId: 'vis_019329a0c4b07cc0a1b2c3d4e5f60718',
  siteId: 'site_demo',
  tokenHash: 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
  locale: 'en',
  page: { url: 'https://shop.example/shoes', title: 'Shoes' },
};

/** The canonical inbound message: what every channel adapter makes of what came from outside. */
export const ChatMessageReceived = defineInbound(
  'chat.message-received.v1',
  z
    .object({
      messageId: MessageId,
      /** Conversation's unit of identity on the channel; equals the envelope's `subject`. */
      threadKey: z.string(),
      /** UNIQUE over all messages; a second message with the same key is the same message. */
      idempotencyKey: z.string().max(200),
      clientMessageId: z.uuid().nullable(),
      origin: VisitorOrigin,
      /** Empty only beside attachments. */
      text: Text.pipe(z.string().max(10_000)),
      /** Uploads of this visitor; their ids count, the rest is read from what was stored of them. */
      attachments: z.array(AttachmentSnapshot).max(MAX_ATTACHMENTS),
      receivedAt: Timestamp,
    })
    .refine(({ text, attachments }) => text !== '' || attachments.length > 0, {
      error: 'says nothing',
      path: ['text'],
    }),
  {
    summary: 'A visitor wrote in the widget.',
    example: {
      messageId: 'msg_019329a0c4b27cc0a1b2c3d4e5f60718',
      threadKey: 'visitor:vis_019329a0c4b07cc0a1b2c3d4e5f60718',
      idempotencyKey: 'chat:vis_019329a0c4b07cc0a1b2c3d4e5f60718:0193c1f0-7f4e-4d0a-9a35-0a1b2c3d4e5f',
      clientMessageId: '0193c1f0-7f4e-4d0a-9a35-0a1b2c3d4e5f',
      origin: exampleOrigin,
      text: 'Hi, is this in stock?',
      attachments: [],
      receivedAt: '2026-11-22T13:35:40.000Z',
    },
  },
);

export const ChatRead = defineInbound(
  'chat.read.v1',
  z.object({ visitorId: VisitorId, upToPosition: z.number().int().positive(), at: Timestamp }),
  {
    summary: 'A visitor saw the thread up to a position.',
    example: { visitorId: exampleOrigin.visitorId, upToPosition: 4, at: '2026-11-22T13:36:20.000Z' },
  },
);

export const ChatFormSubmitted = defineInbound(
  'chat.form-submitted.v1',
  z.object({
    messageId: MessageId,
    threadKey: z.string(),
    idempotencyKey: z.string().max(200),
    clientMessageId: z.uuid(),
    origin: VisitorOrigin,
    formId: z.string().max(64),
    answers: z.array(FormAnswer).min(1).max(4),
    receivedAt: Timestamp,
  }),
  {
    summary: 'A visitor answered a form; the address is a claim.',
    example: {
      messageId: 'msg_019329a0c4b67cc0a1b2c3d4e5f60718',
      threadKey: 'visitor:vis_019329a0c4b07cc0a1b2c3d4e5f60718',
      idempotencyKey: 'chat:vis_019329a0c4b07cc0a1b2c3d4e5f60718:0193c1f0-7f4e-4d0a-9a35-0a1b2c3d4e60',
      clientMessageId: '0193c1f0-7f4e-4d0a-9a35-0a1b2c3d4e60',
      origin: exampleOrigin,
      formId: 'f_12',
      answers: [{ key: 'email', label: 'Email', value: 'ann@example.com' }],
      receivedAt: '2026-11-22T13:35:40.000Z',
    },
  },
);

export const ChatVisitorIdentified = defineInbound(
  'chat.visitor-identified.v1',
  z.object({
    origin: VisitorOrigin,
    /** The host's own id of the person. */
    externalId: z.string().max(200),
    email: z.string().max(320),
    name: z.string().max(200).nullable(),
    at: Timestamp,
  }),
  {
    summary: "The host page's backend vouched for who the visitor is.",
    example: {
      origin: exampleOrigin,
      externalId: 'u_7',
      email: 'ann@example.com',
      name: 'Ann',
      at: '2026-11-22T13:35:40.000Z',
    },
  },
);

export const ChatWidgetOpened = defineInbound(
  'chat.widget-opened.v1',
  z.object({
    /** As for the visitor's messages, one of which may come meanwhile. */
    threadKey: z.string(),
    origin: VisitorOrigin,
    at: Timestamp,
  }),
  {
    summary: 'A visitor who never wrote opened the widget on a page that the chatbot begins on.',
    example: {
      threadKey: 'visitor:vis_019329a0c4b07cc0a1b2c3d4e5f60718',
      origin: exampleOrigin,
      at: '2026-11-22T13:35:40.000Z',
    },
  },
);

export const ChatContactClaimed = defineInbound(
  'chat.contact-claimed.v1',
  z.object({
    origin: VisitorOrigin,
    email: z.string().max(320),
    name: z.string().max(200).nullable(),
    phone: z.string().max(40).nullable(),
    company: z.string().max(200).nullable(),
    at: Timestamp,
  }),
  {
    summary: 'A script of the host page said who the visitor is: a claim, which nothing vouches for.',
    example: {
      origin: exampleOrigin,
      email: 'ann@example.com',
      name: 'Ann',
      phone: null,
      company: null,
      at: '2026-11-22T13:35:40.000Z',
    },
  },
);

/** Transitions only: nothing is published per heartbeat. Key: visitor id. */
export const VisitorPresenceChanged = defineLive(
  'visitor.presence-changed.v1',
  z.object({ visitorId: VisitorId, online: z.boolean(), since: Timestamp, page: Page.nullable() }),
  {
    summary: 'A visitor came to the site, moved to another page, or left.',
    example: {
      visitorId: exampleOrigin.visitorId,
      online: true,
      since: '2026-11-22T13:35:00.000Z',
      page: exampleOrigin.page,
    },
  },
);

/** Key: conversation id. From the visitor to agents and from an agent to the visitor. */
export const Typing = defineLive(
  'conversation.typing.v1',
  z.object({
    conversationId: ConversationId,
    visitorId: VisitorId.nullable(),
    author: z.object({ kind: z.enum(['agent', 'visitor']), id: z.string(), name: z.string().nullable() }),
    on: z.boolean(),
  }),
  {
    summary: 'Somebody is writing, or stopped; expires after 6 s.',
    example: {
      conversationId: 'cnv_019329a0c4b17cc0a1b2c3d4e5f60718',
      visitorId: exampleOrigin.visitorId,
      author: { kind: 'visitor', id: exampleOrigin.visitorId, name: null },
      on: true,
    },
  },
);

/** Key: agent id. Expires after 10 s. */
export const AgentActivity = defineLive(
  'conversation.agent-activity.v1',
  z.object({ agentId: z.string(), conversationId: ConversationId.nullable(), writing: z.boolean(), at: Timestamp }),
  {
    summary: 'An agent looks at a conversation, writes in it, or left it.',
    example: {
      agentId: 'agt_019329a0c4af7cc0a1b2c3d4e5f60718',
      conversationId: 'cnv_019329a0c4b17cc0a1b2c3d4e5f60718',
      writing: false,
      at: '2026-11-22T13:36:00.000Z',
    },
  },
);
