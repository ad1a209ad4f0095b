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

/** Locks several: always in the order of their ids, so that no two transactions wait for each other. */
export async function lockConversations(
  tx: Tx,
  wanted: { visitorIds: string[]; ids: string[] },
): Promise<Conversation[]> {
  const query = tx
    .createQueryBuilder(Conversation, 'c')
    .where('c.visitorId = ANY(:visitorIds)', { visitorIds: wanted.visitorIds })
    .orderBy('c.id')
    .setLock('pessimistic_write');
  if (wanted.ids.length > 0) query.orWhere('c.id = ANY(:ids)', { ids: wanted.ids });
  return query.getMany();
}
