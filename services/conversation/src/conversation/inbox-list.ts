import type { ConversationFilter } from '@conversations/contracts';
import type { EntityManager, ObjectLiteral } from 'typeorm';
import { Conversation } from './conversation.entity';
import { decodeCursor, encodeCursor } from './cursor';

/** Where counting stops. */
export const COUNTED = 1_000;
/** Rows that a page or a count looks at. A page that is not full then says where the next one goes on. */
export const WALKED = 10_000;

const CURSOR = /^(\d{1,14})\.(cnv_[0-9a-z]{16,40})$/;
const ORDER = 'l.last_activity_at DESC, l.id DESC';

export interface Found {
  conversations: Conversation[];
  hasNextPage: boolean;
  /** Set when the page ends before it is full and yet is not the last: where the next one begins. */
  endCursor: string | null;
}

interface PageWanted {
  first: number;
  after: string | null;
}

/** `l` is a row of the list. */
interface Condition {
  sql: string;
  parameters?: ObjectLiteral;
  /** An index holds exactly these rows in the order of the list, or there are few of them; the narrowest has the highest. */
  walkable?: number;
}

/**
 * Conversations of a filter but for its search, newest activity first. One condition is walked by its index and the others are
 * tried on each row, at most so many rows: so the cost has an end whatever is combined and however few match.
 */
export class InboxList {
  private constructor(
    private readonly base: Condition | null,
    private readonly rest: readonly Condition[],
    private readonly walked: number | null,
  ) {}

  static of(filter: ConversationFilter): InboxList {
    const conditions = conditionsOf(filter);
    const walkable = conditions.filter((condition) => condition.walkable !== undefined);
    const [base = null] = walkable.sort((a, b) => (b.walkable ?? 0) - (a.walkable ?? 0));
    return new InboxList(
      base,
      conditions.filter((condition) => condition !== base),
      WALKED,
    );
  }

  /** Of the list, these; they are all looked at. */
  among(ids: readonly string[]): InboxList {
    return new InboxList(
      { sql: 'l.id = ANY(:ids)', parameters: { ids } },
      this.base === null ? this.rest : [this.base, ...this.rest],
      null,
    );
  }

  /** Of the list, those for which this holds; `rows` of it are looked at. */
  matching(sql: string, parameters: ObjectLiteral, rows: number): InboxList {
    return new InboxList(this.base, [...this.rest, { sql, parameters }], rows);
  }

  async page(manager: EntityManager, wanted: PageWanted): Promise<Found> {
    const { first } = wanted;
    const found = await this.find(manager, wanted);
    if (found.length > first) return { conversations: found.slice(0, first), hasNextPage: true, endCursor: null };
    const endCursor = await this.lastWalked(manager, wanted);
    return { conversations: found, hasNextPage: endCursor !== null, endCursor };
  }

  /** One more than wanted when there are more. */
  find(manager: EntityManager, { first, after }: PageWanted): Promise<Conversation[]> {
    const { sql, parameters } = this.rows(after, first + 1);
    return manager
      .createQueryBuilder(Conversation, 'c')
      .where(`c.id = ANY(ARRAY(${sql}))`, parameters)
      .orderBy('c.lastActivityAt', 'DESC')
      .addOrderBy('c.id', 'DESC')
      .getMany();
  }

  /** Exact up to {@link COUNTED}; null above, and where not all of the list was looked at. */
  async count(manager: EntityManager): Promise<number | null> {
    const { sql, parameters } = this.rows(null, COUNTED + 1);
    const more = this.stopsEarly
      ? `(SELECT true FROM (${this.window(null)} OFFSET ${String(this.walked)}) l LIMIT 1)`
      : 'false';
    const [row] = await manager
      .createQueryBuilder()
      .select('count(*)', 'count')
      .addSelect(more, 'more')
      .from(`(${sql})`, 'counted')
      .setParameters(parameters)
      .getRawMany<{ count: string; more: boolean | null }>();
    const count = Number(row?.count ?? 0);
    return count > COUNTED || row?.more === true ? null : count;
  }

