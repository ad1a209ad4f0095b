import { type AfterQueryEvent, type EntitySubscriberInterface, EventSubscriber } from 'typeorm';

const partly = new WeakSet<object>();

/** Sees rollbacks to a savepoint, on every connection of a pool. */
@EventSubscriber()
export class TransactionWatch implements EntitySubscriberInterface {
  afterQuery({ query, queryRunner }: AfterQueryEvent): void {
    if (/^\s*rollback\s+to\b/i.test(query)) partly.add(queryRunner);
  }
}

/** True when some of what the transaction did was taken back. */
export const wasPartlyRolledBack = (queryRunner: object): boolean => partly.has(queryRunner);
