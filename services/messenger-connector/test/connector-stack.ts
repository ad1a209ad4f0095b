import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DataOf, MessageContract } from '@conversations/contracts';
import { ensureStreams, Messaging } from '@conversations/messaging';
import { createLogger, findRepositoryRoot } from '@conversations/runtime';
import type { NatsServer, PostgresServer, ServiceProcess } from '@conversations/testing';
import { freePort, removeFolderWithParent, startNats, startPostgres, startService } from '@conversations/testing';
import { Client, type QueryResultRow } from 'pg';

const ROLE = 'messenger_service';
const ROLE_PASSWORD = 'role-password-of-tests';
const DATABASE = 'conversations';

export const APP = { id: '900', secret: 'secret-of-the-app-of-tests', verifyToken: 'verify-token-of-tests' };
export const PAGE = { id: '104', name: 'Demo shop', token: 'token-of-the-page-104' };

export interface TestApp {
  id: string;
  secret: string;
  previousSecret?: string;
  verifyToken: string;
}
export interface TestPage {
  id: string;
  name: string;
  token: string;
  app?: string;
  humanAgent?: boolean;
  enabled?: boolean;
}
export interface TestConfig {
  apps?: TestApp[];
  pages?: TestPage[];
  graph?: Record<string, unknown>;
}

/** messenger-connector as a process of its own, on a broker and a database of its own. */
export interface ConnectorStack {
  nats: NatsServer;
  postgres: PostgresServer;
  replicas: ServiceProcess[];
  messaging: Messaging;
  blobFolder: string;
  /** One for each replica. */
  webhookUrls: string[];
  webhookUrl: string;
  /** What the service told so far and the broker took, in its order. */
  told<C extends MessageContract>(contract: C): Promise<DataOf<C>[]>;
  /** Writes the configuration anew; the service reads it within a second. */
  configure(config: TestConfig): void;
  /** Asks the database as its owner. */
  rows<R extends QueryResultRow>(text: string, values?: unknown[]): Promise<R[]>;
  stop(): Promise<void>;
}

export interface ConnectorOptions {
  replicas?: number;
  config?: TestConfig | null;
  env?: NodeJS.ProcessEnv;
  webhookPort?: number;
}

