import { ConversationRead, type DataOf } from '@conversations/contracts';
import { Messaging, ensureStreams } from '@conversations/messaging';
import { createLogger } from '@conversations/runtime';
import { type NatsServer, type PostgresServer, startNats, startPostgres } from '@conversations/testing';
import { Client } from 'pg';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import {
  Database,
  type Grant,
  InboundPositionMigration,
  OutboxMigration,
  OutboxRelay,
  type Tx,
  createDataSource,
  emit,
  migrate,
} from '../src/index';

export const SCHEMA = 'sample';
const ROLE = 'sample_service';
const PASSWORD = "it's a secret";

/** A thread has a row lock and a version, as a conversation does. */
class ThreadMigration implements MigrationInterface {
  readonly name = 'Thread1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE thread (id text PRIMARY KEY, version integer NOT NULL)');
    await runner.query('CREATE TABLE visit (id text PRIMARY KEY)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE thread, visit');
  }
}

export const log = createLogger('persistence-test', { level: process.env['LOG_LEVEL'] ?? 'silent' });

const adminSettings = (postgres: PostgresServer) => ({
  DATABASE_HOST: postgres.host,
  DATABASE_PORT: postgres.port,
  DATABASE_NAME: 'sample',
  DATABASE_ADMIN_USER: postgres.user,
  DATABASE_ADMIN_PASSWORD: postgres.password,
});

export const migrateSample = (postgres: PostgresServer, grants: Grant[] = []) =>
  migrate({
    admin: adminSettings(postgres),
    service: 'sample',
    schema: SCHEMA,
    role: ROLE,
    rolePassword: PASSWORD,
    migrations: [OutboxMigration, InboundPositionMigration, ThreadMigration],
    grants,
    log,
  });

export async function startSamplePostgres(): Promise<PostgresServer> {
  const postgres = await startPostgres();
  await postgres.createDatabase('sample');
  return postgres;
}

export async function startSampleNats(): Promise<{ nats: NatsServer; messaging: Messaging }> {
  const nats = await startNats();
  const messaging = await connectMessaging(nats);
  await ensureStreams(messaging);
  return { nats, messaging };
}

export const connectMessaging = (nats: NatsServer) =>
  Messaging.connect({ servers: nats.url, name: 'persistence-test', log });

/** Logged in as the service's role. */
export const createSample = (postgres: PostgresServer, applicationName = 'sample'): DataSource =>
  createDataSource({
    settings: {
      ...adminSettings(postgres),
      DATABASE_USER: ROLE,
      DATABASE_PASSWORD: PASSWORD,
      DATABASE_POOL: 12,
    },
    schema: SCHEMA,
    entities: [],
    applicationName,
    log,
  });

export const openSample = (postgres: PostgresServer, applicationName = 'sample'): Promise<DataSource> =>
  createSample(postgres, applicationName).initialize();

export async function asAdmin<R extends object>(
  postgres: PostgresServer,
  sql: string,
  values: unknown[] = [],
): Promise<R[]> {
  const client = new Client({
    host: postgres.host,
    port: postgres.port,
    user: postgres.user,
    password: postgres.password,
    database: 'sample',
  });
  await client.connect();
  return client
    .query<R>(sql, values)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}

/** A service of one process: its pool, its relay, and transactions that wake it. */
export async function openReplica(postgres: PostgresServer, messaging: Messaging, name = 'sample') {
  const dataSource = await openSample(postgres, name);
  const relay = new OutboxRelay({ dataSource, schema: SCHEMA, messaging, log });
  const database = new Database(dataSource, { relay });
  return {
    dataSource,
    relay,
    database,
    close: async () => {
      await relay.stop();
      await dataSource.destroy();
    },
  };
}

export const threadId = (number: number) => `cnv_${String(number).padStart(32, '0')}`;

const readEvent = (id: string, version: number): DataOf<typeof ConversationRead> => {
  const { conversation } = ConversationRead.schema.parse(ConversationRead.example);
  return { conversation: { ...conversation, id, version } };
};

/** One change of a thread and its event, under the thread's row lock. */
export async function changeThread(tx: Tx, thread: number): Promise<number> {
  const id = threadId(thread);
  const [row] = await tx.query<{ version: number }[]>(
    `INSERT INTO thread VALUES ($1, 1) ON CONFLICT (id) DO UPDATE SET version = thread.version + 1 RETURNING version`,
    [id],
  );
  const version = row?.version ?? 0;
  await emit(tx, ConversationRead, id, readEvent(id, version), { sequence: version });
  return version;
}

export interface Seen {
  thread: string;
  version: number;
  id: string;
}

/** What a reader of the stream sees, from its beginning. */
export function followSample(messaging: Messaging) {
  const seen: Seen[] = [];
  const follower = messaging.followEvents({
    filters: ['evt.>'],
    from: { sequence: 1 },
    onBatch: (messages) => {
      for (const { envelope } of messages) {
        seen.push({ thread: envelope.subject, version: envelope.sequence ?? 0, id: envelope.id });
      }
    },
    onReset: () => undefined,
  });
  return { seen, stop: () => follower.stop() };
}

/** The versions of each thread as first seen: consumers know a repeated event by its id. */
export function versionsByThread(seen: readonly Seen[]): Map<string, number[]> {
  const known = new Set<string>();
  const versions = new Map<string, number[]>();
  for (const { thread, version, id } of seen) {
    if (known.has(id)) continue;
    known.add(id);
    versions.set(thread, [...(versions.get(thread) ?? []), version]);
  }
  return versions;
}

export const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
