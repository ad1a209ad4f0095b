import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Envelope, SavedResponseCategorySnapshot, SavedResponseSnapshot } from '@conversations/contracts';
import {
  CreateSavedResponse,
  CreateSavedResponseCategory,
  ListSavedResponseCategories,
  UserError,
} from '@conversations/contracts';
import { ensureStreams, Messaging } from '@conversations/messaging';
import { createLogger, findRepositoryRoot } from '@conversations/runtime';
import type { NatsServer, PostgresServer, ServiceProcess } from '@conversations/testing';
import { eventually, startNats, startPostgres, startService } from '@conversations/testing';
import { Client } from 'pg';

const ROLE = 'saved_response_service';
const ROLE_PASSWORD = 'role-password-of-tests';
const DATABASE = 'conversations';

export const amelie = { kind: 'agent' as const, id: 'agt_000000000000000a', name: 'Amélie' };
export const tom = { kind: 'agent' as const, id: 'agt_000000000000000b', name: 'Tom' };

/** The service as processes of its own, on a broker and a database of its own. */
export interface RunningService {
  nats: NatsServer;
  replicas: ServiceProcess[];
  /** A client beside the service: what the gateway is. */
  request: Messaging['request'];
  /** Every public event so far, in the stream's order. */
  events: Envelope[];
  /** A new connection to the database, as the service's role or as the owner of its tables. Closed by `stop`. */
  sql(as: 'role' | 'owner'): Promise<Client>;
  stop(): Promise<void>;
}

export async function startSavedResponse({ replicas = 1 } = {}): Promise<RunningService> {
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
    };
    await runMigrations({ ...env, DATABASE_ADMIN_USER: postgres.user, DATABASE_ADMIN_PASSWORD: postgres.password });
    const log = createLogger('test', { level: 'fatal' });
    const messaging = await Messaging.connect({ servers: nats.url, name: 'test', log });
    keep({ stop: () => messaging.drain() });
    await ensureStreams(messaging);
    const processes = await Promise.all(
      Array.from({ length: replicas }, () => startService('saved-response', env).then(keep)),
    );
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
    return {
      nats,
      replicas: processes,
      request: (contract, input, options) => messaging.request(contract, input, options),
      events,
      sql,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function runMigrations(env: NodeJS.ProcessEnv): Promise<unknown> {
  const main = join(findRepositoryRoot(), 'dist', 'services', 'saved-response', 'src', 'migrate.js');
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
  await client.query('SET search_path = saved_response');
  return client;
}

/** The user error that a request ends in. */
export async function errorOf(asked: Promise<unknown>): Promise<UserError> {
  const error: unknown = await asked.then(
    () => new Error('no error'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof UserError)) throw error;
  return error;
}

export async function newCategory(
  { request }: RunningService,
  name: string,
  position: number | null = null,
): Promise<SavedResponseCategorySnapshot> {
  return (await request(CreateSavedResponseCategory, { name, position, by: amelie })).category;
}

export async function newResponse(
  { request }: RunningService,
  title: string,
  { body = 'A body.', categoryId = null }: { body?: string; categoryId?: string | null } = {},
): Promise<SavedResponseSnapshot> {
  return (await request(CreateSavedResponse, { title, body, categoryId, by: amelie })).savedResponse;
}

export const categoriesNow = async ({ request }: RunningService): Promise<SavedResponseCategorySnapshot[]> =>
  (await request(ListSavedResponseCategories, {})).items;

/** The events of one saved response or category, once its version `last` was announced: each version once, in order. */
export async function eventsOf(service: RunningService, id: string, last: number): Promise<Envelope[]> {
  return eventually(
    () => {
      const found = [
        ...new Map(
          service.events.filter(({ subject }) => subject === id).map((event) => [event.id, event] as const),
        ).values(),
      ];
      expect(found.map(({ sequence }) => sequence)).toEqual(Array.from({ length: last }, (_, index) => index + 1));
      return found;
    },
    { timeoutMs: 20_000 },
  );
}
