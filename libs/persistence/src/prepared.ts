import type { PoolClient } from 'pg';
import type { EntityManager } from 'typeorm';

/**
 * Runs a statement that each connection parses and plans once: for the inserts of the hot path that is most of their cost.
 * Only for statements that look nothing up in a table that grows: a plan
 * made while it is small is kept.
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
