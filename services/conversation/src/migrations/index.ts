import { InboundPositionMigration, OutboxMigration } from '@conversations/persistence';
import { ConversationMigration } from './1700000000100-conversation';
import { AttachmentMigration } from './1700000000200-attachment';
import { ChannelsMigration } from './1700000000400-channels';
import { MailMigration } from './1700000000410-mail';
import { MessengerMigration } from './1700000000500-messenger';
import { AutomationMigration } from './1700000000600-automation';
import { SearchWordsMigration } from './1700000000650-search-words';

export const migrations = [
  OutboxMigration,
  InboundPositionMigration,
  ConversationMigration,
  AttachmentMigration,
  ChannelsMigration,
  MailMigration,
  MessengerMigration,
  AutomationMigration,
  SearchWordsMigration,
];
