import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Envelope } from '@conversations/contracts';
import { Messaging } from '@conversations/messaging';
import { createLogger, findRepositoryRoot } from '@conversations/runtime';
import type { NatsServer, PostgresServer, ServiceProcess } from '@conversations/testing';
import { eventually, startNats, startPostgres, startService } from '@conversations/testing';
import { Client } from 'pg';

const ROLE = 'conversation_service';
const ROLE_PASSWORD = 'role-password-of-tests';
const DATABASE = 'conversations';

/** The conversation service as processes of its own, on a broker and a database of its own. */
export interface RunningService {
  nats: NatsServer;
  postgres: PostgresServer;
  replicas: ServiceProcess[];
  /** A client beside the service: what the gateways are. */
  messaging: Messaging;
  /** Every public event so far, in the stream's order. */
  events: Envelope[];
  /** A new connection to the database: as the service's role, or as the owner of its tables. Closed by `stop`. */
  sql(as: 'role' | 'owner'): Promise<Client>;
  stop(): Promise<void>;
}

export async function startConversation(
  options: { replicas?: number; env?: NodeJS.ProcessEnv } = {},
): Promise<RunningService> {
  const started: { stop(): Promise<void> }[] = [];
  const stop = async () => {
    for (const part of started.splice(0).reverse()) await part.stop();
  };
  const keep = <T extends { stop(): Promise<void> }>(part: T): T => {
    started.push(part);
    return part;
  };
  try {
    const [nats, postgres] = await Promise.all([startNats().then(keep), startPostgres().then(keep)]);
    await postgres.createDatabase(DATABASE);
    const env: NodeJS.ProcessEnv = {
      NATS_URL: nats.url,
      DATABASE_HOST: postgres.host,
      DATABASE_PORT: String(postgres.port),
      DATABASE_NAME: DATABASE,
      DATABASE_USER: ROLE,
      DATABASE_PASSWORD: ROLE_PASSWORD,
      CHATBOT_DEFAULT_FLOW: 'off',
      ...options.env,
    };
    await runMigrations({ ...env, DATABASE_ADMIN_USER: postgres.user, DATABASE_ADMIN_PASSWORD: postgres.password });
    const replicas = await Promise.all(
      Array.from({ length: options.replicas ?? 1 }, () => startService('conversation', env).then(keep)),
    );
    const log = createLogger('test', { level: 'fatal' });
    const messaging = await Messaging.connect({ servers: nats.url, name: 'test', log });
    keep({ stop: () => messaging.drain() });
    const events: Envelope[] = [];
    messaging.followEvents({
      filters: ['evt.>'],
      from: { sequence: 1 },
      onBatch: (batch) => void events.push(...batch.map(({ envelope }) => envelope)),
      onReset: () => void events.splice(0),
    });
    const sql = async (as: 'role' | 'owner') => {
      const client = await connect(postgres, as);
      keep({ stop: () => client.end() });
      return client;
    };
    return { nats, postgres, replicas, messaging, events, sql, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function runMigrations(env: NodeJS.ProcessEnv): Promise<unknown> {
  const main = join(findRepositoryRoot(), 'dist', 'services', 'conversation', 'src', 'migrate.js');
  return promisify(execFile)(process.execPath, [main], { env: { ...process.env, ...env } });
}

async function connect(postgres: PostgresServer, as: 'role' | 'owner'): Promise<Client> {
  const client = new Client({
    host: postgres.host,
    port: postgres.port,
    database: DATABASE,
    user: as === 'role' ? ROLE : postgres.user,
    password: as === 'role' ? ROLE_PASSWORD : postgres.password,
  });
  await client.connect();
  await client.query('SET search_path = conversation');
  return client;
}

/** The events of one conversation, contact or visitor's thread, once `count` of them have come. */
export function eventsOf(service: RunningService, subject: string, count: number): Promise<Envelope[]> {
  return eventually(() => {
    const found = service.events.filter((event) => event.subject === subject);
    expect(found.length).toBeGreaterThanOrEqual(count);
    return found;
  });
}

/** `conversations.conversation.message-added.v1` is `message-added`. */
export const kindsOf = (events: readonly Envelope[]): string[] => events.map(({ type }) => type.split('.')[2] ?? type);
