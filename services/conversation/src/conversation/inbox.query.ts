import type { CountInbox, GetConversations, InputOf, ListConversations, OutputOf } from '@conversations/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { Conversation } from './conversation.entity';
import { COUNTED, cursorOf, InboxList, WALKED } from './inbox-list';
import { SearchQuery } from './search.query';

type PageInput = InputOf<typeof ListConversations>['pages'][number];
type Page = OutputOf<typeof ListConversations>['pages'][number];

/** The shared inbox: newest activity first, by key. */
@Injectable()
export class InboxQuery {
  constructor(
    private readonly dataSource: DataSource,
    private readonly search: SearchQuery,
  ) {}

  async list({ pages }: InputOf<typeof ListConversations>): Promise<OutputOf<typeof ListConversations>> {
    const results: Page[] = [];
    // One after the other: a request never takes more than one connection.
    for (const page of pages) results.push(await this.page(page));
    return { pages: results };
  }

  async get({ ids }: InputOf<typeof GetConversations>): Promise<OutputOf<typeof GetConversations>> {
    const found = await this.dataSource.manager.findBy(Conversation, { id: In(ids) });
    const byId = new Map(found.map((conversation) => [conversation.id, conversation.snapshot()]));
    return { items: ids.map((id) => byId.get(id) ?? null) };
  }

  async count(): Promise<OutputOf<typeof CountInbox>> {
    const [row] = await this.dataSource.query<{ unread: string; open: string }[]>(
      // Completed unread ones are passed by, so many of them.
      `SELECT (SELECT count(*) FROM (SELECT 1 FROM (SELECT status FROM conversation WHERE unread
           ORDER BY last_activity_at DESC, id DESC LIMIT $2) u WHERE status = 'OPEN' LIMIT $1) u) AS unread,
         (SELECT count(*) FROM (SELECT 1 FROM conversation WHERE status = 'OPEN' LIMIT $1) o) AS open`,
      [COUNTED, WALKED],
    );
    const unread = Number(row?.unread ?? 0);
    return { unread, open: Number(row?.open ?? 0), attention: unread > 0 };
  }

  private async page({ filter, first, after, count }: PageInput): Promise<Page> {
    const list = InboxList.of(filter);
    if (filter.search !== null) return this.search.page(list, { search: filter.search, first, after, count });
    const { manager } = this.dataSource;
    const { conversations, hasNextPage, endCursor } = await list.page(manager, { first, after });
    const items = conversations.map((conversation) => ({
      cursor: cursorOf(conversation),
      conversation: conversation.snapshot(),
      match: null,
    }));
    return { items, hasNextPage, endCursor, totalCount: count ? await list.count(manager) : null };
  }
}
