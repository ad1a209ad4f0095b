import type { Tx } from '@conversations/persistence';
import { prepared } from '@conversations/persistence';
import { Conversation } from './conversation.entity';

const COLUMNS = `id, thread_key, version, status, assignee_id, waiting_for_reply, unread, read_stamp, completed_stamp, title,
  subject, contact_id, visitor_id, messenger_profile_id, channels, last_channel, last_message_id, last_position,
  agent_read_position, visitor_read_position, last_activity_at, created_at`;

/** Inserts new conversations and writes changed ones in one statement; the caller holds the locks of the changed ones. */
export async function storeConversations(tx: Tx, conversations: readonly Conversation[]): Promise<void> {
  await prepared(
    tx,
    'conversation-store',
    `INSERT INTO conversation (${COLUMNS})
     SELECT id, thread_key, version, status, assignee_id, waiting_for_reply, unread, read_stamp, completed_stamp, title,
       subject, contact_id, visitor_id, messenger_profile_id, string_to_array(channels, ','), last_channel, last_message_id,
       last_position, agent_read_position, visitor_read_position, last_activity_at, created_at
     FROM unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::text[], $6::boolean[], $7::boolean[], $8::jsonb[],
       $9::jsonb[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[],
       $18::int[], $19::int[], $20::int[], $21::timestamptz[], $22::timestamptz[]) AS c (${COLUMNS})
     ON CONFLICT (id) DO UPDATE SET version = excluded.version, status = excluded.status,
       assignee_id = excluded.assignee_id, waiting_for_reply = excluded.waiting_for_reply, unread = excluded.unread,
       read_stamp = excluded.read_stamp, completed_stamp = excluded.completed_stamp, title = excluded.title,
       subject = excluded.subject, contact_id = excluded.contact_id, channels = excluded.channels,
       last_channel = excluded.last_channel, last_message_id = excluded.last_message_id,
       last_position = excluded.last_position, agent_read_position = excluded.agent_read_position,
       visitor_read_position = excluded.visitor_read_position, last_activity_at = excluded.last_activity_at`,
    [
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
    ],
  );
}

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));
