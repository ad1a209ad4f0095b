import { setTimeout as pause } from 'node:timers/promises';
import { DiscardPolicy, nanos, RetentionPolicy, StorageType } from 'nats';
import { reasonOf } from './failures';
import type { Messaging } from './messaging';
import { OrderedReader, type RawMessage } from './ordered-reader';
import type { StoredRow } from './publish';
import { type Presence, type PresenceChange, type PresenceEntry, PresenceTable } from './presence-table';

export type { Presence, PresenceChange, PresenceEntry };

/** Who is on the site, as all replicas together know it. */
export interface PresenceView {
  /** Null when nothing is known of the visitor. */
  of(visitorId: string): Presence | null;
  onlineIds(): string[];
  /** Hears every change of a visitor, page included. */
  onChange(listener: (change: PresenceChange) => void): () => void;
}

export interface PresenceBucket {
  /** From now until `remove` this replica holds the visitor; also for a change of page. Written in the background, again after a loss. */
  put(visitorId: string, entry: PresenceEntry): void;
  remove(visitorId: string): void;
  /**
   * Makes this replica's entries count, for as long as the process lives, and clears up after replicas that died:
   * `onAbandoned` hears the visitors nobody else holds, to announce that they left; another replica may announce the same.
   */
  keepLease(replica: string, onAbandoned?: (visitorIds: string[]) => void): Promise<void>;
  watch(): PresenceView;
}

export interface PresenceTiming {
  /** How often a lease is renewed. */
  renewMs: number;
  /** Without renewal for so long, a replica counts as dead. */
  staleMs: number;
}

const STREAM = 'KV_PRESENCE';
const ROOT = '$KV.PRESENCE.';
/** Bounds what the markers of removed keys take; entries that still hold are written again three times as often. */
const KEY_LIFE_MS = 60 * 60 * 1000;

/** Opens the bucket, makes it when it is missing, and resolves when what it holds is known here. */
export async function openPresence(
  messaging: Messaging,
  timing: PresenceTiming = { renewMs: 5_000, staleMs: 15_000 },
): Promise<PresenceBucket> {
  const bucket = new Bucket(messaging, timing);
  messaging.register(bucket);
  await bucket.loaded;
  return bucket;
}

class Bucket implements PresenceBucket, PresenceView {
  readonly loaded: Promise<void>;
  private readonly table: PresenceTable;
  private readonly reader: OrderedReader;
  private readonly listeners = new Set<(change: PresenceChange) => void>();
  private readonly own = new Map<string, PresenceEntry>();
  /** Keys whose last state the broker did not confirm yet, with the state to write: null removes. */
  private readonly unwritten = new Map<string, unknown>();
  private readonly timers: NodeJS.Timeout[] = [];
  private writing: Promise<void> | undefined;
  private replica: string | undefined;
  private stopped = false;

  constructor(
    private readonly messaging: Messaging,
    private readonly timing: PresenceTiming,
  ) {
    this.table = new PresenceTable(timing.staleMs, KEY_LIFE_MS);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.loaded = promise;
    this.reader = new OrderedReader(messaging.connection, {
      stream: STREAM,
      filters: [`${ROOT}>`],
      lastPerSubject: true,
      startAt: ({ created, messages }) => {
        this.table.useBucket(created, performance.now());
        // The bucket may be new and know nothing of this replica.
        this.writeAll();
        if (messages === 0) resolve();
        return 1;
      },
      onMessages: (take) => {
        const batch = take(1_000);
        for (const message of batch) this.hear(message);
        if (batch.at(-1)?.pending === 0) resolve();
      },
      onMissing: () => this.create(),
    });
    const sweep = setInterval(() => this.announce(this.table.sweep(performance.now())), timing.staleMs / 15);
    sweep.unref();
    this.timers.push(sweep);
  }

  put(visitorId: string, entry: PresenceEntry): void {
    this.own.set(visitorId, entry);
    if (this.replica !== undefined) this.write(`visitor.${visitorId}.${this.replica}`, entry);
  }

  remove(visitorId: string): void {
    if (this.own.delete(visitorId) && this.replica !== undefined)
      this.write(`visitor.${visitorId}.${this.replica}`, null);
  }

  async keepLease(replica: string, onAbandoned?: (visitorIds: string[]) => void): Promise<void> {
    this.replica = replica;
    this.writeAll();
    const renew = setInterval(() => {
      this.write(`lease.${replica}`, {});
      this.clearUp(onAbandoned);
    }, this.timing.renewMs);
    const rewrite = setInterval(() => this.writeAll(), KEY_LIFE_MS / 3);
    for (const timer of [renew, rewrite]) timer.unref();
    this.timers.push(renew, rewrite);
    await this.writing;
  }

