import type { Tx } from '@conversations/persistence';
import { In } from 'typeorm';
import { Contact } from '../contact/contact.entity';
import type { Conversation } from './conversation.entity';
import { Message } from './message.entity';

export function findContactsOf(tx: Tx, ids: readonly string[]): Promise<Contact[]> {
  return tx.findBy(Contact, { id: In([...ids]) });
}

export function findMessages(tx: Tx, ids: readonly string[]): Promise<Message[]> {
  return tx.findBy(Message, { id: In([...ids]) });
}

/** Agents' chat messages that their visitors did not see yet, in the order of the thread. */
export function findUnseenByVisitor(tx: Tx, conversations: readonly Conversation[]): Promise<Message[]> {
  return tx
    .createQueryBuilder(Message, 'm')
    .innerJoin('conversation', 'c', 'c.id = m.conversationId AND m.position > c.visitor_read_position')
    .where('m.conversationId = ANY(:ids)', { ids: conversations.map(({ id }) => id) })
    .andWhere(`m.direction = 'OUTBOUND' AND m.channel = 'chat' AND m.deliveryState <> 'SEEN'`)
    .orderBy('m.conversationId')
    .addOrderBy('m.position')
    .getMany();
}
