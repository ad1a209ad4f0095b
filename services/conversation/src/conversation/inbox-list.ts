import type { ConversationFilter } from '@conversations/contracts';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { Conversation } from './conversation.entity';
import { decodeCursor, encodeCursor } from './cursor';

/** Where counting stops. */
export const COUNTED = 1_000;

const CURSOR = /^(\d{1,14})\.(cnv_[0-9a-z]{16,40})$/;

/** Conversations of a filter but for its search, newest activity first. */
export function inboxList(manager: EntityManager, filter: ConversationFilter): SelectQueryBuilder<Conversation> {
  const list = manager
    .createQueryBuilder(Conversation, 'c')
    .orderBy('c.lastActivityAt', 'DESC')
    .addOrderBy('c.id', 'DESC');
  const { status, unread, channels, contactId, visitorIds, assignment, assigneeId, waitingForReply } = filter;
  // Literals, not parameters: the planner then sees that a partial index fits.
  if (status !== null) list.andWhere(status === 'OPEN' ? `c.status = 'OPEN'` : `c.status = 'COMPLETED'`);
  if (unread !== null) list.andWhere(unread ? 'c.unread' : 'NOT c.unread');
  if (waitingForReply !== null) list.andWhere(waitingForReply ? 'c.waitingForReply' : 'NOT c.waitingForReply');
  if (assignment !== null) list.andWhere(`c.assigneeId IS ${assignment === 'ASSIGNED' ? 'NOT NULL' : 'NULL'}`);
  if (assigneeId !== null) list.andWhere('c.assigneeId = :assigneeId', { assigneeId });
  if (contactId !== null) list.andWhere('c.contactId = :contactId', { contactId });
  if (visitorIds !== null) list.andWhere('c.visitorId = ANY(:visitorIds)', { visitorIds });
  if (channels !== null) {
    list.andWhere('c.channels && :channels', { channels });
    if (!channels.includes('chat')) list.andWhere(`c.channels <> '{chat}'`);
  }
  return list;
}

export function cursorOf(conversation: Conversation): string {
  return encodeCursor(conversation.lastActivityAt.getTime(), conversation.id);
}

/** Leaves what stands after the cursor. */
export function startAfter(list: SelectQueryBuilder<Conversation>, cursor: string): void {
  const [at, id] = decodeCursor(cursor, CURSOR);
  list.andWhere('(c.lastActivityAt, c.id) < (:at, :id)', { at: new Date(Number(at)), id });
}

/** Exact up to {@link COUNTED}, null above. */
export async function countUpTo(list: SelectQueryBuilder<Conversation>): Promise<number | null> {
  const [sql, parameters] = list
    .clone()
    .select('1')
    .orderBy()
    .limit(COUNTED + 1)
    .getQueryAndParameters();
  const [row] = await list.dataSource.query<{ count: string }[]>(`SELECT count(*) FROM (${sql}) counted`, parameters);
  const count = Number(row?.count ?? 0);
  return count > COUNTED ? null : count;
}
