import type { PoolClient } from 'pg';
import type { EntityManager } from 'typeorm';

/**
 * Runs a statement that each connection parses and plans once: on the hot path that is much of its cost.
 * One that looks something up in a table that grows belongs into the transactions of lanes alone, whose settings make the kept plan right:
 * elsewhere a plan made while the table is small scans it for ever.
 * `name` is the statement's own in the whole service. Rejects with the driver's error.
 */
export async function prepared<R extends object>(
  tx: EntityManager,
  name: string,
  text: string,
  values: unknown[],
): Promise<R[]> {
  const { queryRunner, dataSource } = tx;
  if (!queryRunner?.isTransactionActive) throw new Error('A prepared statement runs inside a transaction');
  const client = (await queryRunner.connect()) as PoolClient;
  dataSource.logger.logQuery(text, values, queryRunner);
  const { rows } = await client.query<R>({ name, text, values });
  return rows;
}
