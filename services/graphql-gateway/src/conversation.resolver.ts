import { isImage } from '@conversations/blob-store';
import { AUTOMATION_ID, type ConversationSnapshot } from '@conversations/contracts';
import { refusal } from './errors';
import type { Agent } from './auth/agent';
import type { GatewayContext } from './context';
import type { ConversationTimelineArgs, Resolvers } from './generated/resolvers';
import type { TimelinePage } from './loaders';
import { pageSize } from './page-size';
import type { AutomationParent, StampParent } from './parents';

const MAX_PAGE = 100;

/** The account; one that is not known here (yet) is shown by the name it had when it acted. */
export function agentOf(id: string, name: string | null, context: GatewayContext): Agent {
  return (
    context.agents.peek(id) ?? { id, displayName: name ?? id, email: 'unknown@invalid', role: 'VIEWER', active: false }
  );
}

/** The bot as it wrote; whoever asks for more than its name is shown the flow of today. */
const automationThen = (name: string | null): AutomationParent => ({
  id: AUTOMATION_ID,
  ...(name === null ? {} : { nameThen: name }),
});

const stamped = (stamp: StampParent | null, context: GatewayContext) =>
  stamp === null
    ? null
    : {
        at: stamp.at,
        by: stamp.by.kind === 'agent' && stamp.by.id !== null ? agentOf(stamp.by.id, stamp.by.name, context) : null,
        byAutomation: stamp.by.kind === 'automation' ? automationThen(stamp.by.name) : null,
      };

function timelineKey(conversation: ConversationSnapshot, args: Partial<ConversationTimelineArgs>) {
  const forward = args.first != null || args.after != null;
  if (forward && args.before != null)
    throw refusal('BAD_USER_INPUT', 'before cannot be used together with first or after');
  const limit = forward ? pageSize('first', args.first ?? 50, MAX_PAGE) : pageSize('last', args.last ?? 50, MAX_PAGE);
  return { conversationId: conversation.id, limit, before: args.before ?? null, after: args.after ?? null, forward };
}

const mailParticipant = (name: string | null, address: string) => ({
  __typename: 'MailParticipant' as const,
  id: address,
  displayName: name ?? address,
  address,
});

export const timelineNode = (item: TimelinePage['items'][number]) =>
  item.kind === 'message'
    ? { __typename: 'Message' as const, ...item.message }
    : { __typename: 'ConversationActivity' as const, ...item.activity };

export const conversationResolvers: Resolvers = {
  ChannelKind: { WEB_CHAT: 'chat', EMAIL: 'email', MESSENGER: 'messenger' },
  Conversation: {
    assignee: ({ assigneeId }, _args, context) => (assigneeId === null ? null : agentOf(assigneeId, null, context)),
    contact: ({ contactId }) => (contactId === null ? null : { id: contactId }),
    visitor: ({ visitorId, lastActivityAt }) =>
      visitorId === null ? null : { id: visitorId, lastSign: lastActivityAt },
    messengerProfile: ({ messengerProfileId, title }) =>
      messengerProfileId === null ? null : { id: messengerProfileId, displayName: title },
    lastMessage: ({ lastMessageId }, _args, { loaders, recentMessage }) =>
      recentMessage(lastMessageId) ?? loaders.messages.load(lastMessageId),
    replyOptions: ({ id }, _args, { loaders }) => loaders.replyOptions.load(id),
    agentActivity: ({ id }, _args, { activities, viewer }) => activities.of(id, viewer.agent.id),
    timeline: async (conversation, args, { loaders }) => {
      const page = await loaders.timelines.load(timelineKey(conversation, args));
      const edges = page.items.map((item) => ({ cursor: item.cursor, node: timelineNode(item) }));
      for (const item of page.items) if (item.kind === 'message') loaders.messages.prime(item.message.id, item.message);
      return {
        edges,
        nodes: edges.map((edge) => edge.node),
        pageInfo: {
          hasNextPage: page.hasNextPage,
          hasPreviousPage: page.hasPreviousPage,
          startCursor: edges[0]?.cursor ?? null,
          endCursor: edges.at(-1)?.cursor ?? null,
        },
      };
    },
  },
  ActorStamp: {
    by: (stamp, _args, context) => stamped(stamp, context)?.by ?? null,
    byAutomation: (stamp, _args, context) => stamped(stamp, context)?.byAutomation ?? null,
  },
  ConversationActivity: {
    assignee: ({ assigneeId }, _args, context) => (assigneeId === null ? null : agentOf(assigneeId, null, context)),
  },
  AgentActivityChanged: {
    agentActivity: ({ conversationId }, _args, { activities, viewer }) =>
      activities.of(conversationId, viewer.agent.id),
  },
  AgentActivity: {
    agent: ({ agentId }, _args, context) => agentOf(agentId, null, context),
  },
  Message: {
    conversation: async ({ conversationId }, _args, { loaders }) => {
      const conversation = await loaders.conversations.load(conversationId);
      if (conversation === null) throw new Error(`the message names the unknown conversation ${conversationId}`);
      return conversation;
    },
    author: ({ author, createdAt, email }, _args, context) => {
      const id = author.id ?? author.kind;
      const name = author.name ?? undefined;
      switch (author.kind) {
        case 'agent':
          return { __typename: 'Agent', ...agentOf(id, author.name, context) };
        case 'visitor':
          return { __typename: 'Visitor', id, displayName: name, lastSign: createdAt };
        case 'contact':
          return { __typename: 'Contact', id, displayName: name };
        case 'participant':
          return mailParticipant(author.name, email?.from.address ?? id);
        case 'messenger-profile':
          return { __typename: 'MessengerProfile', id, ...(author.name === null ? {} : { nameThen: author.name }) };
        case 'automation':
        case 'system':
          return { __typename: 'ChatbotAutomation', ...automationThen(author.name) };
      }
    },
    askedForm: ({ askedForm }) => askedForm ?? null,
    messenger: ({ messenger }) => messenger,
  },
  Attachment: {
    downloadUrl: ({ id }, _args, { publicOrigin }) => `${publicOrigin}/attachments/${encodeURIComponent(id)}`,
    thumbnailUrl: ({ id, contentType }, _args, { publicOrigin }) =>
      isImage(contentType) ? `${publicOrigin}/attachments/${encodeURIComponent(id)}?inline=image` : null,
    inline: ({ inline }) => inline ?? false,
  },
  Visitor: {
    contact: async (visitor, _args, { loaders }) => {
      const loaded = visitor.loaded ?? (await loaders.visitors.load(visitor.id));
      return loaded?.contactId == null ? null : { id: loaded.contactId };
    },
    // Not async: a name that is known is not waited for, which every pushed message would pay for.
    displayName: (visitor, _args, { loaders }) =>
      visitor.displayName ??
      visitor.loaded?.displayName ??
      loaders.visitors.load(visitor.id).then((loaded) => loaded?.displayName ?? visitor.id),
    locale: async (visitor, _args, { loaders }) =>
      (visitor.loaded ?? (await loaders.visitors.load(visitor.id)))?.locale ?? null,
    presence: (visitor, _args, { presence }) => presence.of(visitor),
    currentPage: (visitor, _args, { presence }) => presence.pageOf(visitor),
  },
};
