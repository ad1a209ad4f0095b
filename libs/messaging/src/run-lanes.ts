import { setTimeout as pause } from 'node:timers/promises';
import { CommitLanes } from './commit-lanes';
import { reasonOf } from './failures';
import { Lane, type LaneOptions } from './lane';

export interface LaneRunner {
  /** Lanes that this process owns now, in order. */
  readonly heldLanes: number[];
  /** Finishes the batches in work and gives the lanes to other replicas. */
  stop(): Promise<void>;
}

/** How long a lane without owner waits at most, about: each replica asks for what it does not hold this often. */
const ASK_EVERY_MS = 500;
/** A replica without broker cannot read: after so long it leaves its lanes to others. A restart of the broker takes less. */
const GIVE_UP_MS = 3_000;

/**
 * Reads a stream in lanes, as one of any number of replicas: a lane has one owner at a time, and its work and position are one
 * transaction, which fences an owner that lost the lane without noticing. Lanes that another replica gives up are taken over.
 */
export function runLanes<Tx>(options: LaneOptions<Tx>): LaneRunner {
  const runner = new Runner(options);
  return options.messaging.register(runner);
}

class Runner<Tx> implements LaneRunner {
  private readonly settings;
  private readonly holder;
  private readonly held = new Map<number, Lane<Tx>>();
  private readonly commits: CommitLanes<Tx>;
  private readonly asking: Promise<void>;
  private readonly forget: () => void;
  private stopping = false;
  private wake: () => void = () => undefined;

  constructor(options: LaneOptions<Tx>) {
    this.settings = {
      ...options,
      lanes: options.lanes ?? 8,
      maxBatch: options.maxBatch ?? 200,
      streams: options.streams,
    };
    this.commits = new CommitLanes(this.settings);
    this.holder = options.store.openHolder((lost) => void this.lose(lost));
    this.forget = options.messaging.onReconnect(() => {
      this.wake();
    });
    this.tellHeld();
    this.asking = this.keepAsking();
  }

  get heldLanes(): number[] {
    return [...this.held.keys()].sort((a, b) => a - b);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.forget();
    this.wake();
    await this.asking;
    await this.stopLanes(this.heldLanes);
    await this.holder.close();
  }

  private get connection() {
    return this.settings.messaging.connection;
  }

  /** Asked after each wait, since `stop` may have come meanwhile. */
  private isStopping(): boolean {
    return this.stopping;
  }

  private async keepAsking(): Promise<void> {
    let lastConnected = performance.now();
    while (!this.isStopping()) {
      try {
        if (this.connection.isConnected) {
          lastConnected = performance.now();
          await this.askForAll();
        } else if (performance.now() - lastConnected > GIVE_UP_MS) await this.giveUp();
      } catch (error) {
        this.connection.log.warn({ reason: reasonOf(error) }, 'lanes.not-asked');
      }
      if (this.isStopping()) return;
      const woken = new Promise<void>((resolve) => (this.wake = resolve));
      await Promise.race([woken, pause(ASK_EVERY_MS * (0.75 + Math.random() / 2), undefined, { ref: false })]);
    }
  }

  private async askForAll(): Promise<void> {
    // Replicas that start together ask in different orders and so share the lanes.
    const wanted = Array.from({ length: this.settings.lanes }, (_, number) => number)
      .filter((number) => !this.held.has(number))
      .map((number) => ({ number, at: Math.random() }))
      .sort((a, b) => a.at - b.at);
    for (const { number } of wanted) {
      if (this.isStopping()) return;
      if (!(await this.holder.tryAcquire(number))) continue;
      if (!this.isStopping()) this.held.set(number, this.startLane(number));
      this.tellHeld();
    }
    if (wanted.some(({ number }) => this.held.has(number)))
      this.connection.log.info({ lanes: this.heldLanes }, 'lanes.held');
  }

  private startLane(number: number): Lane<Tx> {
    const ownership = {
      isHeld: () => this.holder.tryAcquire(number),
      onLost: () => void this.lose([number]),
    };
    return new Lane(number, this.settings, ownership, this.commits);
  }

  private tellHeld(): void {
    this.settings.messaging.metrics?.gauge('conversations_lanes_held').set(this.held.size);
  }

  private async giveUp(): Promise<void> {
    const given = this.heldLanes;
    if (given.length === 0) return;
    this.connection.log.warn({ lanes: given }, 'lanes.given-up');
    await this.stopLanes(given);
    for (const number of given) await this.holder.release(number);
  }

  private async lose(lost: number[]): Promise<void> {
    this.connection.log.warn({ lanes: lost }, 'lanes.lost');
    await this.stopLanes(lost);
  }

  private async stopLanes(numbers: number[]): Promise<void> {
    await Promise.all(
      numbers.map(async (number) => {
        const lane = this.held.get(number);
        await lane?.stop();
        if (this.held.get(number) === lane) this.held.delete(number);
        this.tellHeld();
      }),
    );
  }
}
