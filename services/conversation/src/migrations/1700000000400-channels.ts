import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What email and Messenger add to messages, and the files that a channel brought. */
export class ChannelsMigration implements MigrationInterface {
  readonly name = 'Channels1700000000400';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('What was sent is never deleted, so this migration does not go back'));
  }
}

const STATEMENTS = [
  `ALTER TABLE message
    ADD COLUMN email jsonb,
    ADD COLUMN messenger jsonb,
    ADD COLUMN failure_detail text,
    ADD COLUMN delivery_attempt integer NOT NULL DEFAULT 1 CONSTRAINT message_attempt CHECK (delivery_attempt > 0)`,
  `ALTER TABLE attachment
    ADD COLUMN inline boolean NOT NULL DEFAULT false,
    DROP CONSTRAINT attachment_owner,
    ADD CONSTRAINT attachment_owner CHECK (owner_kind IN ('agent', 'visitor', 'channel')),
    ADD CONSTRAINT attachment_brought CHECK (owner_kind <> 'channel' OR message_id IS NOT NULL)`,
  'CREATE INDEX attachment_message ON attachment (message_id) WHERE message_id IS NOT NULL',
];
