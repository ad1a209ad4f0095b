import { Database } from '@conversations/persistence';
import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CreateCategory } from './category/create-category';
import { DeleteCategory } from './category/delete-category';
import { UpdateCategory } from './category/update-category';
import { CreateResponse } from './response/create-response';
import { DeleteResponse } from './response/delete-response';
import { ListResponses } from './response/list-responses';
import { UpdateResponse } from './response/update-response';
import { SavedResponseController } from './saved-response.controller';

@Module({
  controllers: [SavedResponseController],
  providers: [
    ListResponses,
    CreateResponse,
    UpdateResponse,
    DeleteResponse,
    CreateCategory,
    UpdateCategory,
    DeleteCategory,
  ],
})
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
