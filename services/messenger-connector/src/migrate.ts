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
    service: 'messenger-connector',
    schema: SCHEMA,
    role: settings.DATABASE_USER,
    rolePassword: settings.DATABASE_PASSWORD,
    migrations,
    grants: ['event', 'echo', 'part', 'reply', 'media_file', 'media_message'].map((table) => ({
      table,
      privileges: ['DELETE'],
    })),
    log: createLogger('messenger-connector-migrate', { level: settings.LOG_LEVEL }),
  });
}

run().catch((error: unknown) => {
  createLogger('messenger-connector-migrate').fatal({ err: error }, 'migrate.failed');
  process.exitCode = 1;
});
