import type { DatabaseSettingsValues } from '@conversations/persistence';
import { createDataSource } from '@conversations/persistence';
import type { Logger } from '@conversations/runtime';
import type { DataSource } from 'typeorm';
import { Send } from './outbound/send.entity';

export const SCHEMA = 'email';

/** The service's pool, not connected yet. */
export function emailDataSource(settings: DatabaseSettingsValues, log: Logger): DataSource {
  return createDataSource({ settings, schema: SCHEMA, entities: [Send], applicationName: 'email-ingest', log });
}
