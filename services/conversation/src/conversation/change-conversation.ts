import type {
  CompleteConversation,
  ConversationCompleted,
  ConversationRead,
  InputOf,
  MessageContract,
  OutputOf,
} from '@conversations/contracts';
import type { Database, Tx } from '@conversations/persistence';
import { emit } from '@conversations/persistence';
import type { Activity } from './activity.entity';
import { insertActivities } from './activity.entity';
import type { Conversation } from './conversation.entity';
import { lockConversation } from './lock-conversation';
import { storeConversations } from './store-conversations';

/** What an agent's verb did: the event that tells of it, with the line it leaves in the thread if it leaves one. */
type Change = { event: MessageContract<StateSchema> } | { event: MessageContract<ActivitySchema>; activity: Activity };

type StateSchema = (typeof ConversationRead)['schema'];
type ActivitySchema = (typeof ConversationCompleted)['schema'];

/** One agent's change of one conversation, with its event, in one transaction; `change` returns null when nothing is to be done. */
export function changeConversation(
  database: Database,
  { conversationId, by }: InputOf<typeof CompleteConversation>,
  change: (conversation: Conversation, tx: Tx) => Change | null | Promise<Change | null>,
): Promise<OutputOf<typeof CompleteConversation>> {
  return database.transaction(async (tx) => {
    const conversation = await lockConversation(tx, conversationId);
    const changed = await change(conversation, tx);
    const snapshot = conversation.snapshot();
    if (changed) {
      const options = { sequence: conversation.version, actor: by.id };
      await storeConversations(tx, [conversation]);
      if ('activity' in changed) {
        await insertActivities(tx, [changed.activity]);
        const data = { conversation: snapshot, activity: changed.activity.snapshot() };
        await emit(tx, changed.event, conversation.id, data, options);
      } else {
        await emit(tx, changed.event, conversation.id, { conversation: snapshot }, options);
      }
    }
    return { conversation: snapshot };
  });
}
