import type { ListConversations, OutputOf } from '@conversations/contracts';
import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { DataSource } from 'typeorm';
import type { Conversation } from './conversation.entity';
import { countUpTo, cursorOf, startAfter } from './inbox-list';
import { excerpt, prefixQuery, searchWords } from '../search-words';

type Page = OutputOf<typeof ListConversations>['pages'][number];

interface Searched {
  search: string;
  first: number;
  after: string | null;
  count: boolean;
}

/** Hits of one kind that are collected before the words count as common. */
const CANDIDATES = 1_000;
/** Newest conversations of the list that are looked through for common words. */
const WALKED = 5_000;

const HITS = `
  (SELECT conversation_id AS id, 1 AS kind FROM message WHERE words @@ $1::tsquery LIMIT $3)
  UNION ALL
  (SELECT c.id, 2 FROM contact k JOIN conversation c ON c.contact_id = k.id
   WHERE k.words @@ $1::tsquery LIMIT $3)
  UNION ALL
  (SELECT c.id, 3 FROM visitor v JOIN conversation c ON c.visitor_id = v.id WHERE upper(right(v.id, 4)) = $2 LIMIT $3)
  UNION ALL
  (SELECT c.id, 4 FROM messenger_profile p JOIN conversation c ON c.thread_key = p.thread_key AND c.messenger_profile_id = p.id
   WHERE p.words @@ $1::tsquery LIMIT $3)`;

/** The same four for one conversation; a scalar sub-select stays one index look-up for each row, whatever the planner expects. */
const MATCHES = `(
  coalesce((SELECT true FROM message m WHERE m.conversation_id = c.id
    AND m.words @@ CAST(:words AS tsquery) LIMIT 1), false)
  OR coalesce((SELECT k.words @@ CAST(:words AS tsquery)
    FROM contact k WHERE k.id = c.contact_id), false)
  OR coalesce((SELECT p.words @@ CAST(:words AS tsquery)
    FROM messenger_profile p WHERE p.id = c.messenger_profile_id), false)
  OR upper(right(c.visitor_id, 4)) = :visitorMark)`;

/**
 * Finds conversations by words in messages and by the name or address of the other side. Exact while fewer than 1,000
 * messages, contacts, visitors and people on Messenger each match; for more common words the newest 5,000 conversations of the list are
 * looked through.
 */
@Injectable()
export class SearchQuery {
  constructor(private readonly dataSource: DataSource) {}

  async page(list: SelectQueryBuilder<Conversation>, { search, first, after, count }: Searched): Promise<Page> {
    const words = searchWords(search);
    if (words.length === 0) return { items: [], hasNextPage: false, totalCount: count ? 0 : null };
    const { ids, common } = await this.hits(words);
    if (!common) list.andWhere('c.id = ANY(:hits)', { hits: ids });
    // The count of common words stops like every other: where it cannot be exact.
    const totalCount = count && !common ? await countUpTo(list) : null;
    if (after !== null) startAfter(list, after);
    if (common) walk(list, words);
    const found = await list.limit(first + 1).getMany();
    const page = found.slice(0, first);
    const matches = await this.matches(page, words);
    return {
      items: page.map((conversation) => ({
        cursor: cursorOf(conversation),
        conversation: conversation.snapshot(),
        match: matches.get(conversation.id) ?? null,
      })),
      hasNextPage: found.length > first,
      totalCount,
    };
  }

  private async hits(words: readonly string[]): Promise<{ ids: string[]; common: boolean }> {
    const rows = await this.dataSource.query<{ id: string; kind: number }[]>(HITS, [
      prefixQuery(words),
      visitorMark(words),
      CANDIDATES + 1,
    ]);
    const common = [1, 2, 3, 4].some((kind) => rows.filter((row) => row.kind === kind).length > CANDIDATES);
    return { ids: [...new Set(rows.map((row) => row.id))], common };
  }

  private async matches(
    conversations: readonly Conversation[],
    words: readonly string[],
  ): Promise<Map<string, NonNullable<Page['items'][number]['match']>>> {
    const rows = await this.dataSource.query<{ conversationId: string; messageId: string; text: string }[]>(
      `SELECT p.id AS "conversationId", m.id AS "messageId", m.text
       FROM unnest($1::text[]) AS p (id) CROSS JOIN LATERAL (
         SELECT id, text FROM message WHERE conversation_id = p.id AND words @@ $2::tsquery
         ORDER BY position DESC LIMIT 1) m`,
      [conversations.map(({ id }) => id), prefixQuery(words)],
    );
    return new Map(
      rows.map((row) => [row.conversationId, { messageId: row.messageId, excerpt: excerpt(row.text, words) }]),
    );
  }
}

/** Keeps the newest {@link WALKED} of the list and of them those that match, tried in the list's order until the page is full. */
function walk(list: SelectQueryBuilder<Conversation>, words: readonly string[]): void {
  const window = list.clone().select('c.lastActivityAt', 'at').limit(WALKED).getQuery();
  list
    .andWhere(`c.lastActivityAt >= (SELECT min(w.at) FROM (${window}) w)`)
    .andWhere(MATCHES, { words: prefixQuery(words), visitorMark: visitorMark(words) });
}

/** "Visitor 0718" is found by its four digits; the word before them is on every visitor. */
function visitorMark(words: readonly string[]): string | null {
  const marks = words[0] === 'visitor' ? words.slice(1) : words;
  const [mark] = marks;
  return marks.length === 1 && mark?.length === 4 ? mark.toUpperCase() : null;
}
