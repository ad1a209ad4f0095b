import { z } from 'zod';
import {
  ActivitySnapshot,
  Actor,
  AgentId,
  Channel,
  ContactId,
  ContactSnapshot,
  ConversationId,
  ConversationSnapshot,
  InboundAttachment,
  MessageId,
  MAX_ATTACHMENTS,
  MessageSnapshot,
  MessengerProfileId,
  MessengerProfileSnapshot,
  Text,
  Timestamp,
  VisitorId,
  VisitorSnapshot,
} from './conversation';
import { defineRequest } from './define';

const ask = <I extends z.ZodType, O extends z.ZodType>(verb: string, shape: { summary: string; input: I; output: O }) =>
  defineRequest('conversation', verb, shape);

/** Most items that one batch request may name. */
export const MAX_BATCH = 500;
const ids = <T extends z.ZodType>(id: T) => z.object({ ids: z.array(id).min(1).max(MAX_BATCH) });
const cursor = z.string().max(200);
const Agent = Actor.extend({ kind: z.literal('agent'), id: AgentId });

export const ConversationFilter = z.object({
  status: z.enum(['OPEN', 'COMPLETED']).nullable(),
  unread: z.boolean().nullable(),
  channels: z.array(Channel).nullable(),
  contactId: ContactId.nullable(),
  /** Only conversations of these visitors; the asker knows who is online. */
  visitorIds: z.array(VisitorId).max(5_000).nullable(),
  assignment: z.enum(['UNASSIGNED', 'ASSIGNED']).nullable(),
  assigneeId: AgentId.nullable(),
  waitingForReply: z.boolean().nullable(),
  search: z.string().min(2).max(200).nullable(),
});
export type ConversationFilter = z.output<typeof ConversationFilter>;

export const ListConversations = ask('list-conversations.v1', {
  summary: 'Pages of conversations, newest activity first, by key.',
  input: z.object({
    pages: z
      .array(
        z.object({
          filter: ConversationFilter,
          first: z.number().int().min(1).max(100),
          after: cursor.nullable(),
          /** Count the whole list, up to 1,000. */
          count: z.boolean(),
        }),
      )
      .min(1)
      .max(50),
  }),
  output: z.object({
    pages: z.array(
      z.object({
        items: z.array(
          z.object({
            cursor,
            conversation: ConversationSnapshot,
            match: z.object({ messageId: MessageId, excerpt: z.string() }).nullable(),
          }),
        ),
        hasNextPage: z.boolean(),
        /** Set when looking for more was ended before the page was full: the next page begins there, not after the last item. */
        endCursor: cursor.nullable().default(null),
        /** Exact up to 1,000, then null; null when not asked for or when counting would take long. */
        totalCount: z.number().int().nullable(),
      }),
    ),
  }),
});

export const GetConversations = ask('get-conversations.v1', {
  summary: 'Conversations by id, in the order asked; null for an unknown one.',
  input: ids(ConversationId),
  output: z.object({ items: z.array(ConversationSnapshot.nullable()) }),
});

export const GetMessages = ask('get-messages.v1', {
  summary: 'Messages by id, in the order asked; null for an unknown one.',
  input: ids(MessageId),
  output: z.object({ items: z.array(MessageSnapshot.nullable()) }),
});

export const GetContacts = ask('get-contacts.v1', {
  summary: 'Contacts by id, in the order asked; null for an unknown one.',
  input: ids(ContactId),
  output: z.object({ items: z.array(ContactSnapshot.nullable()) }),
});

export const GetVisitors = ask('get-visitors.v1', {
  summary: 'Visitors by id, in the order asked; null for an unknown one.',
  input: ids(VisitorId),
  output: z.object({ items: z.array(VisitorSnapshot.nullable()) }),
});

export const TimelineItem = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('message'), cursor, message: MessageSnapshot }),
  z.object({ kind: z.literal('activity'), cursor, activity: ActivitySnapshot }),
]);

export const ListTimelines = ask('list-timelines.v1', {
  summary: 'Pages of threads: messages and activity lines in the order they are shown.',
  input: z.object({
    pages: z
      .array(
        z.object({
          conversationId: ConversationId,
          limit: z.number().int().min(1).max(100),
          /** Exactly one of both may be set; neither = the newest page. */
          before: cursor.nullable(),
          after: cursor.nullable(),
          /** True: the oldest items after `after`; false: the newest items before `before`. */
          forward: z.boolean(),
        }),
      )
      .min(1)
      .max(100),
  }),
  output: z.object({
    pages: z.array(z.object({ items: z.array(TimelineItem), hasNextPage: z.boolean(), hasPreviousPage: z.boolean() })),
  }),
});