  private get stopsEarly(): boolean {
    return this.walked !== null && this.rest.length > 0;
  }

  /** Null when there is nothing beyond what was looked at. */
  private async lastWalked(manager: EntityManager, { after }: PageWanted): Promise<string | null> {
    if (!this.stopsEarly || this.walked === null) return null;
    const [last] = await manager
      .createQueryBuilder()
      .select('walked.last_activity_at', 'at')
      .addSelect('walked.id', 'id')
      .from(`(${this.window(after)} OFFSET ${this.walked - 1} LIMIT 1)`, 'walked')
      .setParameters(this.parameters(after))
      .getRawMany<{ at: Date; id: string }>();
    return last === undefined ? null : encodeCursor(last.at.getTime(), last.id);
  }

  private rows(after: string | null, limit: number): { sql: string; parameters: ObjectLiteral } {
    const rest = this.rest.map((condition) => `(${condition.sql})`).join(' AND ') || 'true';
    const looked = this.stopsEarly ? `LIMIT ${String(this.walked)}` : '';
    return {
      sql: `SELECT l.id FROM (${this.window(after)} ${looked}) l WHERE ${rest} ORDER BY ${ORDER} LIMIT ${limit}`,
      parameters: this.parameters(after),
    };
  }

  private window(after: string | null): string {
    const onwards = after === null ? 'true' : '(l.last_activity_at, l.id) < (:afterAt, :afterId)';
    return `SELECT * FROM conversation l WHERE ${this.base?.sql ?? 'true'} AND ${onwards} ORDER BY ${ORDER}`;
  }

  private parameters(after: string | null): ObjectLiteral {
    const parameters: ObjectLiteral = {};
    for (const condition of [this.base, ...this.rest]) Object.assign(parameters, condition?.parameters);
    if (after === null) return parameters;
    const [at, id] = decodeCursor(after, CURSOR);
    return { ...parameters, afterAt: new Date(Number(at)), afterId: id };
  }
}

function conditionsOf(filter: ConversationFilter): Condition[] {
  const { status, unread, channels, contactId, visitorIds, assignment, assigneeId, waitingForReply } = filter;
  const conditions: Condition[] = [];
  // Literals, not parameters: the planner then sees that a partial index fits.
  if (status === 'OPEN') conditions.push({ sql: `l.status = 'OPEN'`, walkable: 1 });
  if (status === 'COMPLETED') conditions.push({ sql: `l.status = 'COMPLETED'` });
  if (channels !== null) {
    if (!channels.includes('chat')) conditions.push({ sql: `l.channels <> '{chat}'`, walkable: 2 });
    conditions.push({ sql: 'l.channels && :channels', parameters: { channels } });
  }
  if (unread === true) conditions.push({ sql: 'l.unread', walkable: 3 });
  if (unread === false) conditions.push({ sql: 'NOT l.unread' });
  if (assigneeId !== null)
    conditions.push({ sql: 'l.assignee_id = :assigneeId', parameters: { assigneeId }, walkable: 4 });
  if (contactId !== null) conditions.push({ sql: 'l.contact_id = :contactId', parameters: { contactId }, walkable: 5 });
  if (visitorIds !== null)
    conditions.push({ sql: 'l.visitor_id = ANY(:visitorIds)', parameters: { visitorIds }, walkable: 6 });
  if (waitingForReply !== null)
    conditions.push({ sql: waitingForReply ? 'l.waiting_for_reply' : 'NOT l.waiting_for_reply' });
  if (assignment !== null)
    conditions.push({ sql: `l.assignee_id IS ${assignment === 'ASSIGNED' ? 'NOT NULL' : 'NULL'}` });
  return conditions;
}

export function cursorOf(conversation: Conversation): string {
  return encodeCursor(conversation.lastActivityAt.getTime(), conversation.id);
}
