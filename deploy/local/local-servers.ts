import { type Installation, startNats, startPostgres } from '@conversations/testing';
import { Client } from 'pg';
import type { LocalEnvironment, LocalState } from './local-settings';
import type { Progress } from './progress';
import type { Watched } from './supervise';

/** A part that the launcher started and has to end. */
export interface Running extends Watched {
  stop(): Promise<void>;
}

/** Starts a part as a step that is shown, and keeps it. */
export type Start = <T extends Running>(name: string, what: string, work: () => Promise<T>) => Promise<T>;

/** A NATS server of this stack, or the one that NATS_URL names. */
export async function provideNats(
  env: LocalEnvironment,
  progress: Progress,
  state: LocalState | undefined,
  password: string,
  logFile: string,
  start: Start,
): Promise<Installation['nats']> {
  if (env.NATS_URL !== undefined) return { url: env.NATS_URL, user: env.NATS_USER, password: env.NATS_PASSWORD };
  const login = { user: 'conversations', password };
  const server = await start('nats', 'NATS', () =>
    startNats({
      ...login,
      storeDir: state?.nats,
      port: env.NATS_PORT,
      logFile,
      onProgress: (line) => progress.note(line),
    }),
  );
  return { url: server.url, ...login };
}

/** A Postgres server of this stack, or the one that DATABASE_HOST names. */
export async function provideDatabase(
  env: LocalEnvironment,
  progress: Progress,
  state: LocalState | undefined,
  password: string,
  logFile: string,
  start: Start,
): Promise<Installation['database']> {
  const name = env.DATABASE_NAME;
  if (env.DATABASE_HOST !== undefined) {
    const [adminUser, adminPassword] = [env.DATABASE_USER, env.DATABASE_PASSWORD];
    return { host: env.DATABASE_HOST, port: env.DATABASE_PORT ?? 5432, name, adminUser, adminPassword };
  }
  const server = await start('postgres', 'Postgres', () =>
    startPostgres({
      ...(state ? { dataDir: state.postgres, password } : {}),
      port: env.POSTGRES_PORT,
      logFile,
      onProgress: (line) => progress.note(line),
    }),
  );
  return { host: server.host, port: server.port, name, adminUser: server.user, adminPassword: server.password };
}

/** Makes the database when the server has none of that name. */
export async function createDatabase({
  host,
  port,
  name,
  adminUser,
  adminPassword,
}: Installation['database']): Promise<void> {
  const client = new Client({ host, port, user: adminUser, password: adminPassword, database: 'postgres' });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
