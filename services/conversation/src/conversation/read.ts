import type { MarkConversationUnread, ReadConversation, InputOf, OutputOf } from '@conversations/contracts';
import { ConversationRead, ConversationUnread } from '@conversations/contracts';
import { Database } from '@conversations/persistence';
import { Injectable } from '@nestjs/common';
import { changeConversation } from './change-conversation';

/** Read or unread is one state for all agents. */
@Injectable()
export class Read {
  constructor(private readonly database: Database) {}

  /** Up to the newest message, which is also what the visitor's receipt shows. */
  run(input: InputOf<typeof ReadConversation>): Promise<OutputOf<typeof ReadConversation>> {
    return changeConversation(this.database, input, (conversation) =>
      conversation.read(input.by, new Date()) ? { event: ConversationRead } : null,
    );
  }

  unread(input: InputOf<typeof MarkConversationUnread>): Promise<OutputOf<typeof MarkConversationUnread>> {
    return changeConversation(this.database, input, (conversation) =>
      conversation.markUnread() ? { event: ConversationUnread } : null,
    );
  }
}
