import { defaultFieldResolver, type GraphQLSchema } from 'graphql';
import { ROLES, type Role } from './auth/agent';
import type { GatewayContext } from './context';
import { refusal } from './errors';

/** The least role that each root field asks for. A field of the schema that is not here stops the service at start. */
export const LEAST_ROLE: Record<string, Role> = {
  'Query.viewer': 'VIEWER',
  'Query.node': 'VIEWER',
  'Query.nodes': 'VIEWER',
  'Query.conversations': 'VIEWER',
  'Query.conversation': 'VIEWER',
  'Query.inbox': 'VIEWER',
  'Query.contact': 'VIEWER',
  'Query.savedResponseCategories': 'VIEWER',
  'Query.savedResponses': 'VIEWER',
  'Query.replyPreview': 'VIEWER',
  'Query.agents': 'VIEWER',
  'Query.agentInvitations': 'ADMIN',
  'Query.chatbotAutomation': 'VIEWER',
  'Query.chatbotAutomationVersions': 'VIEWER',
  'Query.channels': 'ADMIN',
  'Mutation.openConversation': 'AGENT',
  'Mutation.sendMessage': 'AGENT',
  'Mutation.retryMessage': 'AGENT',
  'Mutation.completeConversation': 'AGENT',
  'Mutation.reopenConversation': 'AGENT',
  'Mutation.markConversationUnread': 'AGENT',
  'Mutation.assignConversation': 'AGENT',
  'Mutation.setAgentActivity': 'AGENT',
  'Mutation.createSavedResponse': 'AGENT',
  'Mutation.updateSavedResponse': 'AGENT',
  'Mutation.deleteSavedResponse': 'AGENT',
  'Mutation.createSavedResponseCategory': 'ADMIN',
  'Mutation.updateSavedResponseCategory': 'ADMIN',
  'Mutation.deleteSavedResponseCategory': 'ADMIN',
  'Mutation.inviteAgent': 'ADMIN',
  'Mutation.revokeAgentInvitation': 'ADMIN',
  'Mutation.updateAgent': 'ADMIN',
  'Mutation.updateProfile': 'VIEWER',
  'Mutation.changePassword': 'VIEWER',
  'Mutation.registerOutbound': 'ADMIN',
  'Mutation.saveChatbotAutomation': 'ADMIN',
  'Mutation.restoreChatbotAutomation': 'ADMIN',
  'Subscription.inboxChanged': 'VIEWER',
  'Subscription.conversationChanged': 'VIEWER',
};

export const mayAct = (role: Role, least: Role) => ROLES.indexOf(role) >= ROLES.indexOf(least);

/** Puts the table in front of every root field: no resolver can be reached around it, over HTTP or a socket. */
export function guardRootFields(schema: GraphQLSchema): GraphQLSchema {
  for (const type of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      const name = `${String(type)}.${field.name}`;
      const least = LEAST_ROLE[name];
      if (least === undefined) throw new Error(`${name} has no least role`);
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (parent: unknown, args, context: GatewayContext, info) => {
        if (!mayAct(context.viewer.agent.role, least))
          throw refusal('FORBIDDEN', `${name} needs the role ${least} or a higher one`);
        return resolve(parent, args, context, info);
      };
    }
  }
  return schema;
}
