import type { AssignConversation, InputOf, OutputOf } from '@conversations/contracts';
import { ConversationAssigned } from '@conversations/contracts';
import { Database } from '@conversations/persistence';
import { Injectable } from '@nestjs/common';
import { changeConversation } from './change-conversation';

/** Any agent gives any conversation to any agent, or to nobody. */
@Injectable()
export class Assign {
  constructor(private readonly database: Database) {}

  run(input: InputOf<typeof AssignConversation>): Promise<OutputOf<typeof AssignConversation>> {
    return changeConversation(this.database, input, (conversation) => {
      const activity = conversation.assign(input.assignee?.id ?? null, input.by, new Date());
      return activity && { event: ConversationAssigned, activity };
    });
  }
}
