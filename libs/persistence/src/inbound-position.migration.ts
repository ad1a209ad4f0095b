import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where each lane of a service stands in the stream it reads; listed first in the service's migrations. */
export class InboundPositionMigration implements MigrationInterface {
  readonly name = 'InboundPosition1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    // Updated by every batch: room on the page keeps the updates heap-only.
    await runner.query(`
      CREATE TABLE inbound_position (
        lane integer PRIMARY KEY,
        stream_created text,
        position bigint NOT NULL
      ) WITH (fillfactor = 20, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE inbound_position');
  }
}
