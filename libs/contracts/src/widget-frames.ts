import { z } from 'zod';
import { FormFieldKey, MAX_ATTACHMENTS, Text } from './conversation';
import type { VisitorMessage } from './visitor.requests';

/** Version of the widget's protocol, in `hello` and `welcome`. */
export const WIDGET_PROTOCOL = 1;

const page = { url: z.url().max(2000), title: z.string().max(300).optional() };

/** What the widget sends. An unknown `t` is ignored; a known one that does not fit closes the socket with 4000. */
export const WidgetFrame = z.discriminatedUnion('t', [
  z.object({
    t: z.literal('hello'),
    v: z.literal(WIDGET_PROTOCOL),
    site: z.string().min(1).max(64),
    token: z.string().max(200).nullable(),
    /** Tells the tabs of one browser apart. */
    tab: z.string().min(1).max(40),
    /** Newest position the browser holds, 0 for none. */
    lastSeq: z.number().int().nonnegative(),
    page: z.object(page).optional(),
    locale: z.string().max(35).optional(),
  }),
  z.object({
    t: z.literal('send'),
    clientId: z.uuid(),
    text: Text,
    attachments: z.array(z.string().max(64)).max(MAX_ATTACHMENTS).optional(),
  }),
  z.object({ t: z.literal('typing'), on: z.boolean() }),
  z.object({ t: z.literal('read'), upToSeq: z.number().int().positive() }),
  z.object({
    t: z.literal('form'),
    /** Of a message's `askedForm`. */
    formId: z.string().min(1).max(64),
    clientId: z.uuid(),
    values: z.partialRecord(FormFieldKey, Text),
  }),
  /** The visitor has the widget open. Where the chatbot begins on such a page, it greets a visitor without a conversation. */
  z.object({ t: z.literal('opened') }),
  z.object({ t: z.literal('page'), ...page }),
  /** Who the host page's script says the visitor is: a claim, as in a form, for a visitor without a contact. */
  z.object({
    t: z.literal('contact'),
    email: Text.max(320),
    name: Text.max(200).optional(),
    phone: Text.max(40).optional(),
    company: Text.max(200).optional(),
  }),
  z.object({ t: z.literal('identify'), jwt: z.string().max(4000) }),
  z.object({ t: z.literal('pong') }),
]);
export type WidgetFrame = z.output<typeof WidgetFrame>;
export type WidgetFrameKind = WidgetFrame['t'];

/** A message as the widget gets it. */
export type WidgetMessage = Omit<VisitorMessage, 'attachments'> & { attachments: WidgetAttachment[] };

/** `url` brings the file without a header for some minutes; `&inline=image` shows a PNG, JPEG, GIF or WebP. */
export type WidgetAttachment = VisitorMessage['attachments'][number] & { url: string };

export type NackCode = 'rate_limited' | 'too_long' | 'invalid' | 'unavailable';

/** What the gateway sends. */
export type GatewayFrame =
  | {
      t: 'welcome';
      v: typeof WIDGET_PROTOCOL;
      /** Null until the first message of a browser without a token. */
      visitor: string | null;
      /**
       * Only for a `hello` without a token: the one minted for this socket. A browser that keeps it from its first `send` on,
       * and says it again after a lost `ack`, stays the same visitor, so the message is not stored twice.
       */
      token?: string;
      thread: { id: string; state: 'open' | 'completed'; seq: number; agentReadSeq: number } | null;
      messages: WidgetMessage[];
      /** True: drop what you hold, `messages` replace it. */
      reset: boolean;
      hasMore: boolean;
      config: { heartbeat: number; maxText: number; upload: boolean };
    }
  | { t: 'msg'; m: WidgetMessage }
  /** Stored in Postgres. `visitor` and `token` come with the first ack of a new browser: keep the token. */
  | { t: 'ack'; clientId: string; seq: number; id: string; at: string; visitor?: string; token?: string }
  | { t: 'nack'; clientId: string; code: NackCode; retryAfter?: number; field?: string }
  | { t: 'typing'; on: boolean; author: { name: string | null } }
  | { t: 'receipt'; agentReadSeq: number }
  | { t: 'thread'; state: 'open' | 'completed' }
  | { t: 'draining'; retryAfterMs: number }
  | { t: 'ping' };

/**
 * Where WebSockets are blocked. `Authorization: Bearer <token>` once the browser has one; `site` stands in the body or query.
 * `POST /widget/v1/send` takes one of the bodies below and answers one `ack` or `nack` frame.
 * `GET /widget/v1/events?site=&afterSeq=` waits for news at most 25 s and answers EventsAnswer.
 * `GET /widget/v1/messages?site=&before=` answers OlderMessages, ascending.
 */
export interface SendBody {
  site: string;
  clientId: string;
  text: string;
  attachments?: string[];
  page?: { url: string; title?: string };
  locale?: string;
}

/** The answer to a form; the token is that of the visitor who was asked. */
export type FormBody = Pick<SendBody, 'site' | 'clientId'> &
  Pick<Extract<WidgetFrame, { t: 'form' }>, 'formId' | 'values'>;

/** As `welcome`, without a socket: the messages after `afterSeq` and the thread as it is now. */
export type EventsAnswer = Omit<Extract<GatewayFrame, { t: 'welcome' }>, 't' | 'v' | 'token'>;

export interface OlderMessages {
  messages: WidgetMessage[];
  hasMore: boolean;
}

/**
 * `POST /widget/v1/uploads?site=` takes multipart with one file in the field `file` and answers 201 with this, or with an
 * UploadRefusal. The id goes into `attachments` of one `send`, within a day.
 */
export interface UploadAnswer {
  id: string;
  filename: string;
  contentType: string;
  byteSize: number;
}

/** 413, 400, 415, 429 (with Retry-After) or 503. `limit` is the most bytes. */
export interface UploadRefusal {
  error: {
    code: 'TOO_LARGE' | 'EMPTY' | 'TYPE_NOT_ALLOWED' | 'TOO_MANY' | 'STORAGE_UNAVAILABLE';
    message: string;
    limit?: number;
  };
}

/** `GET /widget/v1/attachments/:id/link?site=`: another address of an attachment of the token's own thread. */
export interface AttachmentLink {
  url: string;
}

/** Why a socket was closed by the gateway. */
export const CloseCode = {
  badFrame: 4000,
  badToken: 4001,
  notAllowed: 4003,
  slowConsumer: 4008,
  tooManyTabs: 4009,
  rateLimited: 4029,
  restart: 1012,
} as const;
