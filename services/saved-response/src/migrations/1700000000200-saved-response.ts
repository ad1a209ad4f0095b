import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Saved responses and their categories, with the rules that hold whoever writes. */
export class SavedResponseMigration implements MigrationInterface {
  readonly name = 'SavedResponse1700000000200';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE saved_response, category');
  }
}

const STATEMENTS = [
  // Positions are checked when the transaction commits: a move gives two categories the same one for a moment.
  `CREATE TABLE category (
    id text PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    name text NOT NULL CONSTRAINT category_name_length CHECK (name <> '' AND char_length(name) <= 80),
    name_key text NOT NULL CONSTRAINT category_name UNIQUE,
    position integer NOT NULL
      CONSTRAINT category_position UNIQUE DEFERRABLE INITIALLY DEFERRED
      CONSTRAINT category_at_most_100 CHECK (position BETWEEN 0 AND 99)
  )`,
  `CREATE TABLE saved_response (
    id text PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    title text NOT NULL CONSTRAINT saved_response_title_length CHECK (title <> '' AND char_length(title) <= 120),
    title_key text NOT NULL,
    sort_key text COLLATE "C" NOT NULL,
    body text NOT NULL CONSTRAINT saved_response_body_length CHECK (body <> '' AND char_length(body) <= 10000),
    category_id text REFERENCES category ON DELETE RESTRICT,
    title_words tsvector NOT NULL,
    words tsvector NOT NULL,
    updated_by jsonb NOT NULL,
    updated_at timestamptz(3) NOT NULL
  )`,
  // Those without a category are among themselves like those of one.
  `CREATE UNIQUE INDEX saved_response_title ON saved_response (coalesce(category_id, ''), title_key)`,
  'CREATE INDEX saved_response_order ON saved_response (sort_key, id)',
  'CREATE INDEX saved_response_words ON saved_response USING gin (words)',
];
