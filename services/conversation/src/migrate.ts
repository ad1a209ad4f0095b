import { ensureStreams, Messaging } from '@conversations/messaging';
import { migrate } from '@conversations/persistence';
import { createLogger, readSettings } from '@conversations/runtime';
import { MigrateSettings } from './config';
import { SCHEMA } from './data-source';
import { migrations } from './migrations';

/** Brings the schema, the role and the broker's streams to what this release wants; any number of times. */
async function run(): Promise<void> {
  const settings = readSettings(MigrateSettings);
  const log = createLogger('conversation-migrate', { level: settings.LOG_LEVEL });
  await migrate({
    admin: settings,
    service: 'conversation',
    schema: SCHEMA,
    role: settings.DATABASE_USER,
    rolePassword: settings.DATABASE_PASSWORD,
    migrations,
    // Only of uploads that were never sent: a trigger keeps the others.
    grants: [{ table: 'attachment', privileges: ['DELETE'] }],
    log,
  });
  const messaging = await Messaging.connect({
    servers: settings.NATS_URL,
    name: 'conversation-migrate',
    log,
    ...(settings.NATS_USER === undefined ? {} : { user: settings.NATS_USER }),
    ...(settings.NATS_PASSWORD === undefined ? {} : { password: settings.NATS_PASSWORD }),
  });
  await ensureStreams(messaging, { replicas: settings.CONVERSATION_STREAM_REPLICAS });
  await messaging.drain();
}

run().catch((error: unknown) => {
  createLogger('conversation-migrate').fatal({ err: error }, 'migrate.failed');
  process.exitCode = 1;
});
