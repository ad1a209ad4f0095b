import { setTimeout as delay } from 'node:timers/promises';
import type { DatabaseSettings, Logger } from '@conversations/runtime';
import type { Pool } from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { z } from 'zod';
import { TransactionWatch } from './transaction-watch';

export type DatabaseSettingsValues = z.output<z.ZodObject<typeof DatabaseSettings>>;

const CONNECT_LIMIT_MS = 5_000;
const STATEMENT_LIMIT_MS = 30_000;

/**
 * A pool for one service's role, which sees only its own schema. Not connected yet: see {@link openDataSource}.
 * A connection that breaks fails the call that uses it and is replaced by the next call; waiting for a connection fails after 5 s,
 * a statement after 30 s, and a transaction that does nothing for 30 s loses its locks.
 */
export function createDataSource(options: {
  settings: DatabaseSettingsValues;
  schema: string;
  entities: DataSourceOptions['entities'];
  applicationName: string;
  /** True: an index is used wherever one can be, whatever the planner makes of the sizes of tables that it last saw. */
  prefersIndexes?: boolean;
  log?: Logger;
}): DataSource {
  const { settings, schema, prefersIndexes = false, log } = options;
  return new DataSource({
    type: 'postgres',
    host: settings.DATABASE_HOST,
    port: settings.DATABASE_PORT,
    username: settings.DATABASE_USER,
    password: settings.DATABASE_PASSWORD,
    database: settings.DATABASE_NAME,
    schema,
    entities: options.entities,
    subscribers: [TransactionWatch],
    applicationName: options.applicationName,
    poolSize: settings.DATABASE_POOL,
    connectTimeoutMS: CONNECT_LIMIT_MS,
    synchronize: false,
    installExtensions: false,
    logging: false,
    poolErrorHandler: (error: unknown) => log?.warn({ err: error }, 'database.idle-connection-lost'),
    extra: {
      // jit pays only for queries far longer than any of ours.
      options: `-c search_path=${schema} -c jit=off${prefersIndexes ? ' -c enable_seqscan=off' : ''}`,
      keepAlive: true,
      // Statements need not wait for the answers of those before; see unawaited.ts.
      pipeline: true,
      idleTimeoutMillis: 60_000,
      statement_timeout: STATEMENT_LIMIT_MS,
      // The server's limit cannot arrive over a dead connection.
      query_timeout: STATEMENT_LIMIT_MS + 5_000,
      idle_in_transaction_session_timeout: 30_000,
    },
  });
}

/**
 * A connection that was just made is handed out by the pool in the same turn in which it may break, before its taker listens. Such an error must not
 * end the process: whoever uses the connection hears of it from the first query.
 */
function survivingLosses(dataSource: DataSource): DataSource {
  const { master } = dataSource.driver as unknown as { master: Pool };
  master.on('connect', (client) => client.on('error', () => undefined));
  return dataSource;
}

/** Connects; while Postgres is away it tries again, and fails with the last error after `waitMs` (default 30,000). */
export async function openDataSource(dataSource: DataSource, log: Logger, waitMs = 30_000): Promise<DataSource> {
  const end = Date.now() + waitMs;
  for (;;) {
    try {
      return survivingLosses(await dataSource.initialize());
    } catch (error) {
      if (Date.now() >= end) throw error;
      log.warn({ err: error }, 'database.not-reachable');
      await delay(500);
    }
  }
}
