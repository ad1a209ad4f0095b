import { OutboxRowsWaiting } from '@conversations/contracts';
import type { DataSource } from 'typeorm';
import { Bell } from './bell';
import type { OutboxRow } from './outbox-rows';
import { PublishOutbox, type PublishOutboxOptions } from './publish-outbox';
import { Session } from './session';

export interface OutboxRelayOptions extends PublishOutboxOptions {
  dataSource: DataSource;
}

const TAKE_OVER_EVERY_MS = 500;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Publishes the outbox of a schema in order. Every replica runs one; the one that holds the advisory lock publishes, another takes over
 * within a second after its session ends. Postgres and the broker may come and go: it tries again until stopped.
 */
export class OutboxRelay {
  private readonly retry = new Bell();
  private running: Promise<void> | undefined;
  private publishing: PublishOutbox | undefined;
  private unsubscribe: (() => void) | undefined;
  private stopping = false;
  private announced = false;
  private failures = 0;

  constructor(private readonly options: OutboxRelayOptions) {}

  start(): void {
    if (this.running) return;
    const { messaging, schema } = this.options;
    this.unsubscribe = messaging.subscribeLive(OutboxRowsWaiting, (envelope) => {
      if (envelope.data.schema === schema) this.publishing?.wake();
    });
    this.running = this.run();
  }

  /** After a commit that emitted: publishes at once, here or in the replica that owns the relay. */
  wake(rows: readonly OutboxRow[] = []): void {
    if (this.publishing) {
      this.publishing.wake(rows);
      return;
    }
    // One announcement stands for all commits of the same turn of the event loop.
    if (this.announced) return;
    this.announced = true;
    setImmediate(() => {
      this.announced = false;
      const { messaging, schema } = this.options;
      messaging.publishLive(OutboxRowsWaiting, schema, { schema });
    });
  }

  /** Resolves when what is under way is noted and another replica may take over. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.unsubscribe?.();
    this.publishing?.stop();
    this.retry.ring();
    await this.running;
  }

  private async run(): Promise<void> {
    const { log, schema } = this.options;
    while (!this.stopping) {
      try {
        await this.withSession(async (session) => {
          if (await this.becomeOwner(session)) await this.publish(session);
        });
      } catch (error) {
        log.warn({ schema, err: error }, 'outbox.relay-interrupted');
        const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(this.failures, 5), LONGEST_PAUSE_MS);
        this.failures += 1;
        if (!this.stopping) await this.retry.wait(pauseMs);
      }
    }
  }

  private async withSession(work: (session: Session) => Promise<void>): Promise<void> {
    const { dataSource, schema } = this.options;
    const session = await Session.open(dataSource, {
      schema,
      name: 'relay',
      parameters: {
        // A note that a crash of Postgres forgets is a row published twice, which its id makes harmless; waiting for the disk is not.
        synchronous_commit: 'off',
        enable_seqscan: 'off',
      },
      // Notices the loss while nothing is asked of the session.
      onLost: () => this.publishing?.wake(),
    });
    try {
      await work(session);
    } finally {
      await session.close();
    }
  }

  /** Asks again and again instead of waiting in the lock: a waiting statement holds a snapshot, which stops vacuum. */
  private async becomeOwner(session: Session): Promise<boolean> {
    while (!this.stopping) {
      if (await session.tryLock(`outbox-relay:${this.options.schema}`)) return true;
      await this.retry.wait(TAKE_OVER_EVERY_MS);
    }
    return false;
  }

  private async publish(session: Session): Promise<void> {
    const { log, schema, metrics } = this.options;
    const publishing = await PublishOutbox.open(session, this.options);
    this.failures = 0;
    this.publishing = publishing;
    if (this.stopping) publishing.stop();
    log.info({ schema }, 'outbox.relay-owned');
    metrics?.gauge('conversations_outbox_owner').set(1);
    try {
      await publishing.run();
    } finally {
      this.publishing = undefined;
      metrics?.gauge('conversations_outbox_owner').set(0);
    }
  }
}
