import { UserError } from '@conversations/contracts';
import type { Tx } from '@conversations/persistence';
import { Conversation } from './conversation.entity';

class ConversationNotFound extends UserError {
  constructor() {
    super('NOT_FOUND', 'There is no such conversation.', { path: ['input', 'conversationId'] });
  }
}

/** Takes the row's lock, which every change of a conversation takes first and keeps until its transaction ends. */
export async function lockConversation(tx: Tx, id: string): Promise<Conversation> {
  const conversation = await tx.findOne(Conversation, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (!conversation) throw new ConversationNotFound();
  return conversation;
}

/**
 * As plain SQL: building the statement and the entities took a fifth of the service's time on the hot path.
 * Nothing of a conversation stands in the look-up of keys: it would be read for each of them, through all its messages.
 */
const LOCK = `SELECT id, thread_key AS "threadKey", version, status, assignee_id AS "assigneeId",
    waiting_for_reply AS "waitingForReply", unread, read_stamp AS "readStamp", completed_stamp AS "completedStamp", title, subject,
    contact_id AS "contactId", visitor_id AS "visitorId", messenger_profile_id AS "messengerProfileId", channels,
    last_channel AS "lastChannel", last_message_id AS "lastMessageId", last_position AS "lastPosition",
    agent_read_position AS "agentReadPosition", visitor_read_position AS "visitorReadPosition",
    last_activity_at AS "lastActivityAt", created_at AS "createdAt",
    ARRAY(SELECT m.idempotency_key FROM message m WHERE m.idempotency_key = ANY($3)) AS "storedKeys"
  FROM conversation c WHERE visitor_id = ANY($1) OR id = ANY($2) ORDER BY id FOR UPDATE OF c`;

/**
 * Locks several: always in the order of their ids, so that no two transactions wait for each other.
 * `storedKeys` are those of `keys` whose messages are stored already; none are known without a conversation.
 */
export async function lockConversations(
  tx: Tx,
  wanted: { visitorIds: string[]; ids: string[]; keys: string[] },
): Promise<{ conversations: Conversation[]; storedKeys: string[] }> {
  const { visitorIds, ids, keys } = wanted;
  const rows = await tx.query<(Partial<Conversation> & { storedKeys: string[] })[]>(LOCK, [visitorIds, ids, keys]);
  return {
    conversations: rows.map(({ storedKeys: _, ...row }) => Object.assign(new Conversation(), row)),
    storedKeys: rows[0]?.storedKeys ?? [],
  };
}
