import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AgentClient } from './agent-client';
import { freePort } from './free-port';
import { keepFolder, removeFolderWithParent } from './guarded-process';
import { migrateServices } from './migrate-services';
import { type MailCatcher, startMailCatcher } from './mail-catcher/mail-catcher';
import { type NatsServer, startNats } from './nats-server';
import { type PostgresServer, startPostgres } from './postgres-server';
import { type ServiceProcess, startService } from './service-process';
import { DEMO_AGENTS, type Installation, serviceEnvironment, type ServiceName, SERVICES } from './stack-environment';
import { WidgetClient, type WidgetClientOptions } from './widget-client';

export interface StackOptions {
  /** Processes of each service; a number for all, default 1. */
  replicas?: number | Partial<Record<ServiceName, number>>;
  /** Settings for all services, on top of the tests' own. */
  env?: NodeJS.ProcessEnv;
  /** True: Postgres flushes commits to the disk. Measurements need it, tests do not. */
  durable?: boolean;
}

/** A whole installation on free ports, ended with this process at the latest. */
export interface Stack {
  readonly nats: NatsServer;
  readonly postgres: PostgresServer;
  readonly installation: Installation;
  readonly services: Record<ServiceName, ServiceProcess[]>;
  /** One for each replica of chat-gateway, e.g. `http://localhost:23456`. */
  readonly chatUrls: string[];
  /** One for each replica of graphql-gateway. The first is PUBLIC_ORIGIN of all. */
  readonly gatewayUrls: string[];
  /** Where all outgoing mail ends. */
  readonly catcher: MailCatcher;
  /** Ports that take mail, one for each replica of email-ingest. */
  readonly smtpPorts: number[];
  /** Where Meta delivers; one for each replica of messenger-connector. */
  readonly webhookUrls: string[];
  signIn(agent: keyof typeof DEMO_AGENTS): Promise<AgentClient>;
  /** A visitor's browser that goes from replica to replica on reconnects; not connected yet. */
  widget(options?: Partial<WidgetClientOptions>): WidgetClient;
  /** Everything the services have written. */
  logs(): string;
  stop(): Promise<void>;
}

/** Whoever tests limits or the chatbot sets them; all others must not meet them. */
const TEST_SETTINGS: NodeJS.ProcessEnv = {
  CHATBOT_DEFAULT_FLOW: 'off',
  CHAT_LIMIT_SOCKETS_PER_ADDRESS: '100000',
  CHAT_LIMIT_UPGRADES_PER_MINUTE: '1000000',
  CHAT_LIMIT_NEW_VISITORS_PER_HOUR: '1000000',
  CHAT_LIMIT_SOCKETS_PER_VISITOR: '1000',
  CHAT_LIMIT_MESSAGES_PER_MINUTE: '1000000',
  CHAT_LIMIT_FRAMES_PER_MINUTE: '10000000',
  CHAT_LIMIT_REQUESTS_PER_MINUTE: '1000000',
  CHAT_LIMIT_UPLOADS_PER_VISITOR: '1000000',
  CHAT_LIMIT_UPLOADS_PER_ADDRESS: '1000000',
  GRAPHQL_SOCKETS_PER_SESSION: '1000',
  EMAIL_OUT_PER_DOMAIN: '100000',
  EMAIL_OUT_LEASE_SECONDS: '3',
  EMAIL_OUT_RETRY_SECONDS: '0.5,1,2',
};

const PORT_SETTING: Partial<Record<ServiceName, string>> = {
  'chat-gateway': 'CHAT_GATEWAY_PORT',
  'graphql-gateway': 'GRAPHQL_GATEWAY_PORT',
  'email-ingest': 'EMAIL_SMTP_PORT',
  'messenger-connector': 'MESSENGER_CONNECTOR_PORT',
};

/** Like `Promise.all`, but rejects only when none is under way any more: what has started by then can be stopped. */
async function allStarted<T>(starts: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(starts);
  return Promise.all(starts);
}

