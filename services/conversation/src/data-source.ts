import type { DatabaseSettingsValues } from '@conversations/persistence';
import { createDataSource } from '@conversations/persistence';
import type { Logger } from '@conversations/runtime';
import type { DataSource } from 'typeorm';
import { Flow } from './automation/flow.entity';
import { Attachment } from './attachment/attachment.entity';
import { Contact } from './contact/contact.entity';
import { Visitor } from './contact/visitor.entity';
import { Activity } from './conversation/activity.entity';
import { Conversation } from './conversation/conversation.entity';
import { Message } from './conversation/message.entity';
import { MessengerPage } from './messenger/messenger-page.entity';
import { MessengerProfile } from './messenger/messenger-profile.entity';

export const SCHEMA = 'conversation';

/** The service's pool, not connected yet. */
export function conversationDataSource(settings: DatabaseSettingsValues, log?: Logger): DataSource {
  return createDataSource({
    settings,
    schema: SCHEMA,
    entities: [Conversation, Message, Activity, Contact, Visitor, Attachment, MessengerProfile, MessengerPage, Flow],
    applicationName: 'conversation',
    // Its tables grow without end, and all that it asks for is found by an index.
    prefersIndexes: true,
    ...(log ? { log } : {}),
  });
}
