import { Database } from '@conversations/persistence';
import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { MessengerController } from './messenger.controller';

@Module({ controllers: [MessengerController] })
export class AppModule {
  static with(database: Database): DynamicModule {
    return {
      module: AppModule,
      providers: [
        { provide: Database, useValue: database },
        { provide: DataSource, useValue: database.dataSource },
      ],
    };
  }
}
