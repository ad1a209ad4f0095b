import '@conversations/runtime/telemetry';
import 'reflect-metadata';
import { JetStreamStrategy, Messaging } from '@conversations/messaging';
import { Database, openDataSource, OutboxRelay } from '@conversations/persistence';
import { nestLogger, runService } from '@conversations/runtime';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { AppModule } from './app.module';
import { SavedResponseSettings } from './config';
import { savedResponseDataSource, SCHEMA } from './data-source';

void runService({
  name: 'saved-response',
  settings: SavedResponseSettings,
  async start(context) {
    const { settings, log, health, metrics } = context;
    const messaging = await Messaging.connect({
      servers: settings.NATS_URL,
      name: 'saved-response',
      log,
      metrics,
      ...(settings.NATS_USER === undefined ? {} : { user: settings.NATS_USER }),
      ...(settings.NATS_PASSWORD === undefined ? {} : { password: settings.NATS_PASSWORD }),
    });
    context.onStop('broker', () => messaging.drain());
    health.addReadiness('broker', () =>
      messaging.isConnected ? Promise.resolve() : Promise.reject(new Error('not connected')),
    );

    const dataSource = await openDataSource(savedResponseDataSource(settings, log), log);
    context.onStop('database', () => dataSource.destroy());
    const streams = { replicas: settings.CONVERSATION_STREAM_REPLICAS };
    const relay = new OutboxRelay({ dataSource, schema: SCHEMA, messaging, log, metrics, streams });
    relay.start();
    context.onStop('outbox', () => relay.stop());
    const database = new Database(dataSource, { relay });
    health.addReadiness('database', () => database.ping());

    const app = await NestFactory.createMicroservice<MicroserviceOptions>(AppModule.with(database), {
      logger: nestLogger(log),
      strategy: new JetStreamStrategy({ messaging, service: 'saved-response', streams }),
    });
    await app.listen();
    context.onStop('handlers', () => app.close());
  },
});
