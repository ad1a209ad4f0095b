import type { CompleteConversation, InputOf, OutputOf, ReopenConversation } from '@conversations/contracts';
import { ConversationCompleted, ConversationReopened, UserError } from '@conversations/contracts';
import { Database, isUniqueViolation, unawaited } from '@conversations/persistence';
import { Injectable } from '@nestjs/common';
import { endRun } from '../automation/run-rows';
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
    return changeConversation(this.database, input, (conversation, tx) => {
      const activity = conversation.complete(input.by, new Date());
      if (activity && conversation.visitorId) unawaited(tx, endRun(tx, conversation.id));
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
