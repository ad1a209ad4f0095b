import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import { hasEmitted } from './emit';
import { isWorthRetrying } from './sql-errors';

/** The handle of one open transaction; first parameter of everything that writes. */
export type Tx = EntityManager;

const RETRIES = 3;

/** What has to hear of a commit that left events in the outbox. */
export interface Wakeable {
  wake(): void;
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
        let emitted = false;
        const result = await this.dataSource.transaction(async (tx) => {
          const value = await work(tx);
          emitted = hasEmitted(tx);
          return value;
        });
        if (emitted) this.options.relay?.wake();
        return result;
      } catch (error) {
        if (retries === RETRIES || !isWorthRetrying(error)) throw error;
        await delay(5 + Math.random() * 20 * (retries + 1));
      }
    }
  }

  /** For readiness: rejects while no query gets through. */
  async ping(): Promise<void> {
    await this.dataSource.query('SELECT 1');
  }
}
