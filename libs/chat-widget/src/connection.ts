import type { CloseCode, GatewayFrame, WIDGET_PROTOCOL, WidgetFrame } from '@conversations/contracts';
import { retryDelay } from './back-off';
import { Polling } from './polling';

/** Types come from the contracts, values are written again: importing them would bring zod into the bundle. */
export const PROTOCOL: typeof WIDGET_PROTOCOL = 1;
const BAD_TOKEN: (typeof CloseCode)['badToken'] = 4001;
const NOT_ALLOWED: (typeof CloseCode)['notAllowed'] = 4003;
const TOO_MANY_TABS: (typeof CloseCode)['tooManyTabs'] = 4009;
const RATE_LIMITED: (typeof CloseCode)['rateLimited'] = 4029;

const WELCOME_WITHIN_MS = 10_000;
/** A connection that lived shorter does not reset the back-off. */
const STABLE_MS = 10_000;
/** Sockets that never opened before HTTP is tried. */
const BLOCKED_AFTER = 3;
/** While HTTP serves, a socket is tried so often. */
const SOCKET_AGAIN_MS = 60_000;
const RATE_LIMITED_MS = 15_000;

export type ConnectionState = 'idle' | 'connecting' | 'live' | 'reconnecting' | 'offline' | 'refused' | 'too_many_tabs';
export type Hello = Extract<WidgetFrame, { t: 'hello' }>;

interface ConnectionOptions {
  /** `https://chat.example`, the iframe's own origin. */
  origin: string;
  hello(): Hello;
  /** Every frame but pings and draining. */
  onFrame(frame: GatewayFrame): void;
  onState(state: ConnectionState): void;
  /** The gateway does not know the token of the last `hello`: begin anew. */
  onBadToken(): void;
}