  watch(): PresenceView {
    return this;
  }

  of(visitorId: string): Presence | null {
    return this.table.of(visitorId);
  }

  onlineIds(): string[] {
    return this.table.onlineIds();
  }

  onChange(listener: (change: PresenceChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The keys stay: visitors that come back elsewhere within the lease never seem to have left. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers) clearInterval(timer);
    await this.reader.stop();
    await this.writing;
  }

  private isStopped(): boolean {
    return this.stopped;
  }

  private hear({ subject, data, headers, sequence }: RawMessage): void {
    const [kind, id = '', replica = ''] = subject.slice(ROOT.length).split('.');
    const removed = headers !== undefined && headers.get('KV-Operation') !== '';
    const now = performance.now();
    if (kind === 'lease') this.announce(removed ? this.table.endLease(id) : this.table.renewLease(id, now));
    else if (kind === 'visitor') {
      if (removed) this.removed(id, replica);
      else this.table.put(id, replica, JSON.parse(new TextDecoder().decode(data)) as PresenceEntry, sequence, now);
      this.announce([id]);
    }
  }

  private removed(visitorId: string, replica: string): void {
    this.table.remove(visitorId, replica);
    // Another replica took this one for dead.
    const held = replica === this.replica ? this.own.get(visitorId) : undefined;
    if (held !== undefined) this.write(`visitor.${visitorId}.${replica}`, held);
  }

  private announce(visitorIds: Iterable<string>): void {
    for (const visitorId of new Set(visitorIds)) {
      const change = { visitorId, presence: this.table.of(visitorId) };
      for (const listener of this.listeners) listener(change);
    }
  }

  private clearUp(onAbandoned: ((visitorIds: string[]) => void) | undefined): void {
    // Who does not hear itself hears nobody: after a pause of this process everybody seems dead until the bucket is read.
    if (this.replica === undefined || !this.table.isLive(this.replica)) return;
    const left = new Set<string>();
    for (const replica of this.table.abandonedReplicas()) {
      if (replica === this.replica) continue;
      for (const visitorId of this.table.visitorsOf(replica)) {
        this.write(`visitor.${visitorId}.${replica}`, null);
        if (this.table.of(visitorId)?.online !== true) left.add(visitorId);
      }
      this.write(`lease.${replica}`, null);
    }
    if (left.size > 0) onAbandoned?.([...left]);
  }

  private writeAll(): void {
    if (this.replica === undefined) return;
    this.write(`lease.${this.replica}`, {});
    for (const [visitorId, entry] of this.own) this.write(`visitor.${visitorId}.${this.replica}`, entry);
  }

  private write(key: string, state: unknown): void {
    this.unwritten.set(key, state);
    this.writing ??= Promise.resolve().then(() => this.writeOut());
  }

  /** One round at a time, so that a key's older state never overtakes a newer one. */
  private async writeOut(): Promise<void> {
    for (let failures = 0; this.unwritten.size > 0 && !this.stopped;) {
      const round = [...this.unwritten];
      this.unwritten.clear();
      try {
        await this.messaging.publishStored(
          round.map(([key, state]): StoredRow => {
            if (state === null) return { subject: ROOT + key, body: '', headers: { 'KV-Operation': 'DEL' } };
            return { subject: ROOT + key, body: JSON.stringify(state), headers: {} };
          }),
        );
        failures = 0;
      } catch (error) {
        for (const [key, state] of round) if (!this.unwritten.has(key)) this.unwritten.set(key, state);
        if (this.isStopped()) break;
        failures += 1;
        this.messaging.connection.log.warn({ reason: reasonOf(error), failures }, 'presence.unwritten');
        await pause(Math.min(50 * 2 ** failures, 2_000), undefined, { ref: false });
      }
    }
    this.writing = undefined;
  }

  /** A key-value bucket as NATS lays it out, in memory: what is lost with it is written again by those who know. */
  private async create(): Promise<void> {
    await this.messaging.connection.jetStream.streams.add({
      name: STREAM,
      subjects: [`${ROOT}>`],
      retention: RetentionPolicy.Limits,
      storage: StorageType.Memory,
      discard: DiscardPolicy.New,
      max_msgs_per_subject: 1,
      max_bytes: 128 * 1024 * 1024,
      max_age: nanos(KEY_LIFE_MS),
      allow_rollup_hdrs: true,
      deny_delete: true,
      allow_direct: true,
    });
  }
}
