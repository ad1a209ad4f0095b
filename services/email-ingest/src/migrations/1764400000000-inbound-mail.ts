import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What came in: raw mails with the state of their work, and how far each mailbox was read. */
export class InboundMailMigration implements MigrationInterface {
  readonly name = 'InboundMail1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE automatic_mail, message_seen, mailbox, raw_mail');
  }
}

const STATEMENTS = [
  // The id is the SHA-256 of the bytes: the same mail read twice is one row.
  `CREATE TABLE raw_mail (
    id text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{64}$'),
    seq bigint GENERATED ALWAYS AS IDENTITY,
    byte_size integer NOT NULL,
    source text NOT NULL,
    envelope jsonb NOT NULL,
    received_at timestamptz(3) NOT NULL,
    state text NOT NULL DEFAULT 'ACCEPTED'
      CONSTRAINT raw_mail_state CHECK (state IN ('ACCEPTED', 'RECEIVED', 'INCOMPLETE', 'SET_ASIDE')),
    outcome text,
    attempts integer NOT NULL DEFAULT 0,
    due_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    is_replay boolean NOT NULL DEFAULT false,
    message_id text,
    failure text,
    done_at timestamptz(3)
  )`,
  `COMMENT ON COLUMN raw_mail.due_at IS 'Whoever works on the mail moves it on: until then it is theirs.'`,
  `CREATE INDEX raw_mail_waiting ON raw_mail (due_at) WHERE state = 'ACCEPTED'`,
  `CREATE INDEX raw_mail_newest ON raw_mail (source, received_at DESC)`,
  // The same mail to two of our addresses arrives as different bytes.
  `CREATE TABLE message_seen (
    idempotency_key text PRIMARY KEY,
    message_id text NOT NULL UNIQUE,
    raw_id text NOT NULL REFERENCES raw_mail ON DELETE RESTRICT
  )`,
  `CREATE TABLE mailbox (
    id text PRIMARY KEY,
    uid_validity bigint,
    last_uid bigint NOT NULL DEFAULT 0,
    since timestamptz(3),
    owner text,
    owned_until timestamptz(3),
    problem text,
    checked_at timestamptz(3)
  )`,
  `CREATE TABLE automatic_mail (
    address text NOT NULL,
    hour timestamptz(3) NOT NULL,
    count integer NOT NULL,
    PRIMARY KEY (address, hour)
  )`,
];
