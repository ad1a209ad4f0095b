import '@conversations/runtime/telemetry';
import { Messaging } from '@conversations/messaging';
import { Database, openDataSource } from '@conversations/persistence';
import { runService } from '@conversations/runtime';
import { GatewaySettings } from './config';
import { createGatewayDataSource } from './data-source';
import { startGateway } from './start-gateway';

void runService({
  name: 'graphql-gateway',
  settings: GatewaySettings,
  async start(context) {
    const { settings, log, health, metrics } = context;
    const dataSource = await openDataSource(createGatewayDataSource(settings, log), log);
    context.onStop('database', () => dataSource.destroy());
    const database = new Database(dataSource);
    // Not the broker: without it sign-in still works, and what needs it says so.
    health.addReadiness('database', () => database.ping());
    const messaging = await Messaging.connect({
      servers: settings.NATS_URL,
      name: 'graphql-gateway',
      log,
      metrics,
      ...(settings.NATS_USER === undefined ? {} : { user: settings.NATS_USER }),
      ...(settings.NATS_PASSWORD === undefined ? {} : { password: settings.NATS_PASSWORD }),
    });
    context.onStop('messaging', () => messaging.drain());
    const gateway = await startGateway({ settings, log, metrics, database, messaging });
    context.onStop('gateway', () => gateway.stop());
  },
});
