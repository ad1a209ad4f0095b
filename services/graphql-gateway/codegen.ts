import type { CodegenConfig } from '@graphql-codegen/cli';
import { join } from 'node:path';

/** Types of the resolvers, from the schema that clients see; checked in and compared with the schema by the test run. */
const config: CodegenConfig = {
  schema: join(__dirname, '../../libs/contracts/graphql/schema.graphql'),
  generates: {
    [join(__dirname, 'src/generated/resolvers.ts')]: {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        contextType: '../context#GatewayContext',
        scalars: {
          ID: 'string',
          DateTime: 'string',
          SafeHTML: 'string',
          EmailAddress: 'string',
          URL: 'string',
          EventCursor: 'string',
          UUID: 'string',
        },
        enumValues: {
          ChannelKind: '../parents#ChannelKind',
        },
        mappers: {
          Agent: '../auth/agent#Agent as AgentParent',
          AgentInvitation: '../auth/invitations#Invitation as InvitationParent',
          Contact: '../parents#ContactParent',
          Visitor: '../parents#VisitorParent',
          MessengerProfile: '../parents#ProfileParent',
          ChatbotAutomation: '../parents#AutomationParent',
          Conversation: '../parents#ConversationParent',
          ActorStamp: '../parents#StampParent',
          ReplyOption: '../parents#ReplyOptionParent',
          AgentActivity: '../parents#ActivityParent',
          ConversationConnection: '../parents#ConversationListParent',
          ConversationActivity: '../parents#ThreadLineParent',
          Message: '../parents#MessageParent',
          Delivery: '../parents#DeliveryParent',
          EmailDetails: '../parents#EmailParent',
          Channel: '../parents#ChannelParent',
          Attachment: '../parents#AttachmentParent',
          FormSubmission: '../parents#FormParent',
          SearchMatch: '../parents#MatchParent',
          SavedResponse: '../parents#SavedResponseParent',
          SavedResponseCategory: '../parents#SavedResponseCategoryParent',
          InboxCounters: '../parents#CountersParent',
          Viewer: '../auth/agent#SignedIn as ViewerParent',
          UserError: '../errors#ShownError',
          GenericUserError: '../errors#ShownError',
          ReplyWindowClosedError: '../errors#ShownError',
          IdempotencyConflictError: '../errors#ShownError',
          UnresolvedTagsError: '../errors#ShownError',
          StaleVersionError: '../errors#ShownError',
          InboxEvent: '../live/stream-events#PushedEvent',
          ConversationEvent: '../live/stream-events#PushedEvent',
          AgentActivityChanged: '../parents#ActivityChangeParent',
        },
      },
    },
  },
};
export default config;
