import type { GetMessages, InputOf, ListTimelines, OutputOf } from '@conversations/contracts';
import { UserError } from '@conversations/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { Activity } from './activity.entity';
import { decodeCursor, encodeCursor } from './cursor';
import { Message } from './message.entity';

type PageInput = InputOf<typeof ListTimelines>['pages'][number];
type Page = OutputOf<typeof ListTimelines>['pages'][number];

/**
 * A place in a thread. A message stands at (its position, 0); an activity line at (the position of the message before it,
 * the version it belongs to).
 */
interface Place {
  position: number;
  sequence: number;
}

interface Key extends Place {
  /** Index of the page, from 1. */
  page: number;
  kind: 'message' | 'activity';
  id: string;
}

const CURSOR = /^(\d{1,9})\.(\d{1,9})$/;
const START: Place = { position: -1, sequence: 0 };
const END: Place = { position: 2 ** 31 - 1, sequence: 0 };

const keysSql = (comparison: '<' | '>', order: 'DESC' | 'ASC') => `
  SELECT p.page::int, t.* FROM unnest($1::text[], $2::int[], $3::int[], $4::int[]) WITH ORDINALITY
    AS p (conversation_id, position, sequence, wanted, page)
  CROSS JOIN LATERAL (
    (SELECT 'message' AS kind, m.id, m.position, 0 AS sequence FROM message m
     WHERE m.conversation_id = p.conversation_id
       AND m.position ${comparison} p.position + CASE WHEN '${comparison}' = '<' AND p.sequence > 0 THEN 1 ELSE 0 END
     ORDER BY m.position ${order} LIMIT p.wanted)
    UNION ALL
    (SELECT 'activity', a.id, a.after_position, a.sequence FROM activity a
     WHERE a.conversation_id = p.conversation_id
       AND (a.after_position, a.sequence) ${comparison} (p.position, p.sequence)
     ORDER BY a.after_position ${order}, a.sequence ${order} LIMIT p.wanted)
    ORDER BY position ${order}, sequence ${order} LIMIT p.wanted
  ) t ORDER BY p.page, t.position ${order}, t.sequence ${order}`;

const BACKWARD = keysSql('<', 'DESC');
const FORWARD = keysSql('>', 'ASC');

class TwoCursors extends UserError {
  constructor() {
    super('INVALID_INPUT', 'A page stands before one cursor or after one, not both.');
  }
}

/** Threads: messages and activity lines in the order they are shown. */
@Injectable()
export class ThreadQuery {
  constructor(private readonly dataSource: DataSource) {}

  async list({ pages }: InputOf<typeof ListTimelines>): Promise<OutputOf<typeof ListTimelines>> {
    const keys = new Map<PageInput, Key[]>();
    for (const forward of [false, true]) {
      const asked = pages.filter((page) => page.forward === forward);
      const found = asked.length > 0 ? await this.keys(asked, forward) : [];
      asked.forEach((page, index) =>
        keys.set(
          page,
          found.filter((key) => key.page === index + 1),
        ),
      );
    }
    const items = await this.items([...keys.values()].flat());
    return { pages: pages.map((page) => pageOf(page, keys.get(page) ?? [], items)) };
  }

  async get({ ids }: InputOf<typeof GetMessages>): Promise<OutputOf<typeof GetMessages>> {
    const found = await this.dataSource.manager.findBy(Message, { id: In(ids) });
    const byId = new Map(found.map((message) => [message.id, message.snapshot()]));
    return { items: ids.map((id) => byId.get(id) ?? null) };
  }

  private keys(pages: readonly PageInput[], forward: boolean): Promise<Key[]> {
    const places = pages.map((page) => startOf(page));
    return this.dataSource.query<Key[]>(forward ? FORWARD : BACKWARD, [
      pages.map((page) => page.conversationId),
      places.map((place) => place.position),
      places.map((place) => place.sequence),
      pages.map((page) => page.limit + 1),
    ]);
  }

  private async items(keys: readonly Key[]): Promise<Map<string, Page['items'][number]>> {
    const idsOf = (kind: Key['kind']) => keys.filter((key) => key.kind === kind).map(({ id }) => id);
    const [messageIds, activityIds] = [idsOf('message'), idsOf('activity')];
    const { manager } = this.dataSource;
    const messages = messageIds.length > 0 ? await manager.findBy(Message, { id: In(messageIds) }) : [];
    const activities = activityIds.length > 0 ? await manager.findBy(Activity, { id: In(activityIds) }) : [];
    return new Map<string, Page['items'][number]>([
      ...messages.map((message) => {
        const cursor = encodeCursor(message.position, 0);
        return [message.id, { kind: 'message' as const, cursor, message: message.snapshot() }] as const;
      }),
      ...activities.map((activity) => {
        const cursor = encodeCursor(activity.afterPosition, activity.sequence);
        return [activity.id, { kind: 'activity' as const, cursor, activity: activity.snapshot() }] as const;
      }),
    ]);
  }
}

function startOf({ before, after, forward }: PageInput): Place {
  if (before !== null && after !== null) throw new TwoCursors();
  const cursor = forward ? after : before;
  if (cursor === null) return forward ? START : END;
  const [position, sequence] = decodeCursor(cursor, CURSOR);
  return { position: Number(position), sequence: Number(sequence) };
}

function pageOf(asked: PageInput, keys: readonly Key[], known: ReadonlyMap<string, Page['items'][number]>): Page {
  const kept = keys.slice(0, asked.limit);
  const items = (asked.forward ? kept : kept.toReversed()).flatMap(({ id }) => known.get(id) ?? []);
  const more = keys.length > asked.limit;
  return {
    items,
    hasNextPage: asked.forward ? more : asked.before !== null,
    hasPreviousPage: asked.forward ? asked.after !== null : more,
  };
}
