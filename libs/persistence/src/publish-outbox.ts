import type { Messaging, StreamSettings } from '@conversations/messaging';
import type { Logger, Metrics } from '@conversations/runtime';
import { Bell } from './bell';
import { BATCH, type OutboxRow, markPublished, measureWaiting, prune, selectWaiting } from './outbox-rows';
import { RowPublisher } from './row-publisher';
import type { Session } from './session';
import { BrokerFailure, StreamRebuild } from './stream-rebuild';

export interface PublishOutboxOptions {
  schema: string;
  messaging: Messaging;
  log: Logger;
  metrics?: Metrics;
  /** How to make a missing stream again. */
  streams?: StreamSettings;
}

/** Behind the wake-ups, for those that were lost. */
const SWEEP_MS = 2_000;
const PRUNE_EVERY_MS = 60_000;
/** Noting what is published is in no haste, and each note is a commit; what was not noted is only published again. */
const MARK_AFTER_MS = 250;
const MARK_AFTER_ROWS = BATCH / 2;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/** What the owner of a relay does, in the session that holds its lock. */
export class PublishOutbox {
  private readonly publisher: RowPublisher;
  private readonly work = new Bell();
  private readonly retry = new Bell();
  private stopping = false;
  /** Rows of the table may be unknown here. */
  private unread = true;
  /** A sweep compares the streams with the table, and nothing may be published meanwhile. */
  private sweeping = false;
  private streamsUnchecked = true;
  private failures = 0;
  private sweepAt = 0;
  private markAt = 0;
  private pruneAt = 0;

  private constructor(
    private readonly session: Session,
    private readonly rebuild: StreamRebuild,
    private readonly options: PublishOutboxOptions,
  ) {
    const { messaging, metrics } = options;
    this.publisher = new RowPublisher({ messaging, rebuild, metrics, onFailure: () => this.work.ring() });
  }

  static async open(session: Session, options: PublishOutboxOptions): Promise<PublishOutbox> {
    return new PublishOutbox(session, await StreamRebuild.load(session, options), options);
  }

  /**
   * Rows wait. Those given here, by the process that committed them, are published without reading them from the table
   * when they are next in the order of their key.
   */
  wake(rows: readonly OutboxRow[] = []): void {
    let unread = rows.length === 0;
    for (const row of rows) {
      if (this.takesRows && this.rebuild.knows(row.stream) && this.publisher.isNext(row)) this.publisher.add(row);
      else unread = true;
    }
    this.unread ||= unread;
    this.work.ring();
  }

  stop(): void {
    this.stopping = true;
    this.work.ring();
    this.retry.ring();
  }

  /** Until stopped; rejects when the session fails. Afterwards nothing is under way any more. */
  async run(): Promise<void> {
    const forget = this.options.messaging.onReconnect(() => {
      this.streamsUnchecked = true;
      this.work.ring();
      this.retry.ring();
    });
    try {
      while (!this.stopping) await this.round();
      await this.publisher.settle();
      await this.mark();
    } finally {
      forget();
      await this.publisher.settle();
    }
  }

  private async round(): Promise<void> {
    try {
      if (!this.options.messaging.isConnected)
        throw new BrokerFailure(new Error('the connection to the broker is lost'));
      if (this.streamsUnchecked || Date.now() >= this.sweepAt) await this.sweep();
      if (this.unread) await this.takeWaiting();
      if (this.publisher.acknowledgedRows >= MARK_AFTER_ROWS || Date.now() >= this.markAt) await this.mark();
      const failure = this.publisher.takeFailure();
      if (failure) throw new BrokerFailure(failure);
      if (this.unread && !this.publisher.isFull) return;
      this.noteRecovery();
      await this.work.wait(this.publisher.isIdle ? this.sweepAt - Date.now() : MARK_AFTER_MS);
    } catch (error) {
      if (!(error instanceof BrokerFailure)) throw error;
      await this.afterFailure(error);
    }
  }

  /** Rows are taken from their process only while all is well; otherwise the table tells what waits. */
  private get takesRows(): boolean {
    const troubled =
      this.stopping || this.sweeping || this.streamsUnchecked || this.failures > 0 || this.session.isLost;
    return !troubled && this.options.messaging.isConnected && !this.publisher.isFull;
  }

  private async takeWaiting(): Promise<void> {
    const { publisher, rebuild } = this;
    if (publisher.isFull) return;
    this.unread = false;
    const rows = await selectWaiting(this.session, publisher.heldRows);
    await rebuild.learn(rows.map((row) => row.stream));
    // Some may have been given by their process since the table was read.
    for (const row of rows) if (!publisher.holds(row)) publisher.add(row);
    this.unread ||= rows.length === BATCH;
  }

  private async mark(): Promise<void> {
    for (const [stream, rows] of this.publisher.takeAcknowledged()) {
      await markPublished(this.session, stream, rows);
      this.publisher.release(rows);
    }
    this.markAt = Date.now() + MARK_AFTER_MS;
  }

  /** With nothing under way, so that what the streams hold can be compared with what is noted. */
  private async sweep(): Promise<void> {
    this.sweeping = true;
    try {
      await this.publisher.settle();
      await this.mark();
      await this.compareStreams();
    } finally {
      this.sweeping = false;
    }
    await this.measure();
    if (Date.now() >= this.pruneAt && !(await prune(this.session))) this.pruneAt = Date.now() + PRUNE_EVERY_MS;
    this.unread = true;
    this.sweepAt = Date.now() + SWEEP_MS;
  }

  private async compareStreams(): Promise<void> {
    const { publisher, rebuild } = this;
    this.streamsUnchecked = false;
    let rebuilt = await rebuild.check();
    for (const [stream, sequence] of publisher.reused) {
      rebuilt = (await rebuild.wentBack(stream, sequence)) || rebuilt;
      publisher.reused.delete(stream);
    }
    if (rebuilt) publisher.forgetSequences();
  }

  /** The publisher goes on in the same session when the pause is over; a reconnection ends the pause. */
  private async afterFailure(error: BrokerFailure): Promise<void> {
    const { log, schema, metrics } = this.options;
    this.streamsUnchecked = true;
    this.unread = true;
    if (this.failures === 0) log.warn({ schema, err: error }, 'outbox.broker-failed');
    metrics?.counter('conversations_outbox_failures_total').inc();
    await this.publisher.settle();
    await this.mark();
    await this.measure();
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(this.failures, 5), LONGEST_PAUSE_MS);
    this.failures += 1;
    if (!this.stopping) await this.retry.wait(pauseMs);
  }

  private noteRecovery(): void {
    if (this.failures === 0 || !this.publisher.isIdle) return;
    this.options.log.info({ schema: this.options.schema, failures: this.failures }, 'outbox.relay-recovered');
    this.failures = 0;
  }

  private async measure(): Promise<void> {
    const { metrics } = this.options;
    if (!metrics) return;
    const { rows, oldestSeconds } = await measureWaiting(this.session);
    metrics.gauge('conversations_outbox_waiting_rows').set(rows);
    metrics.gauge('conversations_outbox_oldest_seconds').set(oldestSeconds);
  }
}
