import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What Meta told, whom it told of, what is sent, and how the pages are. */
export class MessengerMigration implements MigrationInterface {
  readonly name = 'Messenger1700000000500';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE event, echo, person, media_file, media_message, part, reply, page');
  }
}

const STATEMENTS = [
  // An item of a delivery, so that a second delivery finds it there. "unreadable" is the JSON of what could not be read.
  `CREATE TABLE event (
    page_id text NOT NULL,
    key text NOT NULL,
    kind text NOT NULL,
    unreadable text,
    received_at timestamptz(3) NOT NULL,
    PRIMARY KEY (page_id, key)
  )`,
  'CREATE INDEX event_received ON event (received_at)',
  `CREATE TABLE page (
    id text PRIMARY KEY,
    name text NOT NULL,
    health text NOT NULL CONSTRAINT page_health
      CHECK (health IN ('OK', 'TOKEN_INVALID', 'PERMISSION', 'RESTRICTED', 'THROTTLED', 'UNSUBSCRIBED', 'DISABLED')),
    detail text,
    can_send boolean NOT NULL,
    since timestamptz(3) NOT NULL,
    probe_at timestamptz(3),
    backoff_until timestamptz(3),
    throttles integer NOT NULL DEFAULT 0,
    token_mark text,
    last_inbound_at timestamptz(3)
  )`,
  // Times are Meta's. A name is asked for at "name_at"; null: it is known, or nobody knows it.
  `CREATE TABLE person (
    page_id text NOT NULL,
    person_id text NOT NULL,
    profile_id text NOT NULL CONSTRAINT person_profile UNIQUE,
    display_name text,
    avatar jsonb,
    name_at timestamptz(3),
    name_tries integer NOT NULL DEFAULT 0,
    opened_at timestamptz(3),
    delivered_at timestamptz(3),
    seen_at timestamptz(3),
    PRIMARY KEY (page_id, person_id)
  )`,
  'CREATE INDEX person_nameless ON person (name_at) WHERE name_at IS NOT NULL',
  `CREATE TABLE reply (
    message_id text PRIMARY KEY,
    conversation_id text NOT NULL,
    page_id text NOT NULL,
    person_id text NOT NULL,
    thread_key text NOT NULL,
    attempt integer NOT NULL CHECK (attempt > 0),
    closes_at timestamptz(3) NOT NULL,
    human_agent_until timestamptz(3),
    reported text,
    created_at timestamptz(3) NOT NULL
  )`,
  // "open": later parts of the thread wait for it. "check_at": an unknown part whose echo is still waited for.
  `CREATE TABLE part (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text NOT NULL CONSTRAINT part_id UNIQUE,
    message_id text NOT NULL REFERENCES reply ON DELETE RESTRICT,
    attempt integer NOT NULL,
    place integer NOT NULL,
    page_id text NOT NULL,
    person_id text NOT NULL,
    text text,
    attachment jsonb,
    state text NOT NULL CONSTRAINT part_state CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'unknown')),
    check_at timestamptz(3),
    checks integer NOT NULL DEFAULT 0,
    open boolean GENERATED ALWAYS AS
      (state IN ('queued', 'sending') OR (state = 'unknown' AND check_at IS NOT NULL)) STORED,
    not_before timestamptz(3) NOT NULL,
    tries integer NOT NULL DEFAULT 0,
    created_at timestamptz(3) NOT NULL,
    sending_at timestamptz(3),
    gives_up_at timestamptz(3),
    mid text,
    sent_at timestamptz(3),
    failure_code text,
    detail text,
    CONSTRAINT part_content CHECK ((text IS NULL) <> (attachment IS NULL)),
    CONSTRAINT part_place UNIQUE (message_id, attempt, place)
  )`,
  'CREATE INDEX part_open ON part (page_id, person_id, seq) WHERE open',
  "CREATE INDEX part_sent ON part (page_id, person_id, seq DESC) WHERE state = 'sent'",
  'CREATE INDEX part_mid ON part (page_id, mid) WHERE mid IS NOT NULL',
  // Echoes that may be of a part whose request has no answer yet.
  `CREATE TABLE echo (
    page_id text NOT NULL,
    mid text NOT NULL,
    person_id text NOT NULL,
    item jsonb NOT NULL,
    due_at timestamptz(3) NOT NULL,
    PRIMARY KEY (page_id, mid)
  )`,
  'CREATE INDEX echo_due ON echo (due_at)',
  `CREATE TABLE media_message (
    target_key text PRIMARY KEY,
    page_id text NOT NULL,
    person_id text NOT NULL,
    settled boolean NOT NULL DEFAULT false
  )`,
  `CREATE TABLE media_file (
    id text PRIMARY KEY,
    target_key text NOT NULL REFERENCES media_message ON DELETE RESTRICT,
    place integer NOT NULL,
    url text NOT NULL,
    state text NOT NULL CONSTRAINT media_state CHECK (state IN ('pending', 'stored', 'failed')),
    stored jsonb,
    reason text,
    tries integer NOT NULL DEFAULT 0,
    try_at timestamptz(3) NOT NULL,
    CONSTRAINT media_place UNIQUE (target_key, place)
  )`,
  "CREATE INDEX media_pending ON media_file (try_at) WHERE state = 'pending'",
];
