import type { BlobStore } from '@conversations/blob-store';
import { Messaging } from '@conversations/messaging';
import { Database } from '@conversations/persistence';
import { type Logger, Metrics } from '@conversations/runtime';
import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BLOBS, type EmailSettings, LOG, SETTINGS } from './config';
import { EmailController } from './email.controller';
import { ListChannels } from './list-channels';
import { AcceptMail } from './inbound/accept-mail';
import { AttributeAuthor } from './inbound/attribute-author';
import { MailBell } from './inbound/mail-bell';
import { Mailboxes } from './inbound/mailboxes';
import { ParsePool } from './inbound/parse-pool';
import { RawHttp } from './inbound/raw-http';
import { ReadRaw } from './inbound/read-raw';
import { ReceiveMail } from './inbound/receive-mail';
import { SmtpListener } from './inbound/smtp-listener';
import { StoreContent } from './inbound/store-content';
import { VerifySender } from './inbound/verify-sender';
import { WorkMails } from './inbound/work-mails';
import { AcceptSend } from './outbound/accept-send';
import { NoteBounce } from './outbound/note-bounce';
import { SendLedger } from './outbound/send-ledger';
import { SendMails } from './outbound/send-mails';
import { THREAD_SIGNS, threadSigns } from './threading/read-signs';

/** What the process brings with it. */
export interface Surroundings {
  settings: EmailSettings;
  log: Logger;
  metrics: Metrics;
  database: Database;
  messaging: Messaging;
  blobs: BlobStore;
  parser: ParsePool;
}

@Module({
  controllers: [EmailController],
  providers: [
    ...[AcceptMail, MailBell, SmtpListener, RawHttp, Mailboxes],
    ...[WorkMails, ReceiveMail, ReadRaw, AttributeAuthor, StoreContent, VerifySender],
    ...[ListChannels, AcceptSend, SendLedger, SendMails, NoteBounce],
  ],
})
export class AppModule {
  static with({ settings, log, metrics, database, messaging, blobs, parser }: Surroundings): DynamicModule {
    return {
      module: AppModule,
      providers: [
        { provide: SETTINGS, useValue: settings },
        { provide: LOG, useValue: log },
        { provide: THREAD_SIGNS, useValue: threadSigns(settings.EMAIL_SIGNING_KEYS) },
        { provide: BLOBS, useValue: blobs },
        { provide: ParsePool, useValue: parser },
        { provide: Metrics, useValue: metrics },
        { provide: Messaging, useValue: messaging },
        { provide: Database, useValue: database },
        { provide: DataSource, useValue: database.dataSource },
      ],
    };
  }
}
