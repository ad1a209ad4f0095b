import {
  AssignConversation,
  CompleteConversation,
  ConversationId,
  type ConversationSnapshot,
  GetConversations,
  MarkConversationUnread,
  MAX_ATTACHMENTS,
  MAX_WRITTEN_LENGTH,
  MessageId,
  ReadConversation,
  ReopenConversation,
  Reply,
  type ReplyTag,
  RetryMessage,
  UserError,
} from '@conversations/contracts';
import { actor, type GatewayContext } from './context';
import { payload, refusal } from './errors';
import type { Resolvers, SendMessageInput } from './generated/resolvers';
import { mayAct } from './roles';

/** How long a mutation waits for its own event, so that the client can tell the echo apart. */
const ECHO_MS = 300;

function idOf(id: string): string {
  if (ConversationId.safeParse(id).success) return id;
  throw new UserError('NOT_FOUND', 'There is no such conversation', { path: ['input', 'conversationId'] });
}

function messageIdOf(id: string, field: string): string {
  if (MessageId.safeParse(id).success) return id;
  throw new UserError('NOT_FOUND', 'There is no such message', { path: ['input', field] });
}

const changed = async (conversation: ConversationSnapshot, { log, loaders }: GatewayContext) => {
  loaders.conversations.clear(conversation.id).prime(conversation.id, conversation);
  return { conversation, cursor: await log.echoOf(conversation.id, conversation.version, ECHO_MS), errors: [] };
};

/** The text as it was written; throws what the agent can mend. Its tags make it longer or shorter: the limit of the channel comes after them. */
function textOf({ text, attachmentIds }: SendMessageInput): string {
  const path = ['input', 'text'];
  const files = attachmentIds?.length ?? 0;
  if (files > MAX_ATTACHMENTS)
    throw new UserError('ATTACHMENT_REJECTED', `A message has at most ${String(MAX_ATTACHMENTS)} files`, {
      path: ['input', 'attachmentIds'],
    });
  const trimmed = text.trim();
  if (trimmed === '' && files === 0) throw new UserError('EMPTY_MESSAGE', 'The message has no text', { path });
  if (trimmed.length > MAX_WRITTEN_LENGTH)
    throw new UserError('TOO_LONG', `The message is longer than ${String(MAX_WRITTEN_LENGTH)} characters`, { path });
  if (trimmed.includes('\0') || !trimmed.isWellFormed())
    throw new UserError('INVALID_INPUT', 'The message contains a character that is not text', { path });
  return trimmed;
}

/** Complete, reopen and mark-unread are asked and answered in one form. */
type StatusVerb = typeof CompleteConversation;
const statusChange =
  (verb: StatusVerb) =>
  (_root: unknown, { input }: { input: { conversationId: string } }, context: GatewayContext) =>
    payload(async () => {
      const { conversation } = await context.ask(verb, {
        conversationId: idOf(input.conversationId),
        by: actor(context),
      });
      return changed(conversation, context);
    });

export const conversationMutations: Resolvers = {
  Mutation: {
    openConversation: (_root, { input }, context) =>
      payload(async () => {
        const conversationId = idOf(input.conversationId);
        if (input.markRead) {
          const upToMessageId = input.upToMessageId == null ? null : messageIdOf(input.upToMessageId, 'upToMessageId');
          const by = actor(context);
          const { conversation } = await context.ask(ReadConversation, { conversationId, by, upToMessageId });
          return changed(conversation, context);
        }
        const conversation = (await context.ask(GetConversations, { ids: [conversationId] })).items[0] ?? null;
        if (conversation === null) throw new UserError('NOT_FOUND', 'There is no such conversation');
        return { conversation, cursor: context.log.cursor, errors: [] };
      }),

    sendMessage: (_root, { input }, context) =>
      payload(async () => {
        const conversationId = idOf(input.conversationId);
        const by = actor(context);
        const { message, conversation } = await context.ask(Reply, {
          conversationId,
          by,
          channel: input.channel,
          text: textOf(input),
          clientMessageId: input.clientMessageId.toLowerCase(),
          attachmentIds: (input.attachmentIds ?? []).map((id) => id.slice(0, 64)),
          complete: input.complete ?? false,
        });
        context.activities.replied(by, conversationId);
        context.loaders.messages.clear(message.id).prime(message.id, message);
        return { message, ...(await changed(conversation, context)) };
      }),

    retryMessage: (_root, { input }, context) =>
      payload(async () => {
        const messageId = messageIdOf(input.messageId, 'messageId');
        const { message, conversation } = await context.ask(RetryMessage, { messageId, by: actor(context) });
        context.loaders.messages.clear(message.id).prime(message.id, message);
        return { message, ...(await changed(conversation, context)) };
      }),

    completeConversation: statusChange(CompleteConversation),
    reopenConversation: statusChange(ReopenConversation),
    markConversationUnread: statusChange(MarkConversationUnread),

    assignConversation: (_root, { input }, context) =>
      payload(async () => {
        const agent = input.agentId == null ? null : await context.agents.find(input.agentId);
        if (input.agentId != null && (!agent?.active || !mayAct(agent.role, 'AGENT')))
          throw new UserError('NOT_FOUND', 'No active agent has this id', { path: ['input', 'agentId'] });
        const { conversation } = await context.ask(AssignConversation, {
          conversationId: idOf(input.conversationId),
          by: actor(context),
          assignee: agent && { id: agent.id, name: agent.displayName },
        });
        return changed(conversation, context);
      }),

    setAgentActivity: async (_root, { input }, { viewer, activities, loaders }) => {
      const { agent } = viewer;
      const conversationId = input.conversationId ?? null;
      if (conversationId !== null && !ConversationId.safeParse(conversationId).success) return false;
      const retryAfterMs = activities.takeTurn(agent.id);
      if (retryAfterMs > 0) throw refusal('RATE_LIMITED', 'At most one call in 3 s', { retryAfterMs });
      const conversation = conversationId === null ? null : await loaders.conversations.load(conversationId);
      if (conversationId !== null && conversation === null) return false;
      activities.tell(
        { id: agent.id, name: agent.displayName },
        { conversationId, visitorId: conversation?.visitorId ?? null, writing: input.writing ?? false },
      );
      return true;
    },
  },
  UserError: { __resolveType: (error) => error.__typename },
  UnresolvedTagsError: { tags: ({ details }) => details['tags'] as ReplyTag[] },
  ReplyWindowClosedError: { closedAt: ({ details }) => details['closedAt'] as string },
  IdempotencyConflictError: {
    existingMessage: async ({ details }, _args, { loaders }) => {
      const message = await loaders.messages.load(details['existingMessageId'] as string);
      if (message === null) throw new Error('the conflict names an unknown message');
      return message;
    },
  },
};