export const ReplyOption = z.object({
  channel: Channel,
  available: z.boolean(),
  default: z.boolean(),
  recipient: z.string().nullable(),
  disabledReason: z
    .enum([
      'NOT_A_CHAT_THREAD',
      'EMAIL_ADDRESS_UNKNOWN',
      'NOT_A_MESSENGER_THREAD',
      'MESSENGER_WINDOW_CLOSED',
      'CHANNEL_NOT_CONFIGURED',
      'CHANNEL_DOWN',
    ])
    .nullable(),
  notice: z.enum(['VISITOR_OFFLINE', 'WINDOW_CLOSING', 'ADDRESS_UNVERIFIED']).nullable(),
  windowClosesAt: Timestamp.nullable(),
  includesTranscript: z.boolean(),
  maxLength: z.number().int().positive(),
});
export type ReplyOption = z.output<typeof ReplyOption>;

export const GetReplyOptions = ask('get-reply-options.v1', {
  summary: 'What the composer may do now, for each conversation; null for an unknown one.',
  input: ids(ConversationId),
  output: z.object({ items: z.array(z.array(ReplyOption).nullable()) }),
});

export const CountInbox = ask('count-inbox.v1', {
  summary: 'The numbers beside the inbox, each exact up to 1,000.',
  input: z.object({}),
  output: z.object({ unread: z.number().int(), open: z.number().int(), attention: z.boolean() }),
});

const conversationOutput = z.object({ conversation: ConversationSnapshot });
const onConversation = z.object({ conversationId: ConversationId, by: Agent });

export const Reply = ask('reply.v1', {
  summary:
    'Stores an agent’s reply, its personalization tags resolved. The same clientMessageId with the same content returns the stored message again.',
  input: onConversation.extend({
    channel: Channel,
    text: Text,
    clientMessageId: z.uuid(),
    attachmentIds: z.array(z.string().max(64)).max(MAX_ATTACHMENTS),
    /** Complete in the same step. */
    complete: z.boolean(),
  }),
  output: z.object({ message: MessageSnapshot, conversation: ConversationSnapshot }),
});

export const RetryMessage = ask('retry-message.v1', {
  summary: 'Sends a failed or doubtful message again, by a person’s wish only.',
  input: z.object({ messageId: MessageId, by: Agent }),
  output: z.object({ message: MessageSnapshot, conversation: ConversationSnapshot }),
});

/** Mails that other systems sent in our name, so that an answer finds whom and what it answers. */
export const RegisterOutbound = ask('register-outbound.v1', {
  summary: 'Notes campaign or automation mails by their Message-ID. Idempotent.',
  input: z.object({
    mails: z
      .array(
        z.object({
          rfcMessageId: Text.pipe(z.string().min(1).max(998)),
          address: z.string().max(320),
          subject: Text.pipe(z.string().max(500)),
          sentAt: Timestamp,
        }),
      )
      .min(1)
      .max(MAX_BATCH),
  }),
  output: z.object({ registered: z.number().int() }),
});

export const GetMailBodies = ask('get-mail-bodies.v1', {
  summary: 'What an email holds beside its new text, in the order asked; null for what is no stored email.',
  input: ids(MessageId),
  output: z.object({
    items: z.array(
      z
        .object({
          quotedText: z.string().nullable(),
          htmlKey: z.string().nullable(),
          rawKey: z.string().nullable(),
          /** Those that stand inside the HTML. */
          pictures: z.array(InboundAttachment),
        })
        .nullable(),
    ),
  }),
});

export const GetMessengerProfiles = ask('get-messenger-profiles.v1', {
  summary: 'People on Messenger by id, in the order asked; null for an unknown one.',
  input: ids(MessengerProfileId),
  output: z.object({ items: z.array(MessengerProfileSnapshot.nullable()) }),
});

export const ReadConversation = ask('read-conversation.v1', {
  summary:
    'Marks the conversation read for every agent, unless a newer message came in than the agent saw. Idempotent.',
  input: onConversation.extend({
    /** The newest message that the agent saw; null or left out = all of them. */
    upToMessageId: MessageId.nullish(),
  }),
  output: conversationOutput,
});

export const MarkConversationUnread = ask('mark-conversation-unread.v1', {
  summary: 'Marks the conversation unread for every agent. Idempotent.',
  input: onConversation,
  output: conversationOutput,
});

export const CompleteConversation = ask('complete-conversation.v1', {
  summary: 'Completes the conversation for every agent. Idempotent.',
  input: onConversation,
  output: conversationOutput,
});

export const ReopenConversation = ask('reopen-conversation.v1', {
  summary: 'Puts the conversation back into the inbox. Idempotent.',
  input: onConversation,
  output: conversationOutput,
});

export const AssignConversation = ask('assign-conversation.v1', {
  summary: 'Gives the conversation to an agent, or to nobody. Idempotent.',
  input: onConversation.extend({ assignee: z.object({ id: AgentId, name: z.string() }).nullable() }),
  output: conversationOutput,
});
