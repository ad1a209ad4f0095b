import {
  AgentId,
  AUTOMATION_ID,
  ContactId,
  ConversationId,
  CountInbox,
  MessageId,
  MessengerProfileId,
  SavedResponseCategoryId,
  SavedResponseId,
  VisitorId,
} from '@conversations/contracts';
import type { GatewayContext } from './context';
import { refusal } from './errors';
import type { ConversationFilter, Resolvers } from './generated/resolvers';
import type { ConversationPage, ConversationPageKey } from './loaders';
import type { ConversationListParent } from './parents';
import { pageSize } from './page-size';

const MAX_NODES = 100;
const MAX_ONLINE = 5_000;

type Filter = ConversationPageKey['filter'];

const EVERY: Filter = {
  status: null,
  unread: null,
  channels: null,
  contactId: null,
  visitorIds: null,
  assignment: null,
  assigneeId: null,
  waitingForReply: null,
  search: null,
};

/** The filter as the conversation service takes it; null when nothing can match. */
function filterFor(given: ConversationFilter | null | undefined, context: GatewayContext): Filter | null {
  const filter = given ?? { status: 'OPEN' };
  if (filter.visitorOnline === false)
    throw refusal('BAD_USER_INPUT', 'filter.visitorOnline: only true can be asked for');
  const visitorIds = filter.visitorOnline === true ? context.presence.onlineIds().slice(0, MAX_ONLINE) : null;
  if (visitorIds?.length === 0) return null;
  if (filter.contactId != null && !ContactId.safeParse(filter.contactId).success) return null;
  const assigneeId = filter.assigneeId ?? null;
  if (assigneeId !== null && !AgentId.safeParse(assigneeId).success) return null;
  const viewerId = context.viewer.agent.id;
  if (filter.assignment === 'MINE' && assigneeId !== null && assigneeId !== viewerId) return null;
  return {
    status: filter.status ?? null,
    unread: filter.unread ?? null,
    channels: filter.channels ?? null,
    contactId: filter.contactId ?? null,
    visitorIds,
    assignment: filter.assignment === 'MINE' ? null : (filter.assignment ?? null),
    assigneeId: filter.assignment === 'MINE' ? viewerId : assigneeId,
    waitingForReply: filter.waitingForReply ?? null,
    search: searchWords(filter.search),
  };
}

function searchWords(given: string | null | undefined): string | null {
  if (given == null) return null;
  const words = given.trim();
  if (words.length < 2 || words.length > 200 || words.includes('\0') || !words.isWellFormed())
    throw refusal('BAD_USER_INPUT', 'filter.search: 2 to 200 characters of text');
  return words;
}

async function conversationPage(
  context: GatewayContext,
  filter: Filter | null,
  args: { first?: number | null; after?: string | null },
  byDefault: number,
  most: number,
): Promise<ConversationListParent> {
  const first = pageSize('first', args.first ?? byDefault, most);
  const load = (count: boolean): Promise<ConversationPage> =>
    filter === null
      ? Promise.resolve({ items: [], hasNextPage: false, endCursor: null, totalCount: 0 })
      : context.loaders.lists.load({ filter, first, after: args.after ?? null, count });
  const page = await load(false);
  for (const { conversation } of page.items) context.loaders.conversations.prime(conversation.id, conversation);
  const edges = page.items.map((item) => ({ cursor: item.cursor, node: item.conversation, match: item.match }));
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: (args.after ?? null) !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: page.endCursor ?? edges.at(-1)?.cursor ?? null,
    },
    count: async () => (await load(true)).totalCount,
  };
}

async function node(id: string, { loaders, agents, messengerProfiles }: GatewayContext) {
  const as = <T extends object>(__typename: string, found: T | null) =>
    found === null ? null : { __typename, ...found };
  if (ConversationId.safeParse(id).success) return as('Conversation', await loaders.conversations.load(id));
  if (MessageId.safeParse(id).success) return as('Message', await loaders.messages.load(id));
  if (SavedResponseId.safeParse(id).success) return as('SavedResponse', await loaders.savedResponses.load(id));
  if (SavedResponseCategoryId.safeParse(id).success)
    return as('SavedResponseCategory', await loaders.savedResponseCategories.load(id));
  if (AgentId.safeParse(id).success) return as('Agent', await agents.find(id));
  if (ContactId.safeParse(id).success) {
    const loaded = await loaders.contacts.load(id);
    return loaded && as('Contact', { id, loaded });
  }
  if (VisitorId.safeParse(id).success) {
    const loaded = await loaders.visitors.load(id);
    return loaded && as('Visitor', { id, loaded });
  }
  if (id === AUTOMATION_ID) {
    const loaded = await loaders.automations.load('newest');
    return loaded && as('ChatbotAutomation', { id, loaded });
  }
  if (MessengerProfileId.safeParse(id).success) {
    const profile = await messengerProfiles.of(id);
    return profile && as('MessengerProfile', { id, displayName: profile.displayName });
  }
  return null;
}

export const inboxResolvers: Resolvers = {
  Query: {
    viewer: (_root, _args, context) => context.viewer,
    conversations: (_root, args, context) => conversationPage(context, filterFor(args.filter, context), args, 50, 100),
    conversation: (_root, { id }, { loaders }) =>
      ConversationId.safeParse(id).success ? loaders.conversations.load(id) : null,
    inbox: (_root, _args, { ask }) => ask(CountInbox, {}),
    contact: async (_root, { id }, { loaders }) => {
      const loaded = ContactId.safeParse(id).success ? await loaders.contacts.load(id) : null;
      return loaded && { id, loaded };
    },
    node: (_root, { id }, context) => node(id, context),
    nodes: (_root, { ids }, context) => {
      if (ids.length > MAX_NODES) throw refusal('BAD_USER_INPUT', `ids: at most ${String(MAX_NODES)}`);
      return Promise.all(ids.map((id) => node(id, context)));
    },
  },
  Viewer: {
    locale: () => 'en',
    sessionExpiresAt: (viewer) => viewer.expiresAt.toISOString(),
    features: () => [],
  },
  ConversationConnection: { totalCount: (list) => list.count() },
  SearchMatch: {
    message: async (match, _args, { loaders }) => {
      const message = await loaders.messages.load(match.messageId);
      if (message === null) throw new Error(`the match names the unknown message ${match.messageId}`);
      return message;
    },
  },
  Contact: {
    displayName: (contact, _args, { loaders }) =>
      contact.displayName ??
      contact.loaded?.displayName ??
      loaders.contacts.load(contact.id).then((loaded) => loaded?.displayName ?? contact.id),
    email: async (contact, _args, { loaders }) =>
      (contact.loaded ?? (await loaders.contacts.load(contact.id)))?.email ?? null,
    avatarUrl: () => null,
    createdAt: async (contact, _args, { loaders }) => {
      const found = contact.loaded ?? (await loaders.contacts.load(contact.id));
      if (found === null) throw new Error(`unknown contact ${contact.id}`);
      return found.createdAt;
    },
    conversations: (contact, args, context) =>
      conversationPage(context, { ...EVERY, contactId: contact.id }, args, 20, 50),
  },
};