export async function startConnector(options: ConnectorOptions = {}): Promise<ConnectorStack> {
  const { replicas = 1, config = {}, env: extra = {} } = options;
  const scratch = mkdtempSync(join(tmpdir(), 'conversations-messenger-'));
  removeFolderWithParent(scratch);
  const started: { stop(): Promise<void> }[] = [];
  const stop = async () => {
    for (const part of started.splice(0).reverse()) await part.stop();
    rmSync(scratch, { recursive: true, force: true });
  };
  const keep = <T extends { stop(): Promise<void> }>(part: T): T => {
    started.push(part);
    return part;
  };
  try {
    const [nats, postgres] = await Promise.all([startNats().then(keep), startPostgres().then(keep)]);
    await postgres.createDatabase(DATABASE);
    const configFile = join(scratch, 'messenger.yaml');
    const configure = (given: TestConfig) => writeConfig(scratch, configFile, given);
    if (config !== null) configure(config);
    const blobFolder = join(scratch, 'blobs');
    mkdirSync(blobFolder);
    const env: NodeJS.ProcessEnv = {
      NATS_URL: nats.url,
      DATABASE_HOST: postgres.host,
      DATABASE_PORT: String(postgres.port),
      DATABASE_NAME: DATABASE,
      DATABASE_USER: ROLE,
      DATABASE_PASSWORD: ROLE_PASSWORD,
      BLOB_STORE_DIR: blobFolder,
      MESSENGER_CONFIG_FILE: config === null ? undefined : configFile,
      MESSENGER_UNKNOWN_AFTER_SECONDS: '2',
      MESSENGER_PROBE_SECONDS: '1',
      ...extra,
    };
    const main = join(findRepositoryRoot(), 'dist', 'services', 'messenger-connector', 'src', 'migrate.js');
    await promisify(execFile)(process.execPath, [main], {
      env: { ...process.env, ...env, DATABASE_ADMIN_USER: postgres.user, DATABASE_ADMIN_PASSWORD: postgres.password },
    });
    const log = createLogger('test', { level: 'fatal' });
    const messaging = await Messaging.connect({ servers: nats.url, name: 'test', log });
    keep({ stop: () => messaging.drain() });
    await ensureStreams(messaging);
    const ports = [options.webhookPort ?? (await freePort())];
    while (ports.length < replicas) ports.push(await freePort());
    const processes = await Promise.all(
      ports.map(async (port) =>
        keep(await startService('messenger-connector', { ...env, MESSENGER_CONNECTOR_PORT: String(port) })),
      ),
    );
    const webhookUrls = ports.map((port) => `http://127.0.0.1:${port}/webhook`);
    const client = await connect(postgres);
    keep({ stop: () => client.end() });
    return {
      ...{ nats, postgres, replicas: processes, messaging, blobFolder, webhookUrls, configure, stop },
      webhookUrl: webhookUrls[0] ?? '',
      rows: async <R extends QueryResultRow>(text: string, values: unknown[] = []) =>
        (await client.query<R>(text, values)).rows,
      told: async <C extends MessageContract>(contract: C) => {
        const { rows } = await client.query<{ body: string }>(
          'SELECT body FROM outbox WHERE stream_seq IS NOT NULL AND starts_with(subject, $1) ORDER BY seq',
          [`${contract.subjectRoot}.`],
        );
        return rows.map(({ body }) => contract.schema.parse((JSON.parse(body) as { data: unknown }).data) as DataOf<C>);
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function connect(postgres: PostgresServer): Promise<Client> {
  const client = new Client({
    ...{ host: postgres.host, port: postgres.port, database: DATABASE },
    ...{ user: postgres.user, password: postgres.password },
  });
  // A killed server takes the connection with it; whoever kills it connects anew.
  client.on('error', () => undefined);
  await client.connect();
  await client.query('SET search_path = messenger');
  return client;
}

/** The file comes last and by renaming, as those who mount secrets do it. */
function writeConfig(folder: string, file: string, { apps = [APP], pages = [PAGE], graph = {} }: TestConfig): void {
  const secret = (name: string, text: string) => {
    writeFileSync(join(folder, `${name}.new`), `${text}\n`);
    renameSync(join(folder, `${name}.new`), join(folder, name));
    return name;
  };
  const config = {
    apps: apps.map(({ id, secret: text, previousSecret, verifyToken }) => ({
      id,
      secretFile: secret(`app-${id}.secret`, text),
      ...(previousSecret === undefined ? {} : { previousSecretFile: secret(`app-${id}.previous`, previousSecret) }),
      verifyTokenFile: secret(`app-${id}.verify`, verifyToken),
    })),
    pages: pages.map(({ token, app = apps[0]?.id, ...page }, index) => ({
      ...page,
      app,
      tokenFile: secret(`page-${index}.token`, token),
    })),
    graph: { baseUrl: 'http://127.0.0.1:9', timeoutSeconds: 2, ...graph },
  };
  writeFileSync(`${file}.new`, JSON.stringify(config));
  renameSync(`${file}.new`, file);
}

export const signatureOf = (body: Buffer, secret: string) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

/** Delivers as Meta does; resolves with the answer's status. */
export async function deliver(url: string, body: unknown, secret = APP.secret): Promise<number> {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': signatureOf(bytes, secret) },
    body: new Uint8Array(bytes),
  });
  await response.arrayBuffer();
  return response.status;
}

let mids = 0;

/** A person's message as an item of a delivery. */
export function messageItem(text: string, overrides: Record<string, unknown> = {}): Record<string, unknown> {
  mids += 1;
  return {
    sender: { id: '24006789' },
    recipient: { id: PAGE.id },
    timestamp: Date.now(),
    message: { mid: `m_test_${mids}`, text },
    ...overrides,
  };
}

export const deliveryOf = (items: unknown[], pageId = PAGE.id) => ({
  object: 'page',
  entry: [{ id: pageId, time: Date.now(), messaging: items }],
});
