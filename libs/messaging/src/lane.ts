import { PARTITIONS, partitionToken } from '@conversations/contracts';
import { checkMessage } from './check-message';
import type { CheckedMessage, CommitLanes, LaneMessage } from './commit-lanes';
import { buryMessage } from './dead-letter';
import { reasonOf } from './failures';
import { LaneLost, type LaneMove, type LanePosition, type LaneStore } from './lane-store';
import type { Messaging } from './messaging';
import { OrderedReader, type RawMessage } from './ordered-reader';
import { type StreamFacts, streamFacts } from './stream-facts';
import { ensureStreams, type StreamSettings } from './streams';

/** What gathered in one or more lanes, each in the stream's order. */
export interface LaneBatch<Tx = unknown> {
  messages: readonly LaneMessage[];
  /** The transaction that also moves the lanes' positions: everything the batch changes is written through it. */
  tx: Tx;
  /** Runs `fn` once the transaction is committed; never when it is rolled back. */
  afterCommit(fn: () => void): void;
}

export interface LaneOptions<Tx> {
  messaging: Messaging;
  stream: 'INBOUND';
  /** Partition p belongs to lane p modulo this. Change it only while no replica runs: old and new lanes overlap. Default 8. */
  lanes?: number;
  /** Most messages of one transaction. Default 200. */
  maxBatch?: number;
  store: LaneStore<Tx>;
  /** Returns = done. A poison error (see isPoison) is narrowed down to its message; any other is tried again. */
  handle(batch: LaneBatch<Tx>): Promise<void>;
  /** How to make a missing stream again. */
  streams?: StreamSettings;
}

/** A lane's hold on its ownership. */
export interface LaneOwnership {
  /** Asked again before each start of reading: a lock may be lost without a word. */
  isHeld(): Promise<boolean>;
  /** Called when it is not held any more; the lane has to be stopped. */
  onLost(): void;
}

const filtersOf = (lane: number, lanes: number): string[] =>
  Array.from({ length: PARTITIONS }, (_, partition) => partition)
    .filter((partition) => partition % lanes === lane)
    .map((partition) => `in.*.*.*.${partitionToken(partition)}`);

/** One lane while this process owns it: reads its partitions in order and has them committed batch after batch. */
export class Lane<Tx> {
  private readonly reader: OrderedReader;
  private readonly handler: string;
  private identity = '';
  private stored: LanePosition = { streamCreated: null, position: 0 };

  constructor(
    readonly number: number,
    private readonly options: Required<Omit<LaneOptions<Tx>, 'streams'>> & { streams: StreamSettings | undefined },
    private readonly ownership: LaneOwnership,
    commits: CommitLanes<Tx>,
  ) {
    const { messaging, stream, lanes } = options;
    this.handler = `${stream}-lane-${number}`;
    this.reader = new OrderedReader(messaging.connection, {
      stream,
      filters: filtersOf(number, lanes),
      startAt: (facts) => this.loadPosition(facts),
      onMessages: (take) => commits.join(this, take),
      onMissing: () => ensureStreams(messaging, options.streams),
    });
  }

  /** Resolves when the batch in work is committed or failed. */
  stop(): Promise<void> {
    return this.reader.stop();
  }

  /**
   * The identity holds the number of lanes too: with another number the positions mean other partitions, and the stream is read again.
   * So is a stream that was made anew or that ends before the position: otherwise its messages would be skipped in silence.
   */
  private async loadPosition(facts: StreamFacts): Promise<number> {
    if (!(await this.ownership.isHeld())) {
      this.ownership.onLost();
      throw new LaneLost(this.number);
    }
    this.stored = await this.options.store.load(this.number);
    this.identity = `${facts.created}/${this.options.lanes}`;
    const { streamCreated, position } = this.stored;
    const known = streamCreated === this.identity && position <= (await this.lastSequence(facts, position));
    if (!known && streamCreated !== null)
      this.options.messaging.connection.log.warn({ lane: this.number, position }, 'lane.starts-over');
    return known ? position + 1 : 1;
  }

  /** Asks again when the position lies behind the end: another owner may have moved it since the stream was asked. */
  private async lastSequence(facts: StreamFacts, position: number): Promise<number> {
    if (position <= facts.lastSequence) return facts.lastSequence;
    const now = await streamFacts(this.options.messaging, this.options.stream);
    return now?.created === facts.created ? now.lastSequence : 0;
  }

  /** What can be read of them; the rest goes to the dead letters. */
  async check(raws: readonly RawMessage[]): Promise<CheckedMessage[]> {
    const messages: CheckedMessage[] = [];
    for (const raw of raws) {
      try {
        messages.push({ raw, sequence: raw.sequence, subject: raw.subject, envelope: checkMessage(raw.data) });
      } catch (error) {
        await this.bury(raw, error, 1);
      }
    }
    return messages;
  }

  /** The step to a position of its stream. */
  moveTo(position: number): LaneMove {
    return { lane: this.number, expected: this.stored, next: this.at(position) };
  }

  /** The step is committed. */
  moved(position: number): void {
    this.stored = this.at(position);
  }

  private at(position: number): LanePosition {
    return { streamCreated: this.identity, position };
  }

  bury(raw: RawMessage, error: unknown, attempts: number): Promise<void> {
    return buryMessage(this.options.messaging, {
      reason: reasonOf(error),
      attempts,
      handler: this.handler,
      stream: this.options.stream,
      sequence: raw.sequence,
      subject: raw.subject,
      data: raw.data,
    });
  }
}
