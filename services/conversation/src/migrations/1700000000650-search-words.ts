import type { MailSnapshot, MessageSnapshot } from '@conversations/contracts';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { messageVector } from '../conversation/message-rows';
import { searchVector } from '../search-words';

/** Rows of one statement, which is a transaction of its own. */
const BATCH = 1_000;

interface Kept {
  table: string;
  columns: string;
  vectorOf: (row: Record<string, unknown>) => string;
}

const KEPT: Kept[] = [
  {
    table: 'contact',
    columns: 'display_name, email',
    vectorOf: (row) => searchVector(row['display_name'] as string, (row['email'] as string | null) ?? ''),
  },
  {
    table: 'messenger_profile',
    columns: 'display_name',
    vectorOf: (row) => searchVector(row['display_name'] as string),
  },
  {
    table: 'message',
    columns: 'text, email, direction, author_kind',
    vectorOf: (row) =>
      messageVector({
        text: row['text'] as string,
        email: row['email'] as MailSnapshot | null,
        direction: row['direction'] as MessageSnapshot['direction'],
        authorKind: row['author_kind'] as MessageSnapshot['author']['kind'],
      }),
  },
];

/**
 * Writes the words of everything stored anew: without accents, with their places. No table is locked and no index changes: rows
 * are written in small batches while the service may run, and a migration that was interrupted begins again without harm.
 */
export class SearchWordsMigration implements MigrationInterface {
  readonly name = 'SearchWords1700000000650';
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    for (const kept of KEPT) await rewrite(runner, kept);
  }

  down(): Promise<void> {
    return Promise.reject(
      new Error('The words before cannot be told from those now, so this migration does not go back'),
    );
  }
}

async function rewrite(runner: QueryRunner, { table, columns, vectorOf }: Kept): Promise<void> {
  for (let after = ''; ;) {
    const rows = (await runner.query(`SELECT id, ${columns} FROM ${table} WHERE id > $1 ORDER BY id LIMIT ${BATCH}`, [
      after,
    ])) as ({ id: string } & Record<string, unknown>)[];
    const last = rows.at(-1);
    if (last === undefined) return;
    await runner.query(
      `UPDATE ${table} SET words = w.words FROM unnest($1::text[], $2::tsvector[]) AS w (id, words) WHERE ${table}.id = w.id`,
      [rows.map(({ id }) => id), rows.map(vectorOf)],
    );
    after = last.id;
  }
}
