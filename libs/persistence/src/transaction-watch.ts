import { type AfterQueryEvent, type EntitySubscriberInterface, EventSubscriber } from 'typeorm';

const rolledBack = new WeakSet<object>();
const partly = new WeakSet<object>();

/**
 * Postgres answers COMMIT with ROLLBACK, and no error, when a statement of the transaction failed and its error was swallowed.
 * Sees this, and rollbacks to a savepoint, on every connection of a pool.
 */
@EventSubscriber()
export class TransactionWatch implements EntitySubscriberInterface {
  afterQuery({ query, queryRunner, rawResults }: AfterQueryEvent): void {
    if (query === 'COMMIT' && (rawResults as { command?: string } | undefined)?.command === 'ROLLBACK') {
      rolledBack.add(queryRunner);
    } else if (/^\s*rollback\s+to\b/i.test(query)) {
      partly.add(queryRunner);
    }
  }
}

/** True when the transaction that seemed to commit did not. */
export const wasRolledBack = (queryRunner: object): boolean => rolledBack.has(queryRunner);

/** True when some of what the transaction did was taken back. */
export const wasPartlyRolledBack = (queryRunner: object): boolean => partly.has(queryRunner);
