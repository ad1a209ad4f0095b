import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The outbox of a schema that publishes; listed first in the service's migrations. */
export class OutboxMigration implements MigrationInterface {
  readonly name = 'Outbox1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    // A row is inserted, updated once and deleted after seven days. The update touches the column of the partial index, so it is
    // never heap-only and a fillfactor would be wasted. What must not grow are the dead entries that the relay's scan passes:
    // vacuum comes by number of rows, as a share of a table with millions of rows would let them pile up for days.
    await runner.query(`
      CREATE TABLE outbox (
        seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        event_id uuid NOT NULL CONSTRAINT outbox_event_id UNIQUE,
        subject text NOT NULL,
        stream text NOT NULL,
        key text NOT NULL,
        sequence bigint,
        body text NOT NULL,
        headers jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        stream_seq bigint
      ) WITH (
        autovacuum_vacuum_scale_factor = 0.01,
        autovacuum_vacuum_threshold = 5000,
        autovacuum_analyze_scale_factor = 0.05,
        autovacuum_vacuum_cost_delay = 0
      )`);
    // On an expression, because the primary key would offer the order of \`seq\` as well: after a rebuild, when the statistics call most
    // rows unpublished, the planner would walk it through millions of published rows to find none.
    await runner.query('CREATE INDEX outbox_waiting ON outbox ((seq + 0)) WHERE stream_seq IS NULL');
    await runner.query(`
      CREATE TABLE outbox_stream (
        stream text PRIMARY KEY,
        created text NOT NULL,
        last_sequence bigint NOT NULL
      )`);
    await runner.query(
      `COMMENT ON TABLE outbox_stream IS 'The identity of each stream and how far this schema has filled it: shows a stream that was wiped or went back.'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE outbox_stream, outbox');
  }
}
