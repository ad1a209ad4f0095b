import { setTimeout as delay } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { emittedBy } from './emit';
import type { OutboxRow } from './outbox-rows';
import { isAborted, isWorthRetrying } from './sql-errors';
import { answersOf, sendTogether } from './unawaited';

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

/** TypeORM sets it only where it starts the transaction itself, and refuses row locks without it. */
const setActive = (runner: { -readonly [K in keyof QueryRunner]: QueryRunner[K] }, isActive: boolean): void => {
  runner.isTransactionActive = isActive;
};

/** Transactions of a service. */
export class Database {
  private readonly start: string;

  constructor(
    readonly dataSource: DataSource,
    private readonly options: {
      relay?: Wakeable;
      /** Settings that hold within each transaction. */
      settings?: Record<string, string>;
    } = {},
  ) {
    const settings = Object.entries(options.settings ?? {});
    this.start = ['START TRANSACTION', ...settings.map(([name, value]) => `SET LOCAL ${name} = ${value}`)].join('; ');
  }

  /**
   * Commits what `work` did, or nothing of it. `work` runs again, up to three times, when Postgres asks for it (deadlock, serialization),
   * so it changes nothing but through `tx`. Rejects when the connection is lost; whether it committed is unknown only
   * when the loss came during the commit itself.
   */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let retries = 0; ; retries += 1) {
      try {
        return await this.once(work);
      } catch (error) {
        if (retries === RETRIES || !isWorthRetrying(error)) throw error;
        await delay(5 + Math.random() * 20 * (retries + 1));
      }
    }
  }

  /**
   * The connection is in pipeline mode: the start travels with the first statement, and the commit with the last ones when
   * `work` did not wait for those. Each round trip saved is a fifth of a small transaction's time.
   */
  private async once<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    const client = (await runner.connect()) as PoolClient;
    sendTogether(runner);
    const started = client.query(this.start);
    // Looked at below; a statement of `work` fails with it.
    started.catch(() => undefined);
    setActive(runner, true);
    try {
      let result: T;
      try {
        result = await work(runner.manager);
        await started;
      } catch (error) {
        const [, ...answers] = await Promise.allSettled([client.query('ROLLBACK'), started, ...answersOf(runner)]);
        // A statement after a failed one only says that the transaction is aborted.
        const cause = answers.find((answer) => answer.status === 'rejected');
        throw cause && isAborted(error) ? cause.reason : error;
      }
      const committed = client.query('COMMIT');
      const [answer] = await Promise.all([committed, Promise.allSettled(answersOf(runner))]);
      await Promise.all(answersOf(runner));
      if (answer.command === 'ROLLBACK') throw new TransactionRolledBack();
      const rows = emittedBy(runner);
      if (rows) this.options.relay?.wake(rows);
      return result;
    } finally {
      setActive(runner, false);
      await runner.release();
    }
  }

  /** For readiness: rejects while no query gets through. */
  async ping(): Promise<void> {
    await this.dataSource.query('SELECT 1');
  }
}
