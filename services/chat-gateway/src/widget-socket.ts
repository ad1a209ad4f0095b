import { CloseCode, type GatewayFrame } from '@conversations/contracts';
import type { WebSocket } from 'ws';
import type { Connection, VisitorSession } from './visitor-session';

const MINUTE = 60_000;
/** A browser that does not read cannot read the close frame either. */
const CLOSE_PATIENCE_MS = 5_000;
const FLOODER_PATIENCE_MS = 1_000;

/** The same for all sockets. */
export interface SocketLimits {
  framesPerMinute: number;
  slowConsumerBytes: number;
  onSlow(): void;
}

/** One WebSocket: sends frames, and knows when its browser was heard and how much it may still say. */
export class WidgetSocket implements Connection {
  session: VisitorSession | null = null;
  /** Frames that came before the welcome; null once welcomed. */
  early: string[] | null = [];
  readonly openedAt = Date.now();
  heardAt = this.openedAt;
  pingedAt = this.openedAt;
  private frames: number;
  private countedAt = this.openedAt;

  constructor(
    readonly ws: WebSocket,
    readonly origin: string,
    readonly address: string,
    private readonly limits: SocketLimits,
  ) {
    this.frames = limits.framesPerMinute;
  }

  /** A frame is sent or the socket is closed; it is never dropped in silence. */
  send(frame: GatewayFrame): void {
    if (this.ws.readyState !== this.ws.OPEN) return;
    this.ws.send(JSON.stringify(frame));
    if (this.ws.bufferedAmount <= this.limits.slowConsumerBytes) return;
    this.limits.onSlow();
    this.close(CloseCode.slowConsumer, 'slow consumer');
  }

  close(code: number, reason: string): void {
    if (this.ws.readyState !== this.ws.OPEN) return;
    this.ws.close(code, reason);
    // What a flooder still sends is not even read.
    const flooded = code === CloseCode.rateLimited;
    if (flooded) this.ws.pause();
    setTimeout(() => this.ws.terminate(), flooded ? FLOODER_PATIENCE_MS : CLOSE_PATIENCE_MS).unref();
  }

  /** Counts a frame that came in; false when there were too many. */
  hear(now = Date.now()): boolean {
    const { framesPerMinute } = this.limits;
    this.heardAt = now;
    this.frames = Math.min(framesPerMinute, this.frames + ((now - this.countedAt) * framesPerMinute) / MINUTE);
    this.countedAt = now;
    if (this.frames < 1) return false;
    this.frames -= 1;
    return true;
  }
}
