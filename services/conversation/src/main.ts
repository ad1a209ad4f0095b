import '@conversations/runtime/telemetry';
import 'reflect-metadata';
import { ensureStreams, JetStreamStrategy, Messaging } from '@conversations/messaging';
import { Database, openDataSource, OutboxRelay, PostgresLaneStore } from '@conversations/persistence';
import { nestLogger, runService } from '@conversations/runtime';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { AppModule } from './app.module';
import { installDefaultFlow } from './automation/default-flow';
import { FlowVersions } from './automation/flow-versions';
import { RunTimers } from './automation/run-timers';
import { ConversationSettings } from './config';
import { conversationDataSource, SCHEMA } from './data-source';

void runService({
  name: 'conversation',
  settings: ConversationSettings,
  async start(context) {
    const { settings, log, health, metrics } = context;
    const messaging = await Messaging.connect({
      servers: settings.NATS_URL,
      name: 'conversation',
      log,
      metrics,
      ...(settings.NATS_USER === undefined ? {} : { user: settings.NATS_USER }),
      ...(settings.NATS_PASSWORD === undefined ? {} : { password: settings.NATS_PASSWORD }),
    });
    context.onStop('broker', () => messaging.drain());
    health.addReadiness('broker', () =>
      messaging.isConnected ? Promise.resolve() : Promise.reject(new Error('not connected')),
    );
    const streams = { replicas: settings.CONVERSATION_STREAM_REPLICAS };
    await ensureStreams(messaging, streams);

    const dataSource = await openDataSource(conversationDataSource(settings, log), log);
    context.onStop('database', () => dataSource.destroy());
    const relay = new OutboxRelay({ dataSource, schema: SCHEMA, messaging, log, metrics, streams });
    relay.start();
    context.onStop('outbox', () => relay.stop());
    const database = new Database(dataSource, { relay });
    health.addReadiness('database', () => database.ping());

    await installDefaultFlow(dataSource, { enabled: settings.CHATBOT_DEFAULT_FLOW === 'on' });
    const flows = new FlowVersions();
    const presence = (await messaging.presence()).watch();
    const app = await NestFactory.createMicroservice<MicroserviceOptions>(
      AppModule.with({
        database,
        metrics,
        presence: { isOnline: (visitorId) => presence.of(visitorId)?.online ?? false },
        channels: { email: settings.EMAIL_CHANNEL === 'on' },
        email: {
          matchContact: settings.EMAIL_MATCH_CONTACT,
          address: settings.EMAIL_INBOX_ADDRESSES.split(',')[0]?.trim() ?? '',
        },
        flows,
      }),
      {
        logger: nestLogger(log),
        strategy: new JetStreamStrategy({
          messaging,
          service: 'conversation',
          laneStore: new PostgresLaneStore(dataSource, SCHEMA, { relay }),
          lanes: settings.CONVERSATION_LANES,
          streams,
        }),
      },
    );
    await app.listen();
    context.onStop('handlers', () => app.close());
    const timers = new RunTimers(database, flows, log);
    timers.start();
    context.onStop('timers', () => timers.stop());
  },
});
