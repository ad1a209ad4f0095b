import type { Socket } from 'node:net';
import type { EntityManager, QueryRunner } from 'typeorm';

const answers = new WeakMap<QueryRunner, Promise<unknown>[]>();

/** The answers that {@link unawaited} left to the end of the transaction, in the order of their statements. */
export const answersOf = (runner: QueryRunner): readonly Promise<unknown>[] => answers.get(runner) ?? [];

/**
 * A statement whose answer only the commit has to wait for: both travel together. When it fails, Postgres rolls the
 * transaction back, and the transaction rejects with its error.
 */
export function unawaited(tx: EntityManager, statement: Promise<unknown>): void {
  const { queryRunner } = tx;
  if (!queryRunner) throw new Error('A statement runs inside a transaction');
  // Its failure is looked at when the transaction ends; until then it is no unhandled rejection.
  statement.catch(() => undefined);
  sendTogether(queryRunner);
  answers.set(queryRunner, [...answersOf(queryRunner), statement]);
}

/** Statements that are asked for in this turn of the event loop leave in one packet: each write wakes the other side. */
export function sendTogether(runner: QueryRunner): void {
  // TypeORM and the driver both keep this to themselves.
  const { databaseConnection } = runner as QueryRunner & { databaseConnection?: { connection?: { stream?: Socket } } };
  const stream = databaseConnection?.connection?.stream;
  stream?.cork();
  process.nextTick(() => stream?.uncork());
}
