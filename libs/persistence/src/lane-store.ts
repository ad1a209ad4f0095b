import { type LaneHolder, LaneLost, type LanePosition, type LaneStore } from '@conversations/messaging';
import type { DataSource } from 'typeorm';
import { Database, type Tx, type Wakeable } from './database';
import { prepared } from './prepared';
import { Session } from './session';
import { unawaited } from './unawaited';

/** Lanes of a service: owned by session-level advisory locks, positions in its `inbound_position` table. */
export class PostgresLaneStore implements LaneStore<Tx> {
  private readonly database: Database;

  /** With a relay, it is woken by a batch that emitted something. */
  constructor(
    private readonly dataSource: DataSource,
    private readonly schema: string,
    options: { relay?: Wakeable } = {},
  ) {
    this.database = new Database(dataSource, options);
  }

  openHolder(onLost: (lanes: number[]) => void): LaneHolder {
    return new PostgresLaneHolder(this.dataSource, this.schema, onLost);
  }

  async load(lane: number): Promise<LanePosition> {
    const [row] = await this.dataSource.query<{ stream_created: string | null; position: string }[]>(
      'SELECT stream_created, position FROM inbound_position WHERE lane = $1',
      [lane],
    );
    return row
      ? { streamCreated: row.stream_created, position: Number(row.position) }
      : { streamCreated: null, position: 0 };
  }

  /**
   * The position moves in the same transaction and travels with the first statement of `work`: an owner that lost its lock
   * is found out before the commit, and everything is taken back.
   */
  transact<T>(lane: number, expected: LanePosition, next: LanePosition, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.transaction(async (tx) => {
      const moving = move(tx, lane, expected, next);
      unawaited(tx, moving);
      const [result, moved] = await Promise.allSettled([work(tx), moving]);
      // What the work of a former owner met is of no interest. A move that failed is the transaction's own matter.
      if (moved.status === 'fulfilled' && !moved.value) throw new LaneLost(lane);
      if (result.status === 'rejected') throw result.reason;
      return result.value;
    });
  }
}

/** Compare-and-set of one row; a lane that never did anything has none yet. */
async function move(tx: Tx, lane: number, expected: LanePosition, next: LanePosition): Promise<boolean> {
  if (expected.streamCreated === null && expected.position === 0) {
    const begin = 'INSERT INTO inbound_position (lane, position) VALUES ($1, 0) ON CONFLICT DO NOTHING';
    unawaited(tx, prepared(tx, 'lane-begin', begin, [lane]));
  }
  const moved = await prepared(
    tx,
    'lane-move',
    `UPDATE inbound_position SET stream_created = $4, position = $5
     WHERE lane = $1 AND stream_created IS NOT DISTINCT FROM $2 AND position = $3 RETURNING lane`,
    [lane, expected.streamCreated, expected.position, next.streamCreated, next.position],
  );
  return moved.length === 1;
}

class PostgresLaneHolder implements LaneHolder {
  private readonly held = new Set<number>();
  private session: Promise<Session> | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly schema: string,
    private readonly onLost: (lanes: number[]) => void,
  ) {}

  async tryAcquire(lane: number): Promise<boolean> {
    if (this.held.has(lane)) return true;
    const opened = this.open();
    const session = await opened;
    const locked = await session.tryLock(this.lockName(lane));
    // The session may have gone while the answer was under way.
    if (!locked || session.isLost || this.session !== opened) return false;
    this.held.add(lane);
    return true;
  }

  async release(lane: number): Promise<void> {
    if (!this.held.delete(lane)) return;
    await (await this.session)?.unlock(this.lockName(lane));
  }

  async close(): Promise<void> {
    const session = this.session;
    this.session = undefined;
    this.held.clear();
    await (await session)?.close();
  }

  private lockName(lane: number): string {
    return `lane:${this.schema}:${lane}`;
  }

  private open(): Promise<Session> {
    if (this.session) return this.session;
    const opening = Session.open(this.dataSource, {
      schema: this.schema,
      name: 'lanes',
      onLost: () => this.forget(opening),
    });
    opening.catch(() => this.forget(opening));
    this.session = opening;
    return opening;
  }

  private forget(session: Promise<Session>): void {
    if (this.session !== session) return;
    this.session = undefined;
    const lanes = [...this.held];
    this.held.clear();
    if (lanes.length > 0) this.onLost(lanes);
  }
}
