import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DEMO_INBOX,
  type Installation,
  type MailCatcher,
  keepFolder,
  migrateServices,
  removeFolderWithParent,
  serviceEnvironment,
  type ServiceName,
  SERVICES,
  startMailCatcher,
  startService,
} from '@conversations/testing';
import type { GraphSimulator } from '@conversations/graph-simulator';
import { provideMessenger } from './local-messenger';
import { createDatabase, provideDatabase, provideNats, type Running, type Start } from './local-servers';
import { choosePorts, type LocalEnvironment, LocalState, newSecrets, type Ports, StartError } from './local-settings';
import { type Progress } from './progress';
import { supervise } from './supervise';

export interface LocalStackOptions {
  env: LocalEnvironment;
  progress: Progress;
  /** Temporary state and any free ports, so that it runs beside another stack. */
  throwaway: boolean;
  /** Deletes the state first. */
  fresh: boolean;
}

export interface LocalStack {
  installation: Installation;
  chatUrl: string;
  gatewayUrl: string;
  /** Port that takes mail to the inbox. */
  smtpPort: number;
  catcher: MailCatcher;
  /** In place of Meta; null where own pages are configured. */
  simulator: GraphSimulator | null;
  /** Names and addresses for the table that is shown to the person. */
  addresses: [what: string, where: string][];
  logs: string;
  /** Ends the services, then the servers. */
  stop(options?: { keepLogs?: boolean }): Promise<void>;
}

/** A person's own stack: one address opens many tabs, and nobody attacks it. Whoever sets a limit outside keeps it. */
const LOCAL_LIMITS: NodeJS.ProcessEnv = {
  CHAT_LIMIT_SOCKETS_PER_ADDRESS: '200',
  CHAT_LIMIT_UPGRADES_PER_MINUTE: '600',
  CHAT_LIMIT_NEW_VISITORS_PER_HOUR: '1000',
  CHAT_LIMIT_MESSAGES_PER_MINUTE: '120',
  CHAT_LIMIT_FRAMES_PER_MINUTE: '1200',
  CHAT_LIMIT_UPLOADS_PER_VISITOR: '100',
  CHAT_LIMIT_UPLOADS_PER_ADDRESS: '1000',
  CHAT_DRAIN_SECONDS: '1',
};

/** Starts NATS, Postgres and the services, migrates, and keeps all of them running until `stop`. */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const { env, progress, throwaway } = options;
  const state = throwaway ? undefined : new LocalState(env.CONVERSATIONS_DATA_DIR);
  const ports = await choosePorts(env, throwaway);
  if (options.fresh) state?.remove();
  const secrets = state?.secrets() ?? newSecrets();
  const scratch = state ? undefined : mkdtempSync(join(tmpdir(), 'conversations-once-'));
  if (scratch !== undefined) removeFolderWithParent(scratch);
  const logs = state?.logs ?? join(scratch ?? '', 'logs');
  keepFormerLogs(logs);
  const blobs = state?.blobs ?? join(scratch ?? '', 'blobs');
  mkdirSync(blobs, { recursive: true });

  let simulator: GraphSimulator | null = null;
  const stopping = new AbortController();
  const running: { name: string; part: Running }[] = [];
  let catcher: MailCatcher | undefined;
  const stop = async ({ keepLogs = false } = {}) => {
    stopping.abort();
    const services = running.filter(({ name }) => isService(name));
    const servers = running.filter(({ name }) => !isService(name));
    await Promise.all(services.map(({ part }) => part.stop()));
    await simulator?.stop();
    for (const { part } of servers) await part.stop();
    await catcher?.stop();
    if (scratch === undefined) return;
    if (!keepLogs) rmSync(scratch, { recursive: true, force: true });
    await keepFolder(scratch);
  };
  const start: Start = (name, what, work) =>
    progress.step(what, async () => {
      const part = await work();
      running.push({ name, part });
      if (stopping.signal.aborted) await part.stop();
      return part;
    });

  try {
    const mails = await startMailCatcher({ smtpPort: ports.catcherSmtp, webPort: ports.catcherWeb });
    catcher = mails;
    const [nats, database] = await Promise.all([
      provideNats(env, progress, state, secrets.natsPassword, join(logs, 'nats.log'), start),
      provideDatabase(env, progress, state, secrets.postgresPassword, join(logs, 'postgres.log'), start),
    ]);
    const chatUrl = `http://localhost:${ports.chatGateway}`;
    const gatewayUrl = `http://localhost:${ports.graphqlGateway}`;
    const messenger =
      ports.graphSimulator === null
        ? null
        : await provideMessenger({
            port: ports.graphSimulator,
            webhookPort: ports.messengerConnector,
            folder: state?.messenger ?? join(scratch ?? '', 'messenger'),
            secret: secrets.chatTokenSecret,
            remember: state !== undefined,
          });
    simulator = messenger?.simulator ?? null;
    const installation: Installation = {
      nats,
      database,
      rolePassword: secrets.rolePassword,
      chatTokenSecret: secrets.chatTokenSecret,
      demoPassword: env.DEMO_PASSWORD ?? secrets.demoPassword,
      publicOrigin: gatewayUrl,
      blobFolder: process.env['BLOB_STORE_DIR'] ?? blobs,
      messengerConfigFile: messenger?.configFile ?? env.MESSENGER_CONFIG_FILE,
      siteOrigins: [chatUrl, `http://127.0.0.1:${ports.chatGateway}`],
      email: { smtpPort: ports.emailSmtp, outPort: ports.catcherSmtp },
    };
    await progress.step('migrations', async () => {
      await createDatabase(installation.database);
      await migrateServices(installation, join(logs, 'migrate.log'));
    });
    const services = await Promise.all(
      SERVICES.map((name) =>
        start(name, name, () =>
          startService(name, environmentOf(name, installation, ports, env), {
            logFile: join(logs, `${name}.log`),
            readyTimeoutMs: 60_000,
          }),
        ),
      ),
    );
    for (const { name, part } of running) {
      void supervise(name, part, (line) => progress.say(line), stopping.signal);
    }
    const addresses: LocalStack['addresses'] = [
      ["Agents' inbox", gatewayUrl],
      ["Agents' API", `${gatewayUrl}/graphql`],
      ['Chat demo page', `${chatUrl}/demo`],
      ['Widget', `${chatUrl}/widget.js`],
      ['Email to the inbox', `${DEMO_INBOX}, SMTP localhost:${ports.emailSmtp}`],
      ['Outgoing mail', mails.url],
      ...(messenger ? [['Messenger simulator', messenger.url] satisfies [string, string]] : []),
      ['Messenger webhook', `http://localhost:${ports.messengerConnector}/webhook`],
      ['NATS', nats.url],
      ['Postgres', `${database.host}:${database.port}, database ${database.name}`],
      ...services.map((service): [string, string] => [`${service.name}, management`, service.url('/readyz')]),
      ...(state ? [['State', state.describe()] satisfies [string, string]] : []),
      ['Logs', logs],
    ];
    return {
      installation,
      chatUrl,
      gatewayUrl,
      smtpPort: ports.emailSmtp,
      catcher: mails,
      simulator,
      addresses,
      logs,
      stop,
    };
  } catch (error) {
    await stop({ keepLogs: true });
    throw new StartError(`${error instanceof Error ? error.message : String(error)}\nLogs: ${logs}`, { cause: error });
  }
}

