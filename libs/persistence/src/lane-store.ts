import { type LaneHolder, LaneLost, type LaneMove, type LanePosition, type LaneStore } from '@conversations/messaging';
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
   * The positions move in the same transaction and travel with the first statement of `work`: an owner that lost its lock
   * is found out before the commit, and everything is taken back.
   */
  transact<T>(moves: readonly LaneMove[], work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.transaction(async (tx) => {
      const moving = move(tx, moves);
      unawaited(tx, moving);
      const [result, moved] = await Promise.allSettled([work(tx), moving]);
      // What the work of a former owner met is of no interest. A move that failed is the transaction's own matter.
      const lost = moved.status === 'fulfilled' && moves.find(({ lane }) => !moved.value.has(lane));
      if (lost) throw new LaneLost(lost.lane);
      if (result.status === 'rejected') throw result.reason;
      return result.value;
    });
  }
}

const MOVE = `UPDATE inbound_position SET stream_created = move.next_created, position = move.next
  FROM unnest($1::integer[], $2::text[], $3::bigint[], $4::text[], $5::bigint[]) AS move (lane, created, position, next_created, next)
  WHERE inbound_position.lane = move.lane AND inbound_position.stream_created IS NOT DISTINCT FROM move.created
    AND inbound_position.position = move.position
  RETURNING inbound_position.lane`;

/** Compare-and-set of the rows; answers the lanes that moved. A lane that never did anything has no row yet. */
async function move(tx: Tx, moves: readonly LaneMove[]): Promise<Set<number>> {
  const fresh = moves.filter(({ expected }) => expected.streamCreated === null && expected.position === 0);
  if (fresh.length > 0) {
    const begin =
      'INSERT INTO inbound_position (lane, position) SELECT unnest($1::integer[]), 0 ON CONFLICT DO NOTHING';
    unawaited(tx, prepared(tx, 'lane-begin', begin, [fresh.map(({ lane }) => lane)]));
  }
  const moved = await prepared<{ lane: number }>(tx, 'lane-move', MOVE, [
    moves.map(({ lane }) => lane),
    moves.map(({ expected }) => expected.streamCreated),
    moves.map(({ expected }) => expected.position),
    moves.map(({ next }) => next.streamCreated),
    moves.map(({ next }) => next.position),
  ]);
  return new Set(moved.map(({ lane }) => lane));
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
