import { OutboxMigration } from '@conversations/persistence';
import { InboundMailMigration } from './1764400000000-inbound-mail';

export const migrations = [OutboxMigration, InboundMailMigration];
