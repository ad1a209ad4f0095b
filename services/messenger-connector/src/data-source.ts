import type { DatabaseSettingsValues } from '@conversations/persistence';
import { createDataSource } from '@conversations/persistence';
import type { Logger } from '@conversations/runtime';
import type { DataSource } from 'typeorm';

export const SCHEMA = 'messenger';

/** The service's pool, not connected yet. */
export function messengerDataSource(settings: DatabaseSettingsValues, log: Logger): DataSource {
  return createDataSource({ settings, schema: SCHEMA, entities: [], applicationName: 'messenger-connector', log });
}
