import type { DatabaseSettingsValues } from '@conversations/persistence';
import { createDataSource } from '@conversations/persistence';
import type { Logger } from '@conversations/runtime';
import type { DataSource } from 'typeorm';
import { Category } from './category/category.entity';
import { SavedResponse } from './response/saved-response.entity';

export const SCHEMA = 'saved_response';

/** The service's pool, not connected yet. */
export function savedResponseDataSource(settings: DatabaseSettingsValues, log: Logger): DataSource {
  return createDataSource({
    settings,
    schema: SCHEMA,
    entities: [SavedResponse, Category],
    applicationName: 'saved-response',
    log,
  });
}
