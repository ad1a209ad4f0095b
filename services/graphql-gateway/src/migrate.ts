import { migrate } from '@conversations/persistence';
import { createLogger, readSettings } from '@conversations/runtime';
import { MigrateSettings } from './config';
import { SCHEMA } from './data-source';
import { Accounts1764000000000 } from './migrations/1764000000000-accounts';
import { Invitations1764100000000 } from './migrations/1764100000000-invitations';

/** Brings the schema and the role to what this release wants; any number of times. */
async function run(): Promise<void> {
  const settings = readSettings(MigrateSettings);
  await migrate({
    admin: settings,
    service: 'graphql-gateway',
    schema: SCHEMA,
    role: settings.DATABASE_USER,
    rolePassword: settings.DATABASE_PASSWORD,
    migrations: [Accounts1764000000000, Invitations1764100000000],
    grants: [
      { table: 'session', privileges: ['DELETE'] },
      { table: 'login_attempt', privileges: ['DELETE'] },
    ],
    log: createLogger('graphql-gateway-migrate', { level: settings.LOG_LEVEL }),
  });
}

run().catch((error: unknown) => {
  createLogger('graphql-gateway-migrate').fatal({ err: error }, 'migrate.failed');
  process.exitCode = 1;
});
