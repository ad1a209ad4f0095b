import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Conversations, their messages and people, with the rules that hold whoever writes. */
export class ConversationMigration implements MigrationInterface {
  readonly name = 'Conversation1700000000100';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...TABLES, ...RULES, ...INDICES]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('No conversation is ever deleted, so this migration does not go back'));
  }
}

const TABLES = [
  `CREATE TABLE contact (
    id text PRIMARY KEY,
    display_name text NOT NULL,
    email text,
    email_verified boolean NOT NULL,
    phone text,
    company text,
    words tsvector NOT NULL,
    created_at timestamptz(3) NOT NULL
  )`,
  `CREATE TABLE visitor (
    id text PRIMARY KEY,
    site_id text NOT NULL,
    token_hash text NOT NULL CONSTRAINT visitor_token UNIQUE,
    contact_id text REFERENCES contact ON DELETE RESTRICT,
    identified boolean NOT NULL DEFAULT false,
    locale text,
    page_url text,
    page_title text,
    created_at timestamptz(3) NOT NULL,
    last_seen_at timestamptz(3) NOT NULL,
    CONSTRAINT visitor_identified_as CHECK (contact_id IS NOT NULL OR NOT identified)
  )`,
  `CREATE TABLE conversation (
    id text PRIMARY KEY,
    thread_key text NOT NULL,
    version integer NOT NULL,
    status text NOT NULL,
    assignee_id text,
    waiting_for_reply boolean NOT NULL,
    unread boolean NOT NULL,
    read_stamp jsonb,
    completed_stamp jsonb,
    title text NOT NULL,
    subject text,
    contact_id text REFERENCES contact ON DELETE RESTRICT,
    visitor_id text CONSTRAINT conversation_visitor UNIQUE REFERENCES visitor ON DELETE RESTRICT,
    messenger_profile_id text,
    channels text[] NOT NULL,
    last_channel text NOT NULL,
    last_message_id text NOT NULL,
    last_position integer NOT NULL,
    agent_read_position integer NOT NULL,
    visitor_read_position integer NOT NULL,
    last_activity_at timestamptz(3) NOT NULL,
    created_at timestamptz(3) NOT NULL,
    CONSTRAINT conversation_status CHECK (status IN ('OPEN', 'COMPLETED')),
    CONSTRAINT conversation_completed CHECK ((status = 'COMPLETED') = (completed_stamp IS NOT NULL)),
    CONSTRAINT conversation_read CHECK (unread = (read_stamp IS NULL)),
    CONSTRAINT conversation_positions CHECK (
      last_position > 0 AND agent_read_position <= last_position AND visitor_read_position <= last_position)
  ) WITH (fillfactor = 80)`,
  `CREATE TABLE message (
    id text PRIMARY KEY,
    conversation_id text NOT NULL,
    position integer NOT NULL CONSTRAINT message_position_counts CHECK (position > 0),
    previous_position integer GENERATED ALWAYS AS (NULLIF(position - 1, 0)) STORED,
    opened_conversation_id text GENERATED ALWAYS AS (CASE position WHEN 1 THEN conversation_id END) STORED
      CONSTRAINT message_conversation REFERENCES conversation ON DELETE RESTRICT,
    idempotency_key text NOT NULL CONSTRAINT message_idempotency UNIQUE,
    channel text NOT NULL,
    direction text NOT NULL CONSTRAINT message_direction CHECK (direction IN ('INBOUND', 'OUTBOUND')),
    author_kind text NOT NULL,
    author_id text,
    author_name text,
    text text NOT NULL,
    words tsvector NOT NULL,
    attachments jsonb NOT NULL,
    client_message_id text,
    delivery_state text,
    delivery_at timestamptz(3),
    failure_code text,
    delivery_retryable boolean NOT NULL,
    form jsonb,
    created_at timestamptz(3) NOT NULL,
    CONSTRAINT message_position UNIQUE (conversation_id, position),
    CONSTRAINT message_delivery CHECK ((direction = 'OUTBOUND') = (delivery_state IS NOT NULL AND delivery_at IS NOT NULL))
  )`,
  `CREATE TABLE activity (
    id text PRIMARY KEY,
    conversation_id text NOT NULL REFERENCES conversation ON DELETE RESTRICT,
    kind text NOT NULL,
    by jsonb NOT NULL,
    at timestamptz(3) NOT NULL,
    assignee_id text,
    after_position integer NOT NULL,
    sequence integer NOT NULL,
    CONSTRAINT activity_place UNIQUE (conversation_id, after_position, sequence)
  )`,
];

const KEPT = ['conversation', 'message', 'activity', 'contact', 'visitor'];

const RULES = [
  // No gap: every message but the first stands on the one before it, and the first on its conversation, so that one
  // look-up for each message holds it all. No repeat: message_position.
  `ALTER TABLE message ADD CONSTRAINT message_previous FOREIGN KEY (conversation_id, previous_position)
    REFERENCES message (conversation_id, position) ON DELETE RESTRICT`,
  // No conversation without a message; looked at when the transaction commits, because each of the two names the other.
  `ALTER TABLE conversation ADD CONSTRAINT conversation_last_message FOREIGN KEY (id, last_position)
    REFERENCES message (conversation_id, position) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED`,
  `CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% of % is never allowed', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$`,
  ...KEPT.map(
    (table) =>
      `CREATE TRIGGER ${table}_is_kept BEFORE DELETE OR TRUNCATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
  ),
  `CREATE TRIGGER message_keeps_its_place BEFORE UPDATE OF id, conversation_id, position ON message
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
];

const INDICES = [
  'CREATE UNIQUE INDEX contact_email ON contact (lower(email))',
  'CREATE INDEX visitor_contact ON visitor (contact_id) WHERE contact_id IS NOT NULL',
  `CREATE UNIQUE INDEX conversation_open_thread ON conversation (thread_key) WHERE status = 'OPEN'`,
  // The inbox and its filters, each in the order it is paged.
  'CREATE INDEX conversation_newest ON conversation (last_activity_at, id)',
  `CREATE INDEX conversation_open ON conversation (last_activity_at, id) WHERE status = 'OPEN'`,
  'CREATE INDEX conversation_unread ON conversation (last_activity_at, id) WHERE unread',
  // Nearly every conversation is chat alone: who looks for another channel passes those by.
  `CREATE INDEX conversation_beside_chat ON conversation (last_activity_at, id) WHERE channels <> '{chat}'`,
  'CREATE INDEX conversation_contact ON conversation (contact_id, last_activity_at, id) WHERE contact_id IS NOT NULL',
  'CREATE INDEX conversation_assignee ON conversation (assignee_id, last_activity_at, id) WHERE assignee_id IS NOT NULL',
  'CREATE INDEX visitor_mark ON visitor (upper(right(id, 4)))',
  'CREATE INDEX message_words ON message USING gin (words)',
  'CREATE INDEX contact_words ON contact USING gin (words)',
];
