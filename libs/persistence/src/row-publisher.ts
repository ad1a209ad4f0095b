import type { Messaging, StreamName } from '@conversations/messaging';
import type { Metrics } from '@conversations/runtime';
import { BATCH, type OutboxRow, type PublishedRow } from './outbox-rows';
import type { StreamRebuild } from './stream-rebuild';

interface Acknowledged extends PublishedRow {
  stream: StreamName;
}

const MOST_HELD = 2 * BATCH;
/** Keys whose last event is remembered. */
const MOST_KEYS = 20_000;

/** Different streams have no order between them. */
const keyOf = (row: OutboxRow) => `${row.stream} ${row.key}`;

/**
 * Publishes rows in the order given: all keys at once, one row at a time within a key. Were two rows of a conversation under way together,
 * the first could be lost on a broken connection or a full stream and the second overtake it.
 */
export class RowPublisher {
  /** Given and neither noted as published nor failed; not to be given again meanwhile. */
  private readonly held = new Set<string>();
  private readonly queues = new Map<string, OutboxRow[]>();
  /** By key, the sequence of the last row that was queued or published; the longest unused is forgotten first. */
  private readonly lastSequences = new Map<string, number>();
  private readonly working = new Set<Promise<void>>();
  private acknowledged: Acknowledged[] = [];
  private failure: Error | undefined;
  /** By stream, the lowest sequence that a new message got although an earlier one had it: the stream lost what stood there. */
  readonly reused = new Map<StreamName, number>();

  /** `onFailure` is called when a row failed; its key's later rows went back to waiting with it. */
  constructor(
    private readonly options: {
      messaging: Messaging;
      rebuild: StreamRebuild;
      metrics?: Metrics;
      onFailure: () => void;
    },
  ) {}

  get heldRows(): string[] {
    return [...this.held];
  }

  get acknowledgedRows(): number {
    return this.acknowledged.length;
  }

  get isFull(): boolean {
    return this.held.size >= MOST_HELD;
  }

  get isIdle(): boolean {
    return this.held.size === 0;
  }

  holds(row: OutboxRow): boolean {
    return this.held.has(row.seq);
  }

  /**
   * True when no earlier row of the key can be waiting: it is the very next after the last one queued, or the first of all.
   * Another replica's row may be committed before without being known here; its sequence would be missing.
   */
  isNext(row: OutboxRow): boolean {
    if (row.sequence === null) return false;
    return row.sequence === (this.lastSequences.get(keyOf(row)) ?? 0) + 1;
  }

  add(row: OutboxRow): void {
    const key = keyOf(row);
    this.held.add(row.seq);
    this.remember(key, row.sequence);
    const queue = this.queues.get(key);
    if (queue) {
      queue.push(row);
      return;
    }
    this.queues.set(key, [row]);
    const work = this.publishKey(key).finally(() => this.working.delete(work));
    this.working.add(work);
  }

  /** After rows went back to waiting: nothing is known to be the next. */
  forgetSequences(): void {
    this.lastSequences.clear();
  }

  /** Until nothing is under way. */
  async settle(): Promise<void> {
    while (this.working.size > 0) await Promise.all(this.working);
  }

  /** What the broker confirmed since the last call; still held until {@link release}. */
  takeAcknowledged(): Map<StreamName, Acknowledged[]> {
    const taken = this.acknowledged;
    this.acknowledged = [];
    return Map.groupBy(taken, (row) => row.stream);
  }

  release(rows: readonly PublishedRow[]): void {
    for (const { seq } of rows) this.held.delete(seq);
  }

  takeFailure(): Error | undefined {
    const { failure } = this;
    this.failure = undefined;
    return failure;
  }

  private remember(key: string, sequence: number | null): void {
    if (sequence === null) return;
    this.lastSequences.delete(key);
    this.lastSequences.set(key, sequence);
    if (this.lastSequences.size <= MOST_KEYS) return;
    for (const oldest of this.lastSequences.keys()) {
      this.lastSequences.delete(oldest);
      break;
    }
  }

  private async publishKey(key: string): Promise<void> {
    const queue = this.queues.get(key) ?? [];
    try {
      for (let row = queue[0]; row; row = queue[0]) {
        await this.publishRow(row);
        queue.shift();
      }
    } catch (error) {
      for (const row of queue) this.held.delete(row.seq);
      this.lastSequences.delete(key);
      this.failure ??= error instanceof Error ? error : new Error(String(error));
      this.options.onFailure();
    } finally {
      this.queues.delete(key);
    }
  }

  private async publishRow(row: OutboxRow): Promise<void> {
    const { messaging, rebuild, metrics } = this.options;
    // After a lost connection the streams are checked before anything else is published.
    if (!messaging.isConnected) throw new Error('the connection to the broker is lost');
    const known = rebuild.lastSequenceOf(row.stream);
    const [ack] = await messaging.publishStored([row]);
    if (!ack) throw new Error('the broker did not answer');
    if (!ack.duplicate && ack.sequence <= known) {
      this.reused.set(row.stream, Math.min(ack.sequence, this.reused.get(row.stream) ?? ack.sequence));
      throw new Error(`${row.stream} gave a sequence for the second time`);
    }
    rebuild.noteSequence(row.stream, ack.sequence);
    this.acknowledged.push({ seq: row.seq, stream: row.stream, streamSequence: ack.sequence });
    metrics
      ?.histogram('conversations_outbox_publish_seconds')
      .observe(Math.max(0, Date.now() - row.createdAt.getTime()) / 1000);
    metrics?.counter('conversations_outbox_published_total').inc();
  }
}
