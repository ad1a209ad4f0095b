import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Uploaded files: from the reservation to the one message that each may be sent with. */
export class AttachmentMigration implements MigrationInterface {
  readonly name = 'Attachment1700000000200';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('What was sent is never deleted, so this migration does not go back'));
  }
}

const STATEMENTS = [
  `CREATE TABLE attachment (
    id text PRIMARY KEY,
    owner_kind text NOT NULL CONSTRAINT attachment_owner CHECK (owner_kind IN ('agent', 'visitor')),
    owner_id text NOT NULL,
    storage_key text NOT NULL CONSTRAINT attachment_storage UNIQUE,
    filename text,
    content_type text,
    byte_size bigint,
    message_id text REFERENCES message ON DELETE RESTRICT,
    abandoned_at timestamptz(3),
    created_at timestamptz(3) NOT NULL,
    CONSTRAINT attachment_complete CHECK (
      num_nulls(filename, content_type, byte_size) IN (0, 3) AND (message_id IS NULL OR filename IS NOT NULL)),
    CONSTRAINT attachment_kept CHECK (message_id IS NULL OR abandoned_at IS NULL)
  )`,
  'CREATE INDEX attachment_unsent ON attachment (created_at) WHERE message_id IS NULL',
  `CREATE TRIGGER attachment_is_kept BEFORE DELETE OR UPDATE OF id, message_id, owner_kind, owner_id ON attachment
    FOR EACH ROW WHEN (OLD.message_id IS NOT NULL) EXECUTE FUNCTION refuse_change()`,
  `CREATE TRIGGER attachment_is_never_emptied BEFORE TRUNCATE ON attachment
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
];
