import { findRepositoryRoot } from '@conversations/runtime';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { agentResolvers } from './agents.resolver';
import { channelResolvers } from './channels.resolver';
import { automationMutations } from './automation.mutations';
import { automationResolvers } from './automation.resolver';
import { conversationMutations } from './conversation.mutations';
import { conversationResolvers } from './conversation.resolver';
import { inboxResolvers } from './inbox.resolver';
import { replyPreviewResolvers } from './reply-preview.resolver';
import { emailResolvers } from './mail/email.resolver';
import { messengerResolvers } from './messenger.resolver';
import { savedResponseMutations } from './saved-response.mutations';
import { savedResponseResolvers } from './saved-response.resolver';
import { scalars } from './scalars';

export const readTypeDefs = (): string =>
  readFileSync(join(findRepositoryRoot(), 'libs/contracts/graphql/schema.graphql'), 'utf8');

/** All resolvers of the schema. Types of events and of nodes say themselves what they are. */
export const resolvers = [
  { ...scalars },
  inboxResolvers,
  conversationResolvers,
  conversationMutations,
  replyPreviewResolvers,
  messengerResolvers,
  emailResolvers,
  channelResolvers,
  agentResolvers,
  savedResponseResolvers,
  savedResponseMutations,
  automationResolvers,
  automationMutations,
];
