import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Agents' accounts, their sessions, the counters behind the sign-in limits and the audit log. */
export class Accounts1764000000000 implements MigrationInterface {
  name = 'Accounts1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE agent (
        id text PRIMARY KEY CHECK (id ~ '^agt_[0-9a-z]{16,40}$'),
        email text NOT NULL CHECK (email = lower(email)),
        display_name text NOT NULL,
        password_hash text,
        role text NOT NULL CHECK (role IN ('VIEWER', 'AGENT', 'ADMIN')),
        active boolean NOT NULL DEFAULT true,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query('CREATE UNIQUE INDEX agent_email_key ON agent (email)');
    await runner.query(`
      CREATE TABLE session (
        id text PRIMARY KEY,
        token_hash bytea NOT NULL,
        agent_id text NOT NULL REFERENCES agent (id) ON DELETE RESTRICT,
        created_at timestamptz NOT NULL DEFAULT now(),
        last_seen_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE UNIQUE INDEX session_token_hash_key ON session (token_hash)');
    await runner.query('CREATE INDEX session_expires_at_idx ON session (expires_at)');
    await runner.query(`
      CREATE TABLE login_attempt (
        key text PRIMARY KEY,
        window_started_at timestamptz NOT NULL DEFAULT now(),
        attempts integer NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE audit_entry (
        seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT now(),
        what text NOT NULL,
        agent_id text REFERENCES agent (id) ON DELETE RESTRICT,
        address text
      )`);
    await runner.query(`
      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$`);
    await runner.query(`
      CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_entry, login_attempt, session, agent');
    await runner.query('DROP FUNCTION refuse_change()');
  }
}
