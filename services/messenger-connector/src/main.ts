import '@conversations/runtime/telemetry';
import 'reflect-metadata';
import { JetStreamStrategy, Messaging } from '@conversations/messaging';
import { Database, openDataSource, OutboxRelay } from '@conversations/persistence';
import { nestLogger, runService } from '@conversations/runtime';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
import { MessengerConnectorSettings } from './config';
import { messengerDataSource, SCHEMA } from './data-source';

/** A full delivery of 1,000 events is about 280 kB. */
const BODY_BYTES = 2 * 1024 * 1024;

void runService({
  name: 'messenger-connector',
  settings: MessengerConnectorSettings,
  async start(context) {
    const { settings, log, health, metrics } = context;
    if (settings.MESSENGER_CONFIG_FILE === undefined) log.warn({}, 'messenger.no-pages');
    const messaging = await Messaging.connect({
      servers: settings.NATS_URL,
      name: 'messenger-connector',
      log,
      metrics,
      ...(settings.NATS_USER === undefined ? {} : { user: settings.NATS_USER }),
      ...(settings.NATS_PASSWORD === undefined ? {} : { password: settings.NATS_PASSWORD }),
    });
    context.onStop('broker', () => messaging.drain());
    health.addReadiness('broker', () =>
      messaging.isConnected ? Promise.resolve() : Promise.reject(new Error('not connected')),
    );

    const dataSource = await openDataSource(messengerDataSource(settings, log), log);
    context.onStop('database', () => dataSource.destroy());
    const streams = { replicas: settings.CONVERSATION_STREAM_REPLICAS };
    const relay = new OutboxRelay({ dataSource, schema: SCHEMA, messaging, log, metrics, streams });
    relay.start();
    context.onStop('outbox', () => relay.stop());
    const database = new Database(dataSource, { relay });
    health.addReadiness('database', () => database.ping());

    const app = await NestFactory.create<NestFastifyApplication>(
      AppModule.with(database),
      new FastifyAdapter({ bodyLimit: BODY_BYTES }),
      { logger: nestLogger(log), bodyParser: false, abortOnError: false },
    );
    app.connectMicroservice({
      strategy: new JetStreamStrategy({ messaging, service: 'messenger-connector', streams }),
    });
    await app.startAllMicroservices();
    context.onStop('http', () => app.close());
    await app.listen(settings.MESSENGER_CONNECTOR_PORT, settings.MESSENGER_CONNECTOR_HOST);
    log.info({ url: await app.getUrl() }, 'webhook.listening');
  },
});