function environmentOf(
  name: ServiceName,
  installation: Installation,
  ports: Ports,
  env: LocalEnvironment,
): NodeJS.ProcessEnv {
  const limits = Object.fromEntries(
    Object.entries(LOCAL_LIMITS).map(([key, value]) => [key, process.env[key] ?? value]),
  );
  const own: Record<ServiceName, { managementPort: number | undefined; port?: NodeJS.ProcessEnv }> = {
    conversation: { managementPort: env.CONVERSATION_MANAGEMENT_PORT },
    'saved-response': { managementPort: env.SAVED_RESPONSE_MANAGEMENT_PORT },
    'email-ingest': {
      managementPort: env.EMAIL_INGEST_MANAGEMENT_PORT,
      port: { EMAIL_INGEST_PORT: String(ports.emailHttp) },
    },
    'chat-gateway': {
      managementPort: env.CHAT_GATEWAY_MANAGEMENT_PORT,
      port: { CHAT_GATEWAY_PORT: String(ports.chatGateway) },
    },
    'graphql-gateway': {
      managementPort: env.GRAPHQL_GATEWAY_MANAGEMENT_PORT,
      port: { GRAPHQL_GATEWAY_PORT: String(ports.graphqlGateway) },
    },
    'messenger-connector': {
      managementPort: env.MESSENGER_CONNECTOR_MANAGEMENT_PORT,
      port: {
        MESSENGER_CONNECTOR_PORT: String(ports.messengerConnector),
        MESSENGER_PUBLIC_URL: env.MESSENGER_PUBLIC_URL ?? `http://localhost:${ports.messengerConnector}`,
      },
    },
  };
  const { managementPort, port } = own[name];
  return {
    ...limits,
    ...serviceEnvironment(name, installation),
    ...port,
    ...(managementPort === undefined ? {} : { MANAGEMENT_PORT: String(managementPort) }),
  };
}

const isService = (name: string) => SERVICES.some((service) => service === name);

/** The logs of the start before are kept as `<name>.previous.log`: they tell why it ended. */
function keepFormerLogs(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) {
    if (!file.endsWith('.log') || file.endsWith('.previous.log')) continue;
    const former = join(folder, file.replace(/\.log$/, '.previous.log'));
    if (existsSync(former)) rmSync(former);
    renameSync(join(folder, file), former);
  }
}
