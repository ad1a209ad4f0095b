import { join } from 'node:path';
import { findRepositoryRoot, nestLogger } from '@conversations/runtime';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { allowsIntrospection, AppModule, type Foundation } from './app.module';
import { AgentDirectory } from './auth/agent-directory';
import { seedDemoAccounts } from './auth/demo-accounts';
import { LoginLimits } from './auth/login-limits';
import { Passwords } from './auth/password';
import { serveAgentAddresses } from './auth/serve-agent-addresses';
import { SessionCookie } from './auth/session-cookie';
import { Sessions } from './auth/sessions';
import { serveAgentFiles } from './files/agent-files';
import { sweepUploads } from './files/sweep-uploads';
import { guardHttp, MAX_BODY } from './http-guard';
import { Documents } from './limits/documents';
import { AgentActivities } from './live/agent-activities';
import { EventLog } from './live/event-log';
import { InboxCounts } from './live/inbox-counts';
import { LiveEndpoint } from './live/live-endpoint';
import { VisitorPresence } from './live/visitor-presence';
import { serveAgentUi } from './serve-agent-ui';

/** Where `npm run build` puts the agents' pages. */
const AGENT_UI = ['dist', 'services', 'agent-ui', 'public'];
/** For the largest file over a slow line; http-guard.ts is stricter with everything else. */
const REQUEST_MS = 10 * 60_000;
const PRUNE_MS = 60 * 60 * 1_000;

export interface Gateway {
  /** Where it listens, e.g. `http://127.0.0.1:3000`. */
  url: string;
  /** Asks sockets to come back elsewhere and finishes the requests in work. */
  stop(): Promise<void>;
}

/** The gateway on a database and a broker that are there already. */
export async function startGateway(foundation: Foundation): Promise<Gateway> {
  const { settings, log, database, messaging } = foundation;
  const trusted = settings.GRAPHQL_TRUSTED_PROXIES;
  const adapter = new FastifyAdapter({
    trustProxy: trusted.length > 0 ? trusted : false,
    bodyLimit: MAX_BODY,
    requestTimeout: REQUEST_MS,
    forceCloseConnections: 'idle',
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.on(foundation), adapter, {
    logger: nestLogger(log),
    bodyParser: false,
    abortOnError: false,
  });
  const sessions = app.get(Sessions);
  const cookie = new SessionCookie(settings.PUBLIC_ORIGIN);
  // Made with the first request: the schema is there once Nest has begun.
  let made: Documents | null = null;
  const documents = () => (made ??= new Documents(app.get(GraphQLSchemaHost).schema, allowsIntrospection(settings)));
  guardHttp(adapter.getInstance(), {
    publicOrigin: settings.PUBLIC_ORIGIN,
    cookie,
    sessions,
    documents,
  });
  await serveAgentUi(adapter.getInstance(), join(findRepositoryRoot(), ...AGENT_UI), log);
  serveAgentFiles(adapter.getInstance(), { settings, sessions, cookie, messaging, log });
  await app.init();

  if (settings.CONVERSATIONS_DEMO && settings.DEMO_PASSWORD !== undefined)
    await seedDemoAccounts(database, app.get(Passwords), settings.DEMO_PASSWORD);
  await app.get(AgentDirectory).start();
  const stopAnswering = serveAgentAddresses(messaging, app.get(AgentDirectory));
  await app.get(VisitorPresence).start();
  await app.get(EventLog).start();
  const live = app.get(LiveEndpoint);
  live.start(app.getHttpServer(), app.get(GraphQLSchemaHost).schema, documents());

  const prune = setInterval(() => {
    Promise.all([sessions.prune(), app.get(LoginLimits).prune()]).catch((error: unknown) =>
      log.warn({ err: error }, 'accounts.not-pruned'),
    );
  }, PRUNE_MS);
  const sweeping = sweepUploads(settings, messaging, log);
  await app.listen(settings.GRAPHQL_GATEWAY_PORT, settings.GRAPHQL_GATEWAY_HOST);
  const url = await app.getUrl();
  log.info({ url }, 'http.listening');
  return {
    url,
    stop: async () => {
      clearInterval(prune);
      stopAnswering();
      app.get(AgentDirectory).stop();
      sweeping.stop();
      app.get(InboxCounts).stop();
      app.get(AgentActivities).stop();
      await live.stop();
      await app.get(EventLog).stop();
      await app.close();
    },
  };
}
