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
export const MessengerProfileId = Id('mpr');
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

/** `participant` writes by email in a thread that is another person's: no contact, no id, a name only. */
export const MessageAuthor = z.object({
  kind: z.enum(['agent', 'visitor', 'contact', 'participant', 'messenger-profile', 'automation', 'system']),
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
  /** True for a picture that stands inside an email's HTML: shown there, not among the files. */
  inline: z.boolean().optional(),
});

/** A file that an adapter stored before it told of it. */
export const InboundAttachment = AttachmentSnapshot.extend({ id: UploadId, storageKey: z.string().min(1).max(200) });
export type InboundAttachment = z.output<typeof InboundAttachment>;

export const FormFieldKey = z.enum(['email', 'name', 'phone', 'company']);
export type FormFieldKey = z.output<typeof FormFieldKey>;

export const FormAnswer = z.object({ key: FormFieldKey, label: z.string(), value: z.string() });

export const FormField = z.object({ key: FormFieldKey, label: z.string(), required: z.boolean() });
export type FormField = z.output<typeof FormField>;

/** A form as a message asks the visitor to fill it in; the message's text is what stands above it. */
export const AskedForm = z.object({
  /** What the answer names. */
  formId: z.string().max(64),
  fields: z.array(FormField),
  submitLabel: z.string(),
});
export type AskedForm = z.output<typeof AskedForm>;

/** A form as its visitor answered it. */
export const AnsweredForm = z.object({ formId: z.string(), answers: z.array(FormAnswer) });
export type AnsweredForm = z.output<typeof AnsweredForm>;

/** Somebody in a mail's headers. The address is lower-cased. */
export const MailPerson = z.object({ name: z.string().max(200).nullable(), address: z.string().max(320) });
export type MailPerson = z.output<typeof MailPerson>;

/** What an email is beside its text. */
export const MailSnapshot = z.object({
  subject: z.string(),
  from: MailPerson,
  to: z.array(MailPerson),
  cc: z.array(MailPerson),
  /** FORWARDED: redirected to the inbox, or sent on by an agent. DIRECT: written to the inbox itself. */
  source: z.enum(['INBOX_REPLY', 'CAMPAIGN_REPLY', 'FORWARDED', 'DIRECT', 'OUTBOUND']),
  hasHtml: z.boolean(),
  hasQuotedText: z.boolean(),
  /** An out-of-office note, a list, a machine: shown, but nobody is called for it. */
  automatic: z.boolean(),
  /** Whether the sending server may send for the address (DMARC); NONE: nobody whom we trust has looked. */
  authentication: z.enum(['PASS', 'FAIL', 'NONE']),
  /** True: the mail could not be displayed completely; the original is there. */
  incomplete: z.boolean(),
  /** True: the sender held a reply token or was written to, but takes no part in this thread as far as it is known. */
  stranger: z.boolean(),
  /** Who sent it on by hand, and what they wrote above it. */
  forwarded: z.object({ by: MailPerson, comment: z.string() }).nullable(),
  /** Subject of the registered campaign or automation mail that it answers. */
  answersTo: z.string().nullable(),
  /** The conversation whose ids a stranger's mail names. */
  relatedConversationId: ConversationId.nullable(),
  /** True: never shown to the visitor of the thread, because nothing proves that the mail is theirs. */
  agentsOnly: z.boolean().optional(),
});
export type MailSnapshot = z.output<typeof MailSnapshot>;

/** What happened to a Messenger message beside its text. */
export const MessengerSnapshot = z.object({
  reaction: z.string().max(32).nullable(),
  edited: z.boolean(),
  /** The person took it back; its text is gone. */
  unsent: z.boolean(),
  /** Sent from the page's own inbox on Facebook, or by another app. */
  external: z.boolean(),
  /** Something that Messenger does not let us show. */
  unsupported: z.boolean(),
  /** Its files: on their way, there (or none), or not to be had. */
  media: z.enum(['PENDING', 'READY', 'FAILED']),
});
export type MessengerSnapshot = z.output<typeof MessengerSnapshot>;

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
    .object({
      state: DeliveryState,
      at: Timestamp,
      /** A stable code, translated by screens. */
      failureCode: z.string().nullable(),
      /** The channel's own words about a failure, in its language. */
      detail: z.string().nullable(),
      retryable: z.boolean(),
    })
    .nullable(),
  /** Set when the message is the answer to a form. */
  form: AnsweredForm.nullable(),
  /** Set when the message asks for a form. */
  askedForm: AskedForm.optional(),
  /** Set on every email. */
  email: MailSnapshot.nullable(),
  /** Set on every Messenger message. */
  messenger: MessengerSnapshot.nullable(),
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

/** A person on Facebook Messenger: no contact, known to one page only. */
export const MessengerProfileSnapshot = z.object({
  id: MessengerProfileId,
  pageId: z.string(),
  pageName: z.string(),
  displayName: z.string(),
  avatar: z.object({ storageKey: z.string(), contentType: z.string() }).nullable(),
});
export type MessengerProfileSnapshot = z.output<typeof MessengerProfileSnapshot>;

/** How a person is called whose name Facebook does not tell, by the end of their id: no name is invented. */
export const namelessProfile = (personId: string): string => `Facebook visitor ${personId.slice(-4)}`;
export const isNamelessProfile = (displayName: string): boolean => /^Facebook visitor \S{0,4}$/u.test(displayName);

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
