import { OutboxRowsWaiting } from '@conversations/contracts';
import type { Messaging, StreamSettings } from '@conversations/messaging';
import type { Logger, Metrics } from '@conversations/runtime';
import type { DataSource } from 'typeorm';
import { Bell } from './bell';
import { measureWaiting, prune } from './outbox-rows';
import { publishWaiting } from './publish-waiting';
import { Session } from './session';
import { BrokerFailure, StreamRebuild } from './stream-rebuild';

export interface OutboxRelayOptions {
  dataSource: DataSource;
  schema: string;
  messaging: Messaging;
  log: Logger;
  metrics?: Metrics;
  /** How to make a missing stream again. */
  streams?: StreamSettings;
}

/** Behind the wake-ups, for those that were lost. */
const SWEEP_MS = 2_000;
const TAKE_OVER_EVERY_MS = 500;
const PRUNE_EVERY_MS = 60_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Publishes the outbox of a schema in order. Every replica runs one; the one that holds the advisory lock publishes, another takes over
 * within a second after its session ends. Postgres and the broker may come and go: it tries again until stopped.
 */
export class OutboxRelay {
  private readonly work = new Bell();
  private readonly retry = new Bell();
  private running: Promise<void> | undefined;
  private unsubscribe: (() => void)[] = [];
  private stopping = false;
  private owner = false;
  private streamsUnchecked = true;
  private announced = false;

  constructor(private readonly options: OutboxRelayOptions) {}

  start(): void {
    if (this.running) return;
    const { messaging, schema } = this.options;
    this.unsubscribe = [
      messaging.subscribeLive(OutboxRowsWaiting, (envelope) => {
        if (envelope.data.schema === schema) this.work.ring();
      }),
      messaging.onReconnect(() => {
        this.streamsUnchecked = true;
        this.work.ring();
        this.retry.ring();
      }),
    ];
    this.running = this.run();
  }

  /** After a commit that emitted: publishes at once, here or in the replica that owns the relay. */
  wake(): void {
    if (this.owner) {
      this.work.ring();
      return;
    }
    if (this.announced) return;
    this.announced = true;
    setImmediate(() => {
      this.announced = false;
      const { messaging, schema } = this.options;
      messaging.publishLive(OutboxRowsWaiting, schema, { schema });
    });
  }

  /** Resolves when the round in work is done and another replica may take over. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const unsubscribe of this.unsubscribe) unsubscribe();
    this.work.ring();
    this.retry.ring();
    await this.running;
  }

  private async run(): Promise<void> {
    const { log, dataSource, schema } = this.options;
    for (let pauseMs = FIRST_PAUSE_MS; !this.stopping;) {
      try {
        const session = await Session.open(dataSource, {
          schema,
          name: 'relay',
          parameters: {
            // A mark that a crash of Postgres forgets is a row published twice, which its id makes harmless; waiting for the disk is not.
            synchronous_commit: 'off',
            enable_seqscan: 'off',
          },
          onLost: () => this.work.ring(),
        });
        pauseMs = FIRST_PAUSE_MS;
        try {
          if (await this.becomeOwner(session)) await this.publish(session);
        } finally {
          this.setOwner(false);
          await session.close();
        }
      } catch (error) {
        log.warn({ schema, err: error }, 'outbox.relay-interrupted');
        await this.retry.wait(pauseMs);
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      }
    }
  }

  /** Asks again and again instead of waiting in the lock: a waiting statement holds a snapshot, which stops vacuum. */
  private async becomeOwner(session: Session): Promise<boolean> {
    while (!this.stopping) {
      if (await session.tryLock(`outbox-relay:${this.options.schema}`)) {
        this.setOwner(true);
        return true;
      }
      await this.retry.wait(TAKE_OVER_EVERY_MS);
    }
    return false;
  }

  private async publish(session: Session): Promise<void> {
    const { messaging, log, schema, metrics } = this.options;
    const rebuild = await StreamRebuild.load(session, this.options);
    this.streamsUnchecked = true;
    let failures = 0;
    let sweepAt = 0;
    let pruneAt = Date.now();
    while (!this.stopping && !session.isLost) {
      try {
        if (!messaging.isConnected) throw new BrokerFailure(new Error('the connection to the broker is lost'));
        if (this.streamsUnchecked || Date.now() >= sweepAt) {
          this.streamsUnchecked = false;
          await rebuild.check();
          await this.measure(session);
          sweepAt = Date.now() + SWEEP_MS;
        }
        const more = await publishWaiting(session, { messaging, rebuild, metrics });
        if (failures > 0) log.info({ schema, failures }, 'outbox.relay-recovered');
        failures = 0;
        if (more) continue;
        if (Date.now() >= pruneAt && !(await prune(session))) pruneAt = Date.now() + PRUNE_EVERY_MS;
        await this.work.wait(sweepAt - Date.now());
      } catch (error) {
        if (!(error instanceof BrokerFailure)) throw error;
        this.streamsUnchecked = true;
        if (failures === 0) log.warn({ schema, err: error }, 'outbox.broker-failed');
        failures += 1;
        metrics?.counter('conversations_outbox_failures_total').inc();
        await this.measure(session);
        await this.retry.wait(Math.min(FIRST_PAUSE_MS * 2 ** Math.min(failures, 5), LONGEST_PAUSE_MS));
      }
    }
    if (session.isLost && !this.stopping) throw new Error('the session of the relay ended');
  }

  private async measure(session: Session): Promise<void> {
    const { metrics } = this.options;
    if (!metrics) return;
    const { rows, oldestSeconds } = await measureWaiting(session);
    metrics.gauge('conversations_outbox_waiting_rows').set(rows);
    metrics.gauge('conversations_outbox_oldest_seconds').set(oldestSeconds);
  }

  private setOwner(owner: boolean): void {
    if (owner !== this.owner) this.options.log.info({ schema: this.options.schema, owner }, 'outbox.relay-owner');
    this.owner = owner;
    this.options.metrics?.gauge('conversations_outbox_owner').set(owner ? 1 : 0);
  }
}
