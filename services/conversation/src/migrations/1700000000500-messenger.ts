import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People and pages on Messenger, and what was changed in messages that have not come yet. */
export class MessengerMigration implements MigrationInterface {
  readonly name = 'Messenger1700000000500';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('No conversation is ever deleted, so this migration does not go back'));
  }
}

const KEPT = ['messenger_page', 'messenger_profile'];

const STATEMENTS = [
  // can_send holds until its page says otherwise; changed_at is null until then.
  `CREATE TABLE messenger_page (
    id text PRIMARY KEY,
    name text NOT NULL,
    can_send boolean NOT NULL,
    changed_at timestamptz(3)
  )`,
  `CREATE TABLE messenger_profile (
    id text PRIMARY KEY,
    thread_key text NOT NULL CONSTRAINT messenger_profile_thread UNIQUE,
    page_id text NOT NULL REFERENCES messenger_page ON DELETE RESTRICT,
    display_name text NOT NULL,
    words tsvector NOT NULL,
    avatar jsonb,
    met_at timestamptz(3) NOT NULL,
    named_at timestamptz(3),
    window_closes_at timestamptz(3),
    human_agent_until timestamptz(3),
    window_refused_at timestamptz(3),
    human_agent_refused_at timestamptz(3),
    created_at timestamptz(3) NOT NULL,
    CONSTRAINT messenger_profile_window CHECK (human_agent_until IS NULL OR window_closes_at IS NOT NULL)
  )`,
  `CREATE TABLE messenger_early_change (
    target_key text PRIMARY KEY,
    changes jsonb NOT NULL
  )`,
  ...KEPT.map(
    (table) =>
      `CREATE TRIGGER ${table}_is_kept BEFORE DELETE OR TRUNCATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
  ),
  `ALTER TABLE conversation ADD CONSTRAINT conversation_messenger_profile FOREIGN KEY (messenger_profile_id)
    REFERENCES messenger_profile ON DELETE RESTRICT`,
  `ALTER TABLE conversation ADD CONSTRAINT conversation_person CHECK (
    messenger_profile_id IS NULL OR num_nonnulls(contact_id, visitor_id) = 0)`,
  'CREATE INDEX messenger_profile_words ON messenger_profile USING gin (words)',
  // A person on Messenger has many threads, one after the other.
  `CREATE INDEX conversation_messenger_thread ON conversation (thread_key, created_at, id)
    WHERE messenger_profile_id IS NOT NULL`,
];
