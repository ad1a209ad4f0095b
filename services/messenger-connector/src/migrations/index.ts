import { OutboxMigration } from '@conversations/persistence';
import { MessengerMigration } from './1700000000500-messenger';

export const migrations = [OutboxMigration, MessengerMigration];
