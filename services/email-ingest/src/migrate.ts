import { migrate } from '@conversations/persistence';
import { createLogger, readSettings } from '@conversations/runtime';
import { MigrateSettings } from './config';
import { SCHEMA } from './data-source';
import { migrations } from './migrations';

/** Brings the schema and the role to what this release wants; any number of times. */
async function run(): Promise<void> {
  const settings = readSettings(MigrateSettings);
  await migrate({
    admin: settings,
    service: 'email-ingest',
    schema: SCHEMA,
    role: settings.DATABASE_USER,
    rolePassword: settings.DATABASE_PASSWORD,
    migrations,
    log: createLogger('email-ingest-migrate', { level: settings.LOG_LEVEL }),
  });
}

run().catch((error: unknown) => {
  createLogger('email-ingest-migrate').fatal({ err: error }, 'migrate.failed');
  process.exitCode = 1;
});