/** Keeps one socket to the gateway open, and falls back to HTTP where sockets never open. */
export class Connection {
  state: ConnectionState = 'idle';
  private socket: WebSocket | null = null;
  private polling: Polling | null = null;
  private welcomed = false;
  private draining = false;
  private attempt = 0;
  private neverOpened = 0;
  private liveSince = 0;
  private silenceMs = WELCOME_WITHIN_MS;
  private again: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: ConnectionOptions) {}

  /** Tries again as soon as the browser says that it may help. */
  followNetwork(): void {
    addEventListener('offline', () => {
      this.offline();
    });
    addEventListener('online', () => {
      this.retryNow();
    });
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.retryNow();
    });
  }

  /** Connects now, with the present hello, whatever it was doing. */
  reconnect(): void {
    this.dropSocket();
    this.polling?.stop();
    this.polling = null;
    this.connect();
  }

  /** The network is back, the page is seen again or the visitor asks: do not wait for the back-off. */
  retryNow(): void {
    if (this.state === 'live' || this.state === 'idle' || this.state === 'refused') return;
    this.attempt = 0;
    if (this.state !== 'connecting') this.reconnect();
  }

  private offline(): void {
    if (this.state === 'idle') return;
    this.stop();
    this.enter('offline');
  }

  stop(): void {
    this.dropSocket();
    this.polling?.stop();
    this.polling = null;
    this.enter('idle');
  }

  /** False when there is no welcomed connection now; the frame is not kept. HTTP carries only `send` and `form`. */
  send(frame: WidgetFrame): boolean {
    if (this.socket !== null && this.welcomed) {
      this.socket.send(JSON.stringify(frame));
      return true;
    }
    return (frame.t === 'send' || frame.t === 'form') && this.polling !== null && this.polling.send(frame);
  }

  private connect(): void {
    clearTimeout(this.again);
    this.draining = false;
    if (this.polling === null) this.enter(this.liveSince === 0 ? 'connecting' : 'reconnecting');
    const socket = new WebSocket(`${this.options.origin.replace(/^http/, 'ws')}/chat`);
    let opened = false;
    this.socket = socket;
    this.welcomed = false;
    this.silenceMs = WELCOME_WITHIN_MS;
    this.expectWord();
    socket.onopen = () => {
      opened = true;
      this.neverOpened = 0;
      socket.send(JSON.stringify(this.options.hello()));
    };
    socket.onmessage = (event: MessageEvent<string>) => {
      if (this.socket !== socket) return;
      this.expectWord();
      this.receive(JSON.parse(event.data) as GatewayFrame);
    };
    socket.onclose = ({ code }) => {
      if (this.socket !== socket) return;
      if (!opened) this.neverOpened += 1;
      this.closed(code);
    };
  }

  private receive(frame: GatewayFrame): void {
    switch (frame.t) {
      case 'ping':
        this.socket?.send(JSON.stringify({ t: 'pong' } satisfies WidgetFrame));
        return;
      case 'draining':
        // The gateway chose the moment by chance for each socket; it may close this one before.
        this.draining = true;
        clearTimeout(this.again);
        this.again = setTimeout(() => {
          this.reconnect();
        }, frame.retryAfterMs);
        return;
      case 'welcome':
        if (this.polling !== null) {
          // What was on its way over HTTP is not answered any more.
          this.polling.stop();
          this.polling = null;
          this.enter('reconnecting');
        }
        this.welcomed = true;
        // Two missed pings and a little.
        this.silenceMs = frame.config.heartbeat * 2_250;
        this.expectWord();
        this.liveSince = Date.now();
        this.options.onFrame(frame);
        this.enter('live');
        return;
      default:
        this.options.onFrame(frame);
    }
  }

  private closed(code: number): void {
    if (this.welcomed) this.lost();
    this.dropSocket();
    if (code === NOT_ALLOWED || code === TOO_MANY_TABS) {
      this.enter(code === NOT_ALLOWED ? 'refused' : 'too_many_tabs');
      return;
    }
    if (code === BAD_TOKEN) this.options.onBadToken();
    if (this.polling !== null) {
      this.connectIn(SOCKET_AGAIN_MS);
      return;
    }
    this.enter(this.liveSince === 0 ? 'connecting' : 'reconnecting');
    if (this.neverOpened >= BLOCKED_AFTER) this.poll();
    else if (!this.draining) this.backOff(code === RATE_LIMITED ? RATE_LIMITED_MS : 0);
  }

  /** After one that had lasted the waits begin anew; later tries of the same outage wait longer and longer. */
  private lost(): void {
    if (Date.now() - this.liveSince > STABLE_MS) this.attempt = 0;
  }

  private backOff(atLeastMs: number): void {
    this.connectIn(atLeastMs + retryDelay(this.attempt));
    this.attempt += 1;
  }

  private connectIn(ms: number): void {
    clearTimeout(this.again);
    this.again = setTimeout(() => {
      this.connect();
    }, ms);
  }

  private poll(): void {
    let reached = false;
    const polling: Polling = new Polling({
      ...this.options,
      onReachable: () => {
        if (this.polling !== polling) return;
        reached = true;
        this.liveSince = Date.now();
        this.enter('live');
        this.connectIn(SOCKET_AGAIN_MS);
      },
      onFrame: (frame) => {
        if (this.polling === polling) this.options.onFrame(frame);
      },
      onLost: (badToken) => {
        if (this.polling !== polling) return;
        this.polling = null;
        if (reached) this.lost();
        if (badToken) this.options.onBadToken();
        if (this.socket !== null) return;
        this.enter(this.liveSince === 0 ? 'connecting' : 'reconnecting');
        this.backOff(0);
      },
    });
    this.polling = polling;
    polling.start();
  }

  /** A path that dies without a close (sleep, lost Wi-Fi) shows only by silence. */
  private expectWord(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => {
      if (!this.welcomed) this.neverOpened += 1;
      this.closed(1006);
    }, this.silenceMs);
  }

  private dropSocket(): void {
    clearTimeout(this.silence);
    if (!this.draining) clearTimeout(this.again);
    const socket = this.socket;
    this.socket = null;
    this.welcomed = false;
    socket?.close();
  }

  private enter(state: ConnectionState): void {
    if (state === this.state) return;
    this.state = state;
    this.options.onState(state);
  }
}
