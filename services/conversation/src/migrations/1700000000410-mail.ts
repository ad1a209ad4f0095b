import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an email holds beside its message, who takes part in a thread by email, and what other systems sent in our name. */
export class MailMigration implements MigrationInterface {
  readonly name = 'Mail1700000000410';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('What was received is never deleted, so this migration does not go back'));
  }
}

const KEPT = ['mail', 'mail_participant', 'registered_mail'];

// A Message-ID may be longer than an index takes: it is found by its hash.
const STATEMENTS = [
  `CREATE TABLE mail (
    message_id text PRIMARY KEY REFERENCES message ON DELETE RESTRICT,
    conversation_id text NOT NULL,
    rfc_message_id text NOT NULL,
    id_hash text NOT NULL CONSTRAINT mail_id_hash CHECK (length(id_hash) = 64),
    quoted_text text,
    html_key text,
    raw_key text
  )`,
  'CREATE INDEX mail_named ON mail (id_hash, message_id)',
  `CREATE TABLE mail_participant (
    conversation_id text NOT NULL REFERENCES conversation ON DELETE RESTRICT,
    address text NOT NULL CONSTRAINT mail_participant_address CHECK (length(address) <= 320),
    PRIMARY KEY (conversation_id, address)
  )`,
  `CREATE TABLE registered_mail (
    id_hash text NOT NULL CONSTRAINT registered_mail_id_hash CHECK (length(id_hash) = 64),
    address text NOT NULL CONSTRAINT registered_mail_address CHECK (length(address) <= 320),
    subject text NOT NULL,
    sent_at timestamptz(3) NOT NULL,
    PRIMARY KEY (id_hash, address)
  )`,
  ...KEPT.map(
    (table) =>
      `CREATE TRIGGER ${table}_is_kept BEFORE DELETE OR TRUNCATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
  ),
];
