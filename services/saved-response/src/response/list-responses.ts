import type { GetSavedResponses, InputOf, ListSavedResponses, OutputOf } from '@conversations/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { prefixQuery } from '../search-words';
import { cursorAt, placeOfCursor, type PlaceInList } from './place-in-list';
import { SavedResponse } from './saved-response.entity';

type PageInput = InputOf<typeof ListSavedResponses>['pages'][number];
type Page = OutputOf<typeof ListSavedResponses>['pages'][number];

/** The broker carries messages of at most 1 MiB; an answer stays well below. One saved response alone takes at most 62 kB. */
const ANSWER_BYTES = 800_000;

const LIST = `
  SELECT id, version, title, body, category_id AS "categoryId", updated_by AS "updatedBy", updated_at AS "updatedAt",
    sort_key AS "sortKey", rank
  FROM (
    SELECT *, CASE WHEN $1::tsquery IS NULL OR title_words @@ $1::tsquery THEN 0 ELSE 1 END AS rank FROM saved_response
    WHERE ($1::tsquery IS NULL OR words @@ $1::tsquery) AND ($2::text IS NULL OR category_id = $2)
  ) found
  WHERE $3::int IS NULL OR (rank, sort_key, id) > ($3, $4::text, $5::text)
  ORDER BY rank, sort_key, id LIMIT $6`;

/** Saved responses by title, paged by key. */
@Injectable()
export class ListResponses {
  constructor(private readonly dataSource: DataSource) {}

  async list({ pages }: InputOf<typeof ListSavedResponses>): Promise<OutputOf<typeof ListSavedResponses>> {
    const results: Page[] = [];
    // One after the other: a request never takes more than one connection.
    for (const page of pages) results.push(await this.page(page, ANSWER_BYTES / pages.length));
    return { pages: results };
  }

  async get({ ids }: InputOf<typeof GetSavedResponses>): Promise<OutputOf<typeof GetSavedResponses>> {
    const found = await this.dataSource.manager.findBy(SavedResponse, { id: In(ids) });
    const byId = new Map(found.map((response) => [response.id, response.snapshot()]));
    return { items: ids.map((id) => byId.get(id) ?? null) };
  }

  /** Ends before `bytes` are exceeded, which is for the next page, but holds one item at least. */
  private async page({ search, categoryId, first, after }: PageInput, bytes: number): Promise<Page> {
    const words = search === null ? null : prefixQuery(search);
    if (search !== null && words === null) return { items: [], hasNextPage: false };
    const start = after === null ? null : placeOfCursor(after);
    const rows = await this.dataSource.query<(SavedResponse & PlaceInList)[]>(LIST, [
      words,
      categoryId,
      start?.rank ?? null,
      start?.sortKey ?? null,
      start?.id ?? null,
      first + 1,
    ]);
    const items: Page['items'] = [];
    let left = bytes;
    for (const row of rows.slice(0, first)) {
      const item = { cursor: cursorAt(row), savedResponse: Object.assign(new SavedResponse(), row).snapshot() };
      left -= Buffer.byteLength(JSON.stringify(item));
      if (left < 0 && items.length > 0) break;
      items.push(item);
    }
    return { items, hasNextPage: rows.length > items.length };
  }
}