/** NATS, Postgres, migrations and all services with the demo accounts. The services must have been built. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const { replicas = 1 } = options;
  const count = (name: ServiceName) => (typeof replicas === 'number' ? replicas : (replicas[name] ?? 1));
  const scratch = mkdtempSync(join(tmpdir(), 'conversations-stack-'));
  removeFolderWithParent(scratch);
  const started: { stop(): Promise<void> }[] = [];
  const stop = async () => {
    for (const part of started.splice(0).reverse()) await part.stop();
    rmSync(scratch, { recursive: true, force: true });
    await keepFolder(scratch);
  };
  const keep = <T extends { stop(): Promise<void> }>(part: T): T => {
    started.push(part);
    return part;
  };

  try {
    const starting = [
      startMailCatcher().then(keep),
      startNats().then(keep),
      startPostgres({ durable: options.durable ?? false }).then(keep),
    ] as const;
    await Promise.allSettled(starting);
    const [catcher, nats, postgres] = await Promise.all(starting);
    await postgres.createDatabase('conversations');
    const portsOf = (name: ServiceName) => Promise.all(Array.from({ length: count(name) }, freePort));
    const ports: Record<ServiceName, number[]> = {
      conversation: await portsOf('conversation'),
      'saved-response': await portsOf('saved-response'),
      'email-ingest': await portsOf('email-ingest'),
      'chat-gateway': await portsOf('chat-gateway'),
      'graphql-gateway': await portsOf('graphql-gateway'),
      'messenger-connector': await portsOf('messenger-connector'),
    };
    const chatUrls = ports['chat-gateway'].map((port) => `http://localhost:${port}`);
    const gatewayUrls = ports['graphql-gateway'].map((port) => `http://localhost:${port}`);
    const installation: Installation = {
      nats: { url: nats.url },
      database: {
        host: postgres.host,
        port: postgres.port,
        name: 'conversations',
        adminUser: postgres.user,
        adminPassword: postgres.password,
      },
      rolePassword: randomBytes(18).toString('base64url'),
      chatTokenSecret: randomBytes(32).toString('base64url'),
      demoPassword: randomBytes(9).toString('base64url'),
      publicOrigin: gatewayUrls[0] ?? 'http://localhost',
      siteOrigins: chatUrls,
      email: { smtpPort: 0, outPort: catcher.smtpPort },
      blobFolder: join(scratch, 'blobs'),
    };
    mkdirSync(join(scratch, 'blobs'));
    await migrateServices(installation, join(scratch, 'migrate.log'));

    const startReplicas = (name: ServiceName) =>
      allStarted(
        ports[name].map(async (port) => {
          const portSetting = PORT_SETTING[name];
          const env = { ...TEST_SETTINGS, ...serviceEnvironment(name, installation), ...options.env };
          return keep(
            await startService(name, portSetting === undefined ? env : { ...env, [portSetting]: String(port) }),
          );
        }),
      );
    const [conversation, savedResponse, emailIngest, messengerConnector, chatGateway, graphqlGateway] =
      await allStarted(SERVICES.map(startReplicas));
    const services: Stack['services'] = {
      conversation: conversation ?? [],
      'saved-response': savedResponse ?? [],
      'email-ingest': emailIngest ?? [],
      'chat-gateway': chatGateway ?? [],
      'graphql-gateway': graphqlGateway ?? [],
      'messenger-connector': messengerConnector ?? [],
    };
    return {
      nats,
      postgres,
      installation,
      services,
      chatUrls,
      gatewayUrls,
      catcher,
      smtpPorts: ports['email-ingest'],
      webhookUrls: ports['messenger-connector'].map((port) => `http://localhost:${port}/webhook`),
      signIn: (agent) =>
        AgentClient.signIn({
          urls: gatewayUrls,
          origin: installation.publicOrigin,
          email: DEMO_AGENTS[agent],
          password: installation.demoPassword,
        }),
      widget: (overrides = {}) => new WidgetClient({ urls: chatUrls, ...overrides }),
      logs: () =>
        Object.values(services)
          .flat()
          .map((service) => service.logs())
          .join('\n'),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
