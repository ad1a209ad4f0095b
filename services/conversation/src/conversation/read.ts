import type { MarkConversationUnread, ReadConversation, InputOf, OutputOf } from '@conversations/contracts';
import { ConversationRead, ConversationUnread } from '@conversations/contracts';
import { Database, type Tx } from '@conversations/persistence';
import { Injectable } from '@nestjs/common';
import { changeConversation } from './change-conversation';
import type { Conversation } from './conversation.entity';

/** A message of another conversation counts as one that was never seen. */
async function hasNewerInbound(tx: Tx, conversation: Conversation, seenId: string): Promise<boolean> {
  if (conversation.lastMessageId === seenId) return false;
  const newer = await tx.query<unknown[]>(
    `SELECT 1 FROM message WHERE conversation_id = $1 AND direction = 'INBOUND'
       AND position > coalesce((SELECT position FROM message WHERE id = $2 AND conversation_id = $1), 0) LIMIT 1`,
    [conversation.id, seenId],
  );
  return newer.length > 0;
}

/** Read or unread is one state for all agents. */
@Injectable()
export class Read {
  constructor(private readonly database: Database) {}

  /**
   * Up to the newest message, which is also what the visitor's receipt shows. Nothing is read of a conversation that
   * holds a newer inbound message than the agent saw: it would count as read although nobody looked at it.
   */
  run(input: InputOf<typeof ReadConversation>): Promise<OutputOf<typeof ReadConversation>> {
    return changeConversation(this.database, input, async (conversation, tx) => {
      if (input.upToMessageId != null && (await hasNewerInbound(tx, conversation, input.upToMessageId))) return null;
      return conversation.read(input.by, new Date()) ? { event: ConversationRead } : null;
    });
  }

  unread(input: InputOf<typeof MarkConversationUnread>): Promise<OutputOf<typeof MarkConversationUnread>> {
    return changeConversation(this.database, input, (conversation) =>
      conversation.markUnread() ? { event: ConversationUnread } : null,
    );
  }
}
