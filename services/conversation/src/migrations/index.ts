import { InboundPositionMigration, OutboxMigration } from '@conversations/persistence';
import { ConversationMigration } from './1700000000100-conversation';

export const migrations = [OutboxMigration, InboundPositionMigration, ConversationMigration];
