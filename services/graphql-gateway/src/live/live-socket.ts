import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { SignedIn } from '../auth/agent';

/** Bytes that may wait in a socket before its subscriptions stop being fed. */
const FULL_BYTES = 4_194_304;
const DRAINED_BYTES = FULL_BYTES / 8;
/** A socket that takes nothing for so long is closed. */
const STUCK_MS = 30_000;

/** Close codes of graphql-transport-ws and of WebSocket itself. */
export const CLOSE = { unauthorized: 4401, restart: 1012, tryLater: 1013, failed: 1011 } as const;

/** One agent's WebSocket. Knows when its reader is too slow to be fed. */
export class LiveSocket {
  private fullSince: number | null = null;
  private alive = true;
  private corked = false;

  constructor(
    readonly webSocket: WebSocket,
    readonly signedIn: SignedIn,
    /** The connection under the WebSocket. */
    private readonly stream: Duplex,
  ) {}

  /** False: not sent, the reader is behind by 4 MiB. */
  send(text: string): boolean {
    if (this.webSocket.readyState !== this.webSocket.OPEN) return true;
    if (this.fullSince === null && this.webSocket.bufferedAmount > FULL_BYTES) this.fullSince = Date.now();
    if (this.fullSince !== null) return false;
    this.sendTogether();
    this.webSocket.send(text);
    return true;
  }

  /** What is pushed in one turn of the event loop leaves in one write: under load that is a whole batch of events. */
  private sendTogether(): void {
    if (this.corked) return;
    this.corked = true;
    this.stream.cork();
    process.nextTick(() => {
      this.corked = false;
      this.stream.uncork();
    });
  }

  /** Whether the reader is still behind. Closes one that is stuck. */
  get isFull(): boolean {
    if (this.fullSince === null) return false;
    if (this.webSocket.bufferedAmount < DRAINED_BYTES) this.fullSince = null;
    // A stuck reader would not answer a close frame either.
    else if (Date.now() - this.fullSince > STUCK_MS) this.webSocket.terminate();
    return this.fullSince !== null;
  }

  /** Terminates a peer that did not answer the last ping. */
  ping(): void {
    if (!this.alive) return this.webSocket.terminate();
    this.alive = false;
    this.webSocket.ping();
  }

  answered(): void {
    this.alive = true;
  }

  close(code: number, reason: string): void {
    this.webSocket.close(code, reason);
  }
}
