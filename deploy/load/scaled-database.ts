import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findRepositoryRoot } from '@conversations/runtime';
import { startNats, startPostgres, type NatsServer, type PostgresServer } from '@conversations/testing';

export const SCALED_DATABASE = 'conversations';
const ROLE = 'conversation_service';
const PASSWORD = 'scaled';

/** A broker and a database whose data stay in a folder. */
export interface ScaledDatabase {
  nats: NatsServer;
  postgres: PostgresServer;
  /** Settings of the conversation service. */
  env: NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

/** The folder of `--data`, or none. */
export function dataFolder(): string | undefined {
  const index = process.argv.indexOf('--data');
  return index < 0 ? undefined : process.argv[index + 1];
}

export async function openScaledDatabase(dataDir: string): Promise<ScaledDatabase> {
  const postgres = await startPostgres({ dataDir, password: PASSWORD });
  const nats = await startNats().catch(async (error: unknown) => {
    await postgres.stop();
    throw error;
  });
  const env: NodeJS.ProcessEnv = {
    NATS_URL: nats.url,
    DATABASE_HOST: postgres.host,
    DATABASE_PORT: String(postgres.port),
    DATABASE_NAME: SCALED_DATABASE,
    DATABASE_USER: ROLE,
    DATABASE_PASSWORD: PASSWORD,
  };
  const stop = async () => {
    await nats.stop();
    await postgres.stop();
  };
  return { nats, postgres, env, stop };
}

/** What the conversation service needs in an empty database. */
export async function migrateConversations({ postgres, env }: ScaledDatabase): Promise<void> {
  await postgres.createDatabase(SCALED_DATABASE);
  const main = join(findRepositoryRoot(), 'dist/services/conversation/src/migrate.js');
  const admin = { DATABASE_ADMIN_USER: postgres.user, DATABASE_ADMIN_PASSWORD: postgres.password };
  await promisify(execFile)(process.execPath, [main], { env: { ...process.env, ...env, ...admin } });
}
