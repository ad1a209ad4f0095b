import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Invitations to an account, and what the audit log says of changes to accounts. */
export class Invitations1764100000000 implements MigrationInterface {
  name = 'Invitations1764100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE agent_invitation (
        id text PRIMARY KEY,
        email text NOT NULL CHECK (email = lower(email)),
        role text NOT NULL CHECK (role IN ('VIEWER', 'AGENT', 'ADMIN')),
        token_hash bytea NOT NULL,
        invited_by text NOT NULL REFERENCES agent (id) ON DELETE RESTRICT,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        ended_at timestamptz,
        ended text CHECK (ended IN ('used', 'revoked', 'replaced')),
        CHECK ((ended IS NULL) = (ended_at IS NULL))
      )`);
    await runner.query('CREATE UNIQUE INDEX agent_invitation_token_hash_key ON agent_invitation (token_hash)');
    await runner.query(
      'CREATE UNIQUE INDEX agent_invitation_one_open_key ON agent_invitation (email) WHERE ended_at IS NULL',
    );
    await runner.query('ALTER TABLE agent ADD COLUMN invitation_id text REFERENCES agent_invitation (id)');
    // An invitation makes one account, whatever the code around it does.
    await runner.query('CREATE UNIQUE INDEX agent_invitation_id_key ON agent (invitation_id)');
    await runner.query('CREATE INDEX session_agent_id_idx ON session (agent_id)');
    await runner.query('ALTER TABLE audit_entry ADD COLUMN subject_id text, ADD COLUMN detail jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE audit_entry DROP COLUMN subject_id, DROP COLUMN detail');
    await runner.query('DROP INDEX session_agent_id_idx');
    await runner.query('ALTER TABLE agent DROP COLUMN invitation_id');
    await runner.query('DROP TABLE agent_invitation');
  }
}
