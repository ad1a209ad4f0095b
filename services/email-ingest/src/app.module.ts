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
}

@Module({
  controllers: [EmailController],
  providers: [ListChannels, AcceptSend, SendLedger, SendMails, NoteBounce],
})
export class AppModule {
  static with({ settings, log, metrics, database, messaging, blobs }: Surroundings): DynamicModule {
    return {
      module: AppModule,
      providers: [
        { provide: SETTINGS, useValue: settings },
        { provide: LOG, useValue: log },
        { provide: THREAD_SIGNS, useValue: threadSigns(settings.EMAIL_SIGNING_KEYS) },
        { provide: BLOBS, useValue: blobs },
        { provide: Metrics, useValue: metrics },
        { provide: Messaging, useValue: messaging },
        { provide: Database, useValue: database },
        { provide: DataSource, useValue: database.dataSource },
      ],
    };
  }
}
