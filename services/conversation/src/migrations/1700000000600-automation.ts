import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The chatbot automation: the published versions of its flow, and where each conversation stands in the one it began with. */
export class AutomationMigration implements MigrationInterface {
  readonly name = 'Automation1700000000600';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Published flows are never deleted, so this migration does not go back'));
  }
}

const STATEMENTS = [
  `CREATE TABLE automation_version (
    version integer PRIMARY KEY CONSTRAINT automation_version_counts CHECK (version > 0),
    content jsonb NOT NULL,
    published_by jsonb NOT NULL,
    published_at timestamptz(3) NOT NULL
  )`,
  `CREATE TRIGGER automation_version_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON automation_version
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
  `CREATE TABLE automation_run (
    conversation_id text PRIMARY KEY REFERENCES conversation ON DELETE RESTRICT,
    flow_version integer NOT NULL REFERENCES automation_version ON DELETE RESTRICT,
    status text NOT NULL CONSTRAINT automation_run_status CHECK (status IN ('WAITING', 'ASKING', 'ENDED')),
    step_id text,
    due_at timestamptz(3),
    CONSTRAINT automation_run_step CHECK ((step_id IS NULL) = (status = 'ENDED')),
    CONSTRAINT automation_run_due CHECK ((due_at IS NULL) = (status <> 'WAITING'))
  ) WITH (fillfactor = 80)`,
  // A run that was forgotten would begin anew.
  `CREATE TRIGGER automation_run_is_kept BEFORE DELETE OR TRUNCATE ON automation_run
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
  `CREATE INDEX automation_run_waiting ON automation_run (due_at) WHERE status = 'WAITING'`,
];
