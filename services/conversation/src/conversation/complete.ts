import type { CompleteConversation, InputOf, OutputOf, ReopenConversation } from '@conversations/contracts';
import { ConversationCompleted, ConversationReopened, UserError } from '@conversations/contracts';
import { Database, isUniqueViolation } from '@conversations/persistence';
import { Injectable } from '@nestjs/common';
import { changeConversation } from './change-conversation';

/** A person on Messenger wrote again after this thread was completed. */
class AnotherIsOpen extends UserError {
  constructor() {
    super(
      'ANOTHER_CONVERSATION_OPEN',
      'Another conversation with this person is open. Go on there, or complete it first.',
      {
        path: ['input', 'conversationId'],
      },
    );
  }
}

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
    }).catch((error: unknown) => {
      throw isUniqueViolation(error, 'conversation_open_thread') ? new AnotherIsOpen() : error;
    });
  }
}
