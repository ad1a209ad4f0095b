import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { emittedBy } from './emit';
import type { OutboxRow } from './outbox-rows';
import { isWorthRetrying } from './sql-errors';
import { wasRolledBack } from './transaction-watch';

/** The handle of one open transaction; first parameter of everything that writes. */
export type Tx = EntityManager;

const RETRIES = 3;

/** What has to hear of a commit that left events in the outbox. */
export interface Wakeable {
  /** `rows`: what was committed, in its order, as far as the committing process knows. */
  wake(rows?: readonly OutboxRow[]): void;
}

/** A statement failed, its error was swallowed, and Postgres turned the commit into a rollback. */
class TransactionRolledBack extends Error {
  constructor() {
    super('The transaction was rolled back because one of its statements had failed');
    this.name = 'TransactionRolledBack';
  }
}

/** Transactions of a service. */
export class Database {
  constructor(
    readonly dataSource: DataSource,
    private readonly options: { relay?: Wakeable } = {},
  ) {}

  /**
   * Commits what `work` did, or nothing of it. `work` runs again, up to three times, when Postgres asks for it (deadlock, serialization),
   * so it changes nothing but through `tx`. Rejects when the connection is lost; whether it committed is unknown only
   * when the loss came during the commit itself.
   */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let retries = 0; ; retries += 1) {
      try {
        let runner: QueryRunner | undefined;
        const result = await this.dataSource.transaction((tx) => {
          runner = tx.queryRunner;
          return work(tx);
        });
        if (runner) this.afterCommit(runner);
        return result;
      } catch (error) {
        if (retries === RETRIES || !isWorthRetrying(error)) throw error;
        await delay(5 + Math.random() * 20 * (retries + 1));
      }
    }
  }

  private afterCommit(runner: QueryRunner): void {
    if (wasRolledBack(runner)) throw new TransactionRolledBack();
    const rows = emittedBy(runner);
    if (rows) this.options.relay?.wake(rows);
  }

  /** For readiness: rejects while no query gets through. */
  async ping(): Promise<void> {
    await this.dataSource.query('SELECT 1');
  }
}
