/** Where a lane stands in its stream. */
export interface LanePosition {
  /** Identity of the stream that `position` counts in; opaque text, compared and stored as it is. Null before the first batch. */
  streamCreated: string | null;
  /** Stream sequence of the last message that is done; 0 before the first. */
  position: number;
}

/** A step of one lane within a transaction. */
export interface LaneMove {
  lane: number;
  expected: LanePosition;
  next: LanePosition;
}

/** Keeps lanes to one owner: what it acquired stays its own until released, closed or lost with its session. */
export interface LaneHolder {
  /** True: this process owns the lane from now on (also when it already did); false: another does. Throws when the store is away. */
  tryAcquire(lane: number): Promise<boolean>;
  /** Gives one lane to whoever asks next. */
  release(lane: number): Promise<void>;
  /** Gives every lane back and ends the session. */
  close(): Promise<void>;
}

/**
 * Ownership and positions of lanes, in the database that the work of a batch is written to.
 * `Tx` is the handle of its transactions.
 */
export interface LaneStore<Tx = unknown> {
  /**
   * Starts without waiting for a session; `onLost` hears every time which held lanes went with their session.
   * A later `tryAcquire` opens a new session.
   */
  openHolder(onLost: (lanes: number[]) => void): LaneHolder;
  /** `{ streamCreated: null, position: 0 }` for a lane that never did anything. */
  load(lane: number): Promise<LanePosition>;
  /**
   * One transaction: `work`, and each lane's position moves from `expected` to `next` by compare-and-set.
   * Throws {@link LaneLost} and rolls everything back when a stored position is not `expected`.
   */
  transact<T>(moves: readonly LaneMove[], work: (tx: Tx) => Promise<T>): Promise<T>;
}

/** Another owner moved the lane's position: whatever this one did is rolled back, and it starts again from the stored position. */
export class LaneLost extends Error {
  constructor(readonly lane: number) {
    super(`lane ${lane} was moved by another owner`);
    this.name = 'LaneLost';
  }
}
