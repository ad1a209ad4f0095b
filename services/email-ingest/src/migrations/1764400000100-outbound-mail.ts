import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What goes out: each send with its state, and the pace of each domain. */
export class OutboundMailMigration implements MigrationInterface {
  readonly name = 'OutboundMail1764400000100';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE domain_pace, send');
  }
}

const STATEMENTS = [
  `CREATE TABLE send (
    seq bigint GENERATED ALWAYS AS IDENTITY,
    message_id text NOT NULL,
    attempt integer NOT NULL CHECK (attempt > 0),
    conversation_id text NOT NULL,
    command jsonb NOT NULL,
    content_hash text NOT NULL,
    rfc_message_id text NOT NULL,
    address text NOT NULL,
    domain text NOT NULL,
    verified boolean NOT NULL,
    visitor_id text,
    state text NOT NULL
      CONSTRAINT send_state CHECK (state IN ('WAITING', 'SENDING', 'SENT', 'FAILED', 'HELD')),
    recipients text[] NOT NULL,
    refused jsonb NOT NULL DEFAULT '[]',
    raw_key text,
    tries integer NOT NULL DEFAULT 0,
    ambiguous integer NOT NULL DEFAULT 0,
    lease text,
    accepted_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    due_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    give_up_at timestamptz(3) NOT NULL,
    bounced_at timestamptz(3),
    failure_code text,
    detail text,
    done_at timestamptz(3),
    CONSTRAINT send_attempt PRIMARY KEY (message_id, attempt)
  )`,
  `COMMENT ON COLUMN send.due_at IS 'WAITING: not before. SENDING: until then it belongs to the replica of the lease.'`,
  `COMMENT ON COLUMN send.recipients IS 'Who has not been taken yet; the last ones once it is SENT.'`,
  `COMMENT ON COLUMN send.ambiguous IS 'How often it went out without an answer: as many second copies may exist.'`,
  `CREATE INDEX send_due ON send (due_at, seq) WHERE state IN ('WAITING', 'SENDING')`,
  `CREATE INDEX send_open ON send (conversation_id) WHERE state IN ('WAITING', 'SENDING')`,
  `CREATE INDEX send_rfc_message_id ON send (rfc_message_id, attempt DESC)`,
  `CREATE INDEX send_unverified ON send (accepted_at, address, visitor_id) WHERE NOT verified`,
  // The moment from which the next mail to the domain may go; see domain-pace.ts.
  `CREATE TABLE domain_pace (
    domain text PRIMARY KEY,
    free_at timestamptz(6) NOT NULL
  )`,
];
