import '@conversations/runtime/telemetry';
import 'reflect-metadata';
import { openBlobStore } from '@conversations/blob-store';
import { JetStreamStrategy, Messaging } from '@conversations/messaging';
import { Database, openDataSource, OutboxRelay } from '@conversations/persistence';
import { nestLogger, runService } from '@conversations/runtime';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { AppModule } from './app.module';
import { EmailSettings } from './config';
import { emailDataSource, SCHEMA } from './data-source';
import { Mailboxes } from './inbound/mailboxes';
import { ParsePool } from './inbound/parse-pool';
import { RawHttp } from './inbound/raw-http';
import { SmtpListener } from './inbound/smtp-listener';
import { WorkMails } from './inbound/work-mails';
import { SendMails } from './outbound/send-mails';

void runService({
  name: 'email-ingest',
  settings: EmailSettings,
  async start(context) {
    const { settings, log, health, metrics } = context;
    const messaging = await Messaging.connect({
      servers: settings.NATS_URL,
      name: 'email-ingest',
      log,
      metrics,
      ...(settings.NATS_USER === undefined ? {} : { user: settings.NATS_USER }),
      ...(settings.NATS_PASSWORD === undefined ? {} : { password: settings.NATS_PASSWORD }),
    });
    context.onStop('broker', () => messaging.drain());

    const dataSource = await openDataSource(emailDataSource(settings, log), log);
    context.onStop('database', () => dataSource.destroy());
    const streams = { replicas: settings.CONVERSATION_STREAM_REPLICAS };
    const relay = new OutboxRelay({ dataSource, schema: SCHEMA, messaging, log, metrics, streams });
    relay.start();
    context.onStop('outbox', () => relay.stop());
    const database = new Database(dataSource, { relay });
    // Not the broker: mail is taken without it, and goes on later.
    health.addReadiness('database', () => database.ping());

    const blobs = openBlobStore(settings);
    if (blobs === null)
      throw new Error('Neither BLOB_STORE_DIR nor BLOB_STORE_S3_BUCKET is set: raw mails need a place');
    const parser = new ParsePool(
      {
        threads: settings.EMAIL_PARSE_THREADS,
        timeoutMs: settings.EMAIL_PARSE_SECONDS * 1_000,
        memoryMb: settings.EMAIL_PARSE_MEMORY_MB,
      },
      log,
    );
    context.onStop('parser', () => parser.stop());
    await parser.loaded();
    const app = await NestFactory.createMicroservice<MicroserviceOptions>(
      AppModule.with({ settings, log, metrics, database, messaging, blobs, parser }),
      {
        logger: nestLogger(log),
        strategy: new JetStreamStrategy({ messaging, service: 'email-ingest', streams }),
      },
    );
    await app.listen();
    context.onStop('handlers', () => app.close());
    const working = app.get(WorkMails);
    working.start();
    context.onStop('mails', () => working.stop());
    const sending = app.get(SendMails);
    sending.start();
    context.onStop('sending', () => sending.stop());
    const [smtp, http, mailboxes] = [app.get(SmtpListener), app.get(RawHttp), app.get(Mailboxes)];
    await smtp.start();
    context.onStop('smtp', () => smtp.stop());
    await http.start();
    context.onStop('http', () => http.stop());
    mailboxes.start();
    context.onStop('mailboxes', () => mailboxes.stop());
  },
});
