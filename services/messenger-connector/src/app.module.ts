import type { BlobStore } from '@conversations/blob-store';
import { Database } from '@conversations/persistence';
import { type Logger, Metrics } from '@conversations/runtime';
import { type DynamicModule, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Background } from './background';
import { BLOBS, LOG, type MessengerConnectorSettings, SETTINGS } from './config';
import { Graph } from './graph/graph';
import { CollectMedia } from './media/collect-media';
import { FetchMedia } from './media/fetch-media';
import { MessengerController } from './messenger.controller';
import { ListChannels } from './pages/list-channels.query';
import { Pages } from './pages/pages';
import { ProbePages } from './pages/probe-pages';
import { FetchNames } from './people/fetch-names';
import { Prune } from './prune';
import { Reconcile } from './send/reconcile';
import { Sender } from './send/sender';
import { SendPart } from './send/send-part';
import { StoreCommand } from './send/store-command';
import { ReceiveDelivery } from './webhook/receive-delivery';
import { ReleaseEchoes } from './webhook/release-echoes';
import { Webhook } from './webhook/webhook';

/** What is there before the module. */
interface Foundation {
  settings: MessengerConnectorSettings;
  log: Logger;
  metrics: Metrics;
  database: Database;
  blobs: BlobStore | null;
  pages: Pages;
}

@Module({
  controllers: [MessengerController],
  providers: [
    ...[Webhook, ReceiveDelivery, ReleaseEchoes],
    ...[Graph, ProbePages, ListChannels],
    ...[StoreCommand, Sender, SendPart, Reconcile],
    ...[FetchMedia, CollectMedia, FetchNames, Prune, Background],
  ],
})
export class AppModule {
  static with({ settings, log, metrics, database, blobs, pages }: Foundation): DynamicModule {
    return {
      module: AppModule,
      providers: [
        { provide: SETTINGS, useValue: settings },
        { provide: LOG, useValue: log },
        { provide: Metrics, useValue: metrics },
        { provide: Database, useValue: database },
        { provide: DataSource, useValue: database.dataSource },
        { provide: BLOBS, useValue: blobs },
        { provide: Pages, useValue: pages },
      ],
    };
  }
}
