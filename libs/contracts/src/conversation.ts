import { z } from 'zod';

/** How a channel is called on the bus and in the database. */
export const Channel = z.enum(['chat', 'email', 'messenger']);
export type Channel = z.output<typeof Channel>;

const Id = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_[0-9a-z]{16,40}$`));
export const ConversationId = Id('cnv');
export const MessageId = Id('msg');
export const VisitorId = Id('vis');
export const ContactId = Id('con');
export const AgentId = Id('agt');
/** An uploaded file; it keeps the id as an attachment of the message that it is sent with. */
export const UploadId = Id('up');
export const Timestamp = z.iso.datetime();

/** Postgres refuses U+0000, and a lone surrogate is no text: neither enters the system. */
export const Text = z.string().refine((text) => !text.includes('\u0000') && text.isWellFormed(), {
  error: 'contains a character that is not text (U+0000 or half a surrogate pair)',
});

/** Who did something. Names are those at the time. */
export const Actor = z.object({
  kind: z.enum(['agent', 'visitor', 'contact', 'automation', 'system']),
  id: z.string().nullable(),
  name: z.string().nullable(),
});
export type Actor = z.output<typeof Actor>;

export const ActorStamp = z.object({ by: Actor, at: Timestamp });

export const MessageAuthor = z.object({
  kind: z.enum(['agent', 'visitor', 'contact', 'messenger-profile', 'automation', 'system']),
  id: z.string().nullable(),
  name: z.string().nullable(),
});
export type MessageAuthor = z.output<typeof MessageAuthor>;

export const DeliveryState = z.enum(['ACCEPTED', 'SENT', 'DELIVERED', 'SEEN', 'FAILED', 'UNKNOWN']);
export type DeliveryState = z.output<typeof DeliveryState>;

/** Most files that one message may have, and bytes of each. */
export const MAX_ATTACHMENTS = 10;
export const MAX_ATTACHMENT_BYTES = 20 * 1024 * 1024;

/** The name is text from outside, for display only. */
export const AttachmentSnapshot = z.object({
  id: z.string(),
  filename: z.string(),
  contentType: z.string(),
  byteSize: z.number().int().nonnegative(),
});

export const FormAnswer = z.object({
  key: z.enum(['email', 'name', 'phone', 'company']),
  label: z.string(),
  value: z.string(),
});

export const MessageSnapshot = z.object({
  id: MessageId,
  conversationId: ConversationId,
  /** 1, 2, 3 … within the conversation, no gaps. */
  position: z.number().int().positive(),
  channel: Channel,
  direction: z.enum(['INBOUND', 'OUTBOUND']),
  author: MessageAuthor,
  text: z.string(),
  attachments: z.array(AttachmentSnapshot),
  /** The id that the sending client chose; null when the channel has none. */
  clientMessageId: z.string().nullable(),
  /** Outbound only. */
  delivery: z
    .object({ state: DeliveryState, at: Timestamp, failureCode: z.string().nullable(), retryable: z.boolean() })
    .nullable(),
  form: z.object({ formId: z.string(), answers: z.array(FormAnswer) }).nullable(),
  createdAt: Timestamp,
});
export type MessageSnapshot = z.output<typeof MessageSnapshot>;

export const ConversationSnapshot = z.object({
  id: ConversationId,
  /** Grows by one with every event of the conversation; the event's `sequence`. */
  version: z.number().int().positive(),
  status: z.enum(['OPEN', 'COMPLETED']),
  assigneeId: AgentId.nullable(),
  waitingForReply: z.boolean(),
  unread: z.boolean(),
  /** Who read it for everyone; null while unread. */
  read: ActorStamp.nullable(),
  completed: ActorStamp.nullable(),
  title: z.string(),
  subject: z.string().nullable(),
  contactId: ContactId.nullable(),
  visitorId: VisitorId.nullable(),
  messengerProfileId: z.string().nullable(),
  /** Oldest first. */
  channels: z.array(Channel),
  lastChannel: Channel,
  lastMessageId: MessageId,
  /** Position of the newest message. */
  lastPosition: z.number().int().positive(),
  /** Up to where an agent has read; what the visitor's receipt shows. */
  agentReadPosition: z.number().int().nonnegative(),
  lastActivityAt: Timestamp,
  createdAt: Timestamp,
});
export type ConversationSnapshot = z.output<typeof ConversationSnapshot>;

export const ActivityKind = z.enum([
  'OPENED',
  'COMPLETED',
  'REOPENED',
  'ASSIGNED',
  'CONTACT_LINKED',
  'EMAIL_COLLECTED',
  'AUTOMATION_HANDED_OFF',
]);

/** A line in the thread that only agents see. */
export const ActivitySnapshot = z.object({
  id: z.string().regex(/^act_[0-9a-z]{16,40}$/),
  conversationId: ConversationId,
  kind: ActivityKind,
  stamp: ActorStamp,
  /** ASSIGNED: the new owner, null = nobody. */
  assigneeId: AgentId.nullable(),
  /** Stands in the thread after the message of this position (0 = before the first). */
  afterPosition: z.number().int().nonnegative(),
});
export type ActivitySnapshot = z.output<typeof ActivitySnapshot>;

export const ContactSnapshot = z.object({
  id: ContactId,
  displayName: z.string(),
  email: z.string().nullable(),
  /** True when a signed identity or a reply by email showed that the address is theirs; a form is only a claim. */
  emailVerified: z.boolean(),
  phone: z.string().nullable(),
  company: z.string().nullable(),
  createdAt: Timestamp,
});
export type ContactSnapshot = z.output<typeof ContactSnapshot>;

export const VisitorSnapshot = z.object({
  id: VisitorId,
  siteId: z.string(),
  contactId: ContactId.nullable(),
  displayName: z.string(),
  locale: z.string().nullable(),
});
export type VisitorSnapshot = z.output<typeof VisitorSnapshot>;

export const Page = z.object({ url: z.string().max(2000), title: z.string().max(300).nullable() });
export type Page = z.output<typeof Page>;
