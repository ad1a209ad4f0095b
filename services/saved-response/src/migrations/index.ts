import { OutboxMigration } from '@conversations/persistence';
import { SavedResponseMigration } from './1700000000200-saved-response';

export const migrations = [OutboxMigration, SavedResponseMigration];
