import '@conversations/runtime/telemetry';
import 'reflect-metadata';
import { openBlobStore } from '@conversations/blob-store';
import { JetStreamStrategy, Messaging } from '@conversations/messaging';
import { Database, openDataSource, OutboxRelay } from '@conversations/persistence';
import { nestLogger, runService } from '@conversations/runtime';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
import { Background } from './background';
import { MessengerConnectorSettings } from './config';
import { messengerDataSource, SCHEMA } from './data-source';
import { syncPages } from './pages/page-health';
import { Pages } from './pages/pages';
import { Sender } from './send/sender';

/** A full delivery of 1,000 events is about 280 kB. */
const BODY_BYTES = 2 * 1024 * 1024;
/** For the answers of Facebook that are still to come. */
const SENDER_STOP_MS = 25_000;

void runService({
  name: 'messenger-connector',
  settings: MessengerConnectorSettings,
  async start(context) {
    const { settings, log, health, metrics } = context;
    const pages = new Pages(settings.MESSENGER_CONFIG_FILE, log);
    await pages.start();
    context.onStop('pages', () => pages.stop());
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

    const adapter = new FastifyAdapter({ bodyLimit: BODY_BYTES, forceCloseConnections: 'idle' });
    const app = await NestFactory.create<NestFastifyApplication>(
      AppModule.with({ settings, log, metrics, database, blobs: openBlobStore(settings), pages }),
      adapter,
      { logger: nestLogger(log), bodyParser: false, abortOnError: false },
    );
    // The signature is over the bytes, so the bytes are all that is read, whatever they are said to be.
    adapter.getInstance().removeAllContentTypeParsers();
    adapter.getInstance().addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    app.connectMicroservice({
      strategy: new JetStreamStrategy({ messaging, service: 'messenger-connector', streams }),
    });

    const [sender, background] = [app.get(Sender), app.get(Background)];
    const sync = async () => {
      await database.transaction((tx) => syncPages(tx, pages.all));
      sender.wake();
    };
    await sync();
    pages.onChange(sync);
    await app.startAllMicroservices();
    await app.listen(settings.MESSENGER_CONNECTOR_PORT, settings.MESSENGER_CONNECTOR_HOST);
    sender.start();
    background.start();
    context.onStop('background', () => background.stop());
    context.onStop('sender', () => sender.stop(), { timeoutMs: SENDER_STOP_MS });
    context.onStop('http', () => app.close());
    log.info({ url: await app.getUrl() }, 'webhook.listening');
  },
});
