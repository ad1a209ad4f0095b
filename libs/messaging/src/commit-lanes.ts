import type { Envelope } from '@conversations/contracts';
import { isPoison } from './failures';
import type { Lane, LaneOptions } from './lane';
import { LaneLost } from './lane-store';
import type { RawMessage } from './ordered-reader';
import { inBatchSpan } from './tracing';

export interface LaneMessage {
  /** Place in the stream. */
  sequence: number;
  subject: string;
  /** Checked, its data as well. */
  envelope: Envelope;
}

export interface CheckedMessage extends LaneMessage {
  raw: RawMessage;
}

/** A lane whose messages wait for a transaction. */
interface Waiting<Tx> {
  lane: Lane<Tx>;
  take: (limit: number) => RawMessage[];
  done: PromiseWithResolvers<void>;
}

/** What one lane brings to a transaction. */
interface Part<Tx> {
  lane: Lane<Tx>;
  messages: readonly CheckedMessage[];
  /** Position of the lane afterwards. */
  upTo: number;
}

/**
 * Transactions of one process at a time. Each takes what gathered in all lanes that are not in the other one, because it costs about the
 * same for one message as for fifty; two keep the database busy while one waits for the disk.
 */
const COMMITS_AT_ONCE = 2;

/** Tries of a message alone before it is poison: a violated constraint may be a race that the second try wins. */
const TRIES_ALONE = 2;

/** Commits what the lanes of a process read, several lanes in one transaction. */
export class CommitLanes<Tx> {
  private readonly waiting: Waiting<Tx>[] = [];
  private free = COMMITS_AT_ONCE;

  constructor(private readonly options: Pick<LaneOptions<Tx>, 'stream' | 'store' | 'handle'> & { maxBatch: number }) {}

  /** Asks `take` for messages when a transaction begins, and resolves when they are committed. */
  join(lane: Lane<Tx>, take: Waiting<Tx>['take']): Promise<void> {
    const done = Promise.withResolvers<void>();
    this.waiting.push({ lane, take, done });
    // By then the other lanes whose messages came in the same network chunk have joined.
    queueMicrotask(() => this.next());
    return done.promise;
  }

  private next(): void {
    if (this.free === 0 || this.waiting.length === 0) return;
    this.free -= 1;
    void this.commitWaiting().finally(() => {
      this.free += 1;
      this.next();
    });
  }

  private async commitWaiting(): Promise<void> {
    const parts: (Part<Tx> & Pick<Waiting<Tx>, 'done'>)[] = [];
    for (let room = this.options.maxBatch; room > 0;) {
      const next = this.waiting.shift();
      if (!next) break;
      const { lane, take, done } = next;
      try {
        const raws = take(room);
        const last = raws.at(-1);
        if (last) parts.push({ lane, messages: await lane.check(raws), upTo: last.sequence, done });
        else done.resolve();
        room -= raws.length;
      } catch (error) {
        done.reject(error);
      }
    }
    if (parts.length > 1) {
      try {
        await this.transact(parts);
        for (const { done } of parts) done.resolve();
        return;
      } catch (error) {
        // The fault of one lane is no matter of the others.
        if (!isPoison(error) && !(error instanceof LaneLost)) {
          for (const { done } of parts) done.reject(error);
          return;
        }
      }
    }
    for (const part of parts) await this.commitAlone(part).then(part.done.resolve, part.done.reject);
  }

  /** Splits at poison until it is alone. */
  private async commitAlone(part: Part<Tx>): Promise<void> {
    const { lane, messages, upTo } = part;
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.transact([part]);
      } catch (error) {
        if (!isPoison(error)) throw error;
        const [first, second] = messages;
        if (second) {
          const half = messages.slice(0, messages.length >> 1);
          await this.commitAlone({ lane, messages: half, upTo: half.at(-1)?.sequence ?? upTo });
          return this.commitAlone({ lane, messages: messages.slice(half.length), upTo });
        }
        if (!first) throw error;
        if (tries < TRIES_ALONE) continue;
        await lane.bury(first.raw, error, tries);
        return this.transact([{ lane, messages: [], upTo }]);
      }
    }
  }

  private async transact(parts: readonly Part<Tx>[]): Promise<void> {
    const { store, handle, stream } = this.options;
    const messages = parts.flatMap((part) => part.messages);
    const moves = parts.map(({ lane, upTo }) => lane.moveTo(upTo));
    const afterCommit: (() => void)[] = [];
    const traceparents = messages.map(({ envelope }) => envelope.traceparent);
    await inBatchSpan({ name: stream, traceparents }, () =>
      store.transact(moves, async (tx) => {
        // The store may run this again when the transaction has to be repeated.
        afterCommit.length = 0;
        if (messages.length > 0) await handle({ messages, tx, afterCommit: (fn) => void afterCommit.push(fn) });
      }),
    );
    for (const { lane, upTo } of parts) lane.moved(upTo);
    for (const fn of afterCommit) fn();
  }
}
