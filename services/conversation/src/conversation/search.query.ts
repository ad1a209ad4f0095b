import type { ListConversations, OutputOf } from '@conversations/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { excerpt } from '../search-excerpt';
import type { SearchTerm } from '../search-terms';
import { indexQuery, searchQuery, searchTerms } from '../search-terms';
import type { Conversation } from './conversation.entity';
import type { Found, InboxList } from './inbox-list';
import { cursorOf } from './inbox-list';

type Page = OutputOf<typeof ListConversations>['pages'][number];

interface Searched {
  search: string;
  first: number;
  after: string | null;
  count: boolean;
}

/** Hits of one kind that are collected before the words count as common. */
const CANDIDATES = 5_000;
/** Conversations that are tried before the index is asked: so many fill a page when the words are very common. */
const GLANCED = 300;
/** Conversations of the list that one page looks through for common words. */
const WALKED = 2_000;

/**
 * $1 is all of the search and $2 what an index answers by itself: a phrase is looked for in so many rows only. A contact that
 * has no conversation counts too, so that a limit that was reached shows.
 */
const HITS = `
  (SELECT conversation_id AS id, words @@ $1::tsquery AS hit, 1 AS kind FROM message WHERE words @@ $2::tsquery LIMIT $4)
  UNION ALL
  (SELECT c.id, k.hit, 2 FROM (SELECT id, words @@ $1::tsquery AS hit FROM contact WHERE words @@ $2::tsquery LIMIT $4) k
   LEFT JOIN conversation c ON c.contact_id = k.id)
  UNION ALL
  (SELECT c.id, true, 3 FROM visitor v JOIN conversation c ON c.visitor_id = v.id WHERE upper(right(v.id, 4)) = $3 LIMIT $4)
  UNION ALL
  (SELECT c.id, p.hit, 4
   FROM (SELECT id, thread_key, words @@ $1::tsquery AS hit FROM messenger_profile WHERE words @@ $2::tsquery LIMIT $4) p
   LEFT JOIN conversation c ON c.thread_key = p.thread_key AND c.messenger_profile_id = p.id)`;

/**
 * The same four for one conversation. Scalar sub-selects, and IS TRUE, which no index answers, keep this one look-up of the
 * conversation's own messages for each row, whatever the planner expects.
 */
const MATCHES = `
  coalesce((SELECT true FROM message m WHERE m.conversation_id = l.id
    AND (m.words @@ CAST(:searched AS tsquery)) IS TRUE LIMIT 1), false)
  OR coalesce((SELECT k.words @@ CAST(:searched AS tsquery) FROM contact k WHERE k.id = l.contact_id), false)
  OR coalesce((SELECT p.words @@ CAST(:searched AS tsquery) FROM messenger_profile p
    WHERE p.id = l.messenger_profile_id), false)
  OR upper(right(l.visitor_id, 4)) = :visitorMark`;

/** The newest message of each conversation that matches. */
const MATCHED = `
  SELECT p.id AS "conversationId", m.id AS "messageId", m.text, m.subject
  FROM unnest($1::text[]) AS p (id) CROSS JOIN LATERAL (
    SELECT id, text, email ->> 'subject' AS subject FROM message
    WHERE conversation_id = p.id AND (words @@ $2::tsquery) IS TRUE ORDER BY position DESC LIMIT 1) m`;

/**
 * Finds conversations by words in messages and in subjects, and by the name or address of the other side. Rare words are looked
 * up by their index. For common ones the list is walked, newest first: a page ends early after 2,000 conversations, and the
 * next one goes on there, so that nothing is left out.
 */
@Injectable()
export class SearchQuery {
  constructor(private readonly dataSource: DataSource) {}

  async page(list: InboxList, { search, first, after, count }: Searched): Promise<Page> {
    const terms = searchTerms(search);
    if (terms.length === 0) return { items: [], hasNextPage: false, endCursor: null, totalCount: count ? 0 : null };
    const { manager } = this.dataSource;
    const parameters = { searched: searchQuery(terms), visitorMark: visitorMark(terms) };
    let totalCount: number | null = null;
    let found = count ? null : await this.glance(list.matching(MATCHES, parameters, GLANCED), { first, after });
    if (found === null) {
      const hits = await this.hits(terms);
      if (hits === null) found = await list.matching(MATCHES, parameters, WALKED).page(manager, { first, after });
      else {
        const matching = list.among(hits);
        found = await matching.page(manager, { first, after });
        // The count of common words stops like every other: where it cannot be exact.
        if (count) totalCount = await matching.count(manager);
      }
    }
    const matches = await this.matches(found.conversations, terms);
    return {
      items: found.conversations.map((conversation) => ({
        cursor: cursorOf(conversation),
        conversation: conversation.snapshot(),
        match: matches.get(conversation.id) ?? null,
      })),
      hasNextPage: found.hasNextPage,
      endCursor: found.endCursor,
      totalCount,
    };
  }

  /** Null unless the page is full. */
  private async glance(list: InboxList, wanted: { first: number; after: string | null }): Promise<Found | null> {
    const found = await list.find(this.dataSource.manager, wanted);
    if (found.length <= wanted.first) return null;
    return { conversations: found.slice(0, wanted.first), hasNextPage: true, endCursor: null };
  }

  /** Null when there are too many to collect. */
  private async hits(terms: readonly SearchTerm[]): Promise<string[] | null> {
    const rows = await this.dataSource.query<{ id: string | null; hit: boolean; kind: number }[]>(HITS, [
      searchQuery(terms),
      indexQuery(terms),
      visitorMark(terms),
      CANDIDATES + 1,
    ]);
    const isCommon = [1, 2, 3, 4].some((kind) => rows.filter((row) => row.kind === kind).length > CANDIDATES);
    return isCommon ? null : [...new Set(rows.flatMap(({ id, hit }) => (hit && id !== null ? [id] : [])))];
  }

  private async matches(
    conversations: readonly Conversation[],
    terms: readonly SearchTerm[],
  ): Promise<Map<string, NonNullable<Page['items'][number]['match']>>> {
    const rows = await this.dataSource.query<
      { conversationId: string; messageId: string; text: string; subject: string | null }[]
    >(MATCHED, [conversations.map(({ id }) => id), searchQuery(terms)]);
    return new Map(
      rows.flatMap(({ conversationId, messageId, text, subject }) => {
        const shown = excerpt(text, terms) ?? excerpt(subject ?? '', terms);
        return shown === null ? [] : [[conversationId, { messageId, excerpt: shown }] as const];
      }),
    );
  }
}

/** What stands before the number of a visitor in the languages that agents read. */
const VISITOR = new Set(['visitor', 'visiteur']);

/** "Visitor 0718" is found by its four digits; the word before them is on every visitor. */
function visitorMark(terms: readonly SearchTerm[]): string | null {
  const words = terms.flatMap((term) => term.words);
  const marks = VISITOR.has(words[0] ?? '') ? words.slice(1) : words;
  const [mark] = marks;
  return marks.length === 1 && mark?.length === 4 ? mark.toUpperCase() : null;
}
