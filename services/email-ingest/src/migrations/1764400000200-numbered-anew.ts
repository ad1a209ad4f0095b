import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which mails of a mailbox were there when its server numbered them anew. */
export class NumberedAnewMigration implements MigrationInterface {
  readonly name = 'NumberedAnew1764400000200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE mailbox ADD COLUMN numbered_anew_to bigint NOT NULL DEFAULT 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE mailbox DROP COLUMN numbered_anew_to');
  }
}
