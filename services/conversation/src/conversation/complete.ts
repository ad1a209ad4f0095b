import type { CompleteConversation, InputOf, OutputOf, ReopenConversation } from '@conversations/contracts';
import { ConversationCompleted, ConversationReopened } from '@conversations/contracts';
import { Database } from '@conversations/persistence';
import { Injectable } from '@nestjs/common';
import { changeConversation } from './change-conversation';

/** Completes and reopens, for all agents. */
@Injectable()
export class Complete {
  constructor(private readonly database: Database) {}

  run(input: InputOf<typeof CompleteConversation>): Promise<OutputOf<typeof CompleteConversation>> {
    return changeConversation(this.database, input, (conversation) => {
      const activity = conversation.complete(input.by, new Date());
      return activity && { event: ConversationCompleted, activity };
    });
  }

  reopen(input: InputOf<typeof ReopenConversation>): Promise<OutputOf<typeof ReopenConversation>> {
    return changeConversation(this.database, input, (conversation) => {
      const activity = conversation.reopen(input.by, new Date());
      return activity && { event: ConversationReopened, activity };
    });
  }
}
