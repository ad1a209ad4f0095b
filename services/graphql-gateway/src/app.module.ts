import { Messaging } from '@conversations/messaging';
import { Database } from '@conversations/persistence';
import { type Logger, Metrics } from '@conversations/runtime';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import type { FastifyRequest } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import { Accounts } from './auth/accounts';
import { AgentDirectory } from './auth/agent-directory';
import { AuthController } from './auth/auth.controller';
import { InvitationController } from './auth/invitation.controller';
import { Invitations } from './auth/invitations';
import { LoginLimits } from './auth/login-limits';
import { Passwords } from './auth/password';
import { Sessions } from './auth/sessions';
import { SignIn } from './auth/sign-in';
import { GatewaySettings, SETTINGS } from './config';
import { Contexts } from './context';
import { formatError, refusal } from './errors';
import { GRAPHQL_PATH } from './http-guard';
import { MAX_TOKENS } from './limits/document-shape';
import { AgentActivities } from './live/agent-activities';
import { EventLog } from './live/event-log';
import { InboxCounts } from './live/inbox-counts';
import { LiveEndpoint } from './live/live-endpoint';
import { LiveFeed } from './live/live-feed';
import { VisitorPresence } from './live/visitor-presence';
import { MailContent } from './mail/mail-content';
import { MessengerProfiles } from './messenger-profiles';
import { guardRootFields } from './roles';
import { readTypeDefs, resolvers } from './schema';
import { LOG } from './tokens';

/** What the process has before Nest starts. */
export interface Foundation {
  settings: GatewaySettings;
  log: Logger;
  metrics: Metrics;
  database: Database;
  messaging: Messaging;
}

/** Everything that controllers and resolvers work with. */
@Global()
@Module({})
class PartsModule {
  static on({ settings, log, metrics, database, messaging }: Foundation): DynamicModule {
    const given = [
      { provide: SETTINGS, useValue: settings },
      { provide: LOG, useValue: log },
      { provide: Metrics, useValue: metrics },
      { provide: Database, useValue: database },
      { provide: Messaging, useValue: messaging },
    ];
    const made = [
      AgentDirectory,
      Accounts,
      Invitations,
      LoginLimits,
      Passwords,
      Sessions,
      SignIn,
      EventLog,
      MessengerProfiles,
      VisitorPresence,
      AgentActivities,
      InboxCounts,
      MailContent,
      Contexts,
      LiveFeed,
      LiveEndpoint,
    ];
    return {
      module: PartsModule,
      providers: [...given, ...made],
      exports: [...given.map(({ provide }) => provide), ...made],
    };
  }
}

/** Introspection follows the demo unless it is set. */
export const allowsIntrospection = (settings: GatewaySettings): boolean =>
  settings.GRAPHQL_INTROSPECTION ?? settings.CONVERSATIONS_DEMO;

function graphqlOptions(contexts: Contexts, settings: GatewaySettings, log: Logger): ApolloDriverConfig {
  const introspection = allowsIntrospection(settings);
  return {
    path: GRAPHQL_PATH,
    typeDefs: readTypeDefs(),
    resolvers,
    transformSchema: guardRootFields,
    introspection,
    hideSchemaDetailsFromClientErrors: !introspection,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    playground: false,
    autoTransformHttpErrors: false,
    parseOptions: { maxTokens: MAX_TOKENS },
    formatError: (formatted: GraphQLFormattedError, error: unknown) =>
      formatError(formatted, error, (cause) => log.error({ err: cause }, 'graphql.failed')),
    context: ({ signedIn, ip }: FastifyRequest) => {
      if (signedIn === null) throw refusal('UNAUTHENTICATED', 'Sign in first');
      return contexts.create(signedIn, ip);
    },
  };
}

@Module({})
export class AppModule {
  static on(foundation: Foundation): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PartsModule.on(foundation),
        GraphQLModule.forRootAsync<ApolloDriverConfig>({
          driver: ApolloDriver,
          inject: [Contexts, SETTINGS, LOG],
          useFactory: graphqlOptions,
        }),
      ],
      controllers: [AuthController, InvitationController],
    };
  }
}
