import {
  type Messaging,
  type StreamFacts,
  type StreamName,
  type StreamSettings,
  ensureStreams,
  streamFacts,
} from '@conversations/messaging';
import type { Logger, Metrics } from '@conversations/runtime';
import type { Session } from './session';

/** A reset of millions of rows takes its time. */
const RESET_LIMIT_MS = 600_000;

/** The broker failed; Postgres did not. */
export class BrokerFailure extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : 'the broker cannot be used', { cause });
    this.name = 'BrokerFailure';
  }
}

/**
 * Compares what this schema published with what each stream holds. Rows that a stream lost become unpublished again; receivers know events
 * by their ids, so publishing one too many does no harm.
 */
export class StreamRebuild {
  private readonly known = new Map<StreamName, StreamFacts>();

  private constructor(
    private readonly session: Session,
    private readonly options: { messaging: Messaging; log: Logger; metrics?: Metrics; streams?: StreamSettings },
  ) {}

  static async load(session: Session, options: StreamRebuild['options']): Promise<StreamRebuild> {
    const rebuild = new StreamRebuild(session, options);
    const rows = await session.query<{ stream: StreamName; created: string; last_sequence: string }>(
      'SELECT stream, created, last_sequence FROM outbox_stream',
    );
    for (const { stream, created, last_sequence } of rows) {
      rebuild.known.set(stream, { created, lastSequence: Number(last_sequence) });
    }
    return rebuild;
  }

  knows(stream: StreamName): boolean {
    return this.known.has(stream);
  }

  /** Highest sequence that a row of this schema has in the stream. */
  lastSequenceOf(stream: StreamName): number {
    return this.known.get(stream)?.lastSequence ?? 0;
  }

  noteSequence(stream: StreamName, sequence: number): void {
    const known = this.known.get(stream);
    if (known && known.lastSequence < sequence) known.lastSequence = sequence;
  }

  /** Before the first row of a stream: its identity has to be on record before anything counts as published to it. */
  async learn(streams: Iterable<StreamName>): Promise<void> {
    for (const stream of new Set(streams)) {
      if (!this.known.has(stream)) await this.reset(stream, await this.factsOf(stream), 0);
    }
  }

  /** While nothing is being published. True when rows went back to waiting. Throws {@link BrokerFailure} when the broker cannot be asked. */
  async check(): Promise<boolean> {
    let rebuilt = false;
    for (const [stream, known] of [...this.known]) {
      const facts = await this.factsOf(stream);
      const recreated = facts.created !== known.created;
      if (!recreated && facts.lastSequence >= known.lastSequence) continue;
      await this.rebuild(stream, recreated ? 'recreated' : 'went-back', facts, recreated ? 0 : facts.lastSequence);
      rebuilt = true;
    }
    return rebuilt;
  }

  /** A new message got a sequence that was given before: the stream lost everything from `sequence` on. As {@link check}. */
  async wentBack(stream: StreamName, sequence: number): Promise<boolean> {
    const rebuilt = await this.check();
    if (this.lastSequenceOf(stream) < sequence) return rebuilt;
    await this.rebuild(stream, 'went-back', await this.factsOf(stream), sequence - 1);
    return true;
  }

  private async rebuild(stream: StreamName, why: string, facts: StreamFacts, keepUpTo: number): Promise<void> {
    const rows = await this.reset(stream, facts, keepUpTo);
    this.options.log.warn({ stream, why, rows }, 'outbox.stream-rebuild');
    this.options.metrics?.counter('conversations_outbox_rebuilds_total').inc({ stream });
  }

  private async reset(stream: StreamName, facts: StreamFacts, keepUpTo: number): Promise<number> {
    const [row] = await this.session.query<{ rows: number }>(
      `WITH identity AS (
         INSERT INTO outbox_stream (stream, created, last_sequence) VALUES ($1, $2, $3)
         ON CONFLICT (stream) DO UPDATE SET created = $2, last_sequence = $3
       ), again AS (
         UPDATE outbox SET stream_seq = NULL WHERE stream = $1 AND stream_seq > $3::bigint RETURNING 1
       )
       SELECT count(*)::integer AS rows FROM again`,
      [stream, facts.created, keepUpTo],
      { limitMs: RESET_LIMIT_MS },
    );
    this.known.set(stream, { created: facts.created, lastSequence: keepUpTo });
    return row?.rows ?? 0;
  }

  private async factsOf(stream: StreamName): Promise<StreamFacts> {
    const { messaging, streams } = this.options;
    try {
      const found = await streamFacts(messaging, stream);
      if (found) return found;
      await ensureStreams(messaging, streams);
      const made = await streamFacts(messaging, stream);
      if (made) return made;
    } catch (error) {
      throw new BrokerFailure(error);
    }
    throw new BrokerFailure(new Error(`stream ${stream} does not exist`));
  }
}
