import type { Tx } from '@conversations/persistence';
import { prepared } from '@conversations/persistence';
import { Conversation } from './conversation.entity';
import type { Message } from './message.entity';
import { messageInsert, messageValues } from './message-rows';

const COLUMNS = `id, thread_key, version, status, assignee_id, waiting_for_reply, unread, read_stamp, completed_stamp, title,
  subject, contact_id, visitor_id, messenger_profile_id, channels, last_channel, last_message_id, last_position,
  agent_read_position, visitor_read_position, last_activity_at, created_at`;

/** Of the arrays of a statement's values, in the order of the columns. */
const TYPES = [
  'text',
  'text',
  'int',
  'text',
  'text',
  'boolean',
  'boolean',
  'jsonb',
  'jsonb',
  'text',
  'text',
  'text',
  'text',
  'text',
  'text',
  'text',
  'text',
  'int',
  'int',
  'int',
  'timestamptz',
  'timestamptz',
];

const STORE = `INSERT INTO conversation (${COLUMNS})
  SELECT id, thread_key, version, status, assignee_id, waiting_for_reply, unread, read_stamp, completed_stamp, title,
    subject, contact_id, visitor_id, messenger_profile_id, string_to_array(channels, ','), last_channel, last_message_id,
    last_position, agent_read_position, visitor_read_position, last_activity_at, created_at
  FROM unnest(${TYPES.map((type, index) => `$${index + 1}::${type}[]`).join(', ')}) AS c (${COLUMNS})
  ON CONFLICT (id) DO UPDATE SET version = excluded.version, status = excluded.status,
       assignee_id = excluded.assignee_id, waiting_for_reply = excluded.waiting_for_reply, unread = excluded.unread,
       read_stamp = excluded.read_stamp, completed_stamp = excluded.completed_stamp, title = excluded.title,
       subject = excluded.subject, contact_id = excluded.contact_id, channels = excluded.channels,
       last_channel = excluded.last_channel, last_message_id = excluded.last_message_id,
       last_position = excluded.last_position, agent_read_position = excluded.agent_read_position,
       visitor_read_position = excluded.visitor_read_position, last_activity_at = excluded.last_activity_at`;

const STORE_WITH_MESSAGES = `WITH stored AS (${STORE}) ${messageInsert(TYPES.length + 1)}`;

/** Inserts new conversations and writes changed ones in one statement; the caller holds the locks of the changed ones. */
export async function storeConversations(tx: Tx, conversations: readonly Conversation[]): Promise<void> {
  await prepared(tx, 'conversation-store', STORE, conversationValues(conversations));
}

/** The same and their new messages, in one statement; returns the ids of the messages whose idempotency key was new. */
export async function storeThreads(
  tx: Tx,
  conversations: readonly Conversation[],
  messages: readonly Message[],
): Promise<void> {
  const values = [...conversationValues(conversations), ...messageValues(messages)];
  await prepared(tx, 'thread-store', STORE_WITH_MESSAGES, values);
}

function conversationValues(conversations: readonly Conversation[]): unknown[] {
  return [
    conversations.map((conversation) => conversation.id),
    conversations.map((conversation) => conversation.threadKey),
    conversations.map((conversation) => conversation.version),
    conversations.map((conversation) => conversation.status),
    conversations.map((conversation) => conversation.assigneeId),
    conversations.map((conversation) => conversation.waitingForReply),
    conversations.map((conversation) => conversation.unread),
    conversations.map((conversation) => json(conversation.readStamp)),
    conversations.map((conversation) => json(conversation.completedStamp)),
    conversations.map((conversation) => conversation.title),
    conversations.map((conversation) => conversation.subject),
    conversations.map((conversation) => conversation.contactId),
    conversations.map((conversation) => conversation.visitorId),
    conversations.map((conversation) => conversation.messengerProfileId),
    // Postgres flattens an array of arrays: a list travels as one text.
    conversations.map((conversation) => conversation.channels.join(',')),
    conversations.map((conversation) => conversation.lastChannel),
    conversations.map((conversation) => conversation.lastMessageId),
    conversations.map((conversation) => conversation.lastPosition),
    conversations.map((conversation) => conversation.agentReadPosition),
    conversations.map((conversation) => conversation.visitorReadPosition),
    conversations.map((conversation) => conversation.lastActivityAt),
    conversations.map((conversation) => conversation.createdAt),
  ];
}

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));
