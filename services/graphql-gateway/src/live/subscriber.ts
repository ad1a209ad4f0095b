import type { ExecutionResult } from 'graphql';
import type { LiveSocket } from './live-socket';

/** Most pushes that wait while a client catches up. */
const MAX_WAITING = 5_000;

/**
 * One subscription of one socket. To graphql-ws it is a result stream that never yields: what is pushed is already
 * serialised for the whole group and goes to the socket directly, only its end passes through the iterator.
 */
export class Subscriber implements AsyncGenerator<ExecutionResult, void> {
  /** Pushes that were dropped because the reader is slow: it must load everything again. */
  lagging = false;
  private readonly opening: string;
  /** Entries up to this one were replayed or lie before the subscription. */
  private joinedAt = 0;
  private waiting: { text: string; index: number }[] | null = [];
  private readonly ended = Promise.withResolvers<IteratorResult<ExecutionResult, void>>();
  private over = false;

  constructor(
    readonly socket: LiveSocket,
    id: string,
    /** The cursor to resume after. */
    readonly after: string | null,
    private readonly onEnd: (subscriber: Subscriber) => void,
  ) {
    this.opening = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
  }

  /** A push of the group; held back while the client still catches up. */
  deliver(text: string, index: number): void {
    if (index <= this.joinedAt || this.over) return;
    if (this.waiting === null) return this.send(text);
    this.waiting.push({ text, index });
    if (this.waiting.length > MAX_WAITING) this.lagging = true;
  }

  /** Straight to the socket. */
  send(text: string): void {
    if (this.over || this.lagging) return;
    if (!this.socket.send(`${this.opening}${text}}`)) this.lagging = true;
  }

  /** Has caught up to entry `upTo`: what waited and is newer goes out, and pushes go directly from now on. */
  goLive(upTo: number): void {
    const waiting = this.waiting ?? [];
    this.waiting = null;
    this.joinedAt = upTo;
    for (const { text, index } of waiting) if (index > upTo) this.send(text);
  }

  next(): Promise<IteratorResult<ExecutionResult, void>> {
    return this.ended.promise;
  }

  return(): Promise<IteratorResult<ExecutionResult, void>> {
    if (!this.over) {
      this.over = true;
      this.onEnd(this);
      this.ended.resolve({ done: true, value: undefined });
    }
    return this.ended.promise;
  }

  throw(): Promise<IteratorResult<ExecutionResult, void>> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}
