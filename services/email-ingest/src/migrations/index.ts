import { OutboxMigration } from '@conversations/persistence';
import { InboundMailMigration } from './1764400000000-inbound-mail';
import { OutboundMailMigration } from './1764400000100-outbound-mail';
import { NumberedAnewMigration } from './1764400000200-numbered-anew';

export const migrations = [OutboxMigration, InboundMailMigration, OutboundMailMigration, NumberedAnewMigration];
