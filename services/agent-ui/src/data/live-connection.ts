import { type Client, createClient, type FormattedExecutionResult } from 'graphql-ws';
import { Observed } from './observed';
import type { Transport } from './transport';

const SIGNED_OUT = 4401;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 15_000;
const CONNECT_MS = 5_000;
/** Silence after which the peer is asked for a sign of life, and how long that may take. */
const QUIET_MS = 5_000;
const PONG_MS = 3_000;
/** The peer is asked at once when the computer wakes up, and given up sooner. */
const WAKE_PONG_MS = 1_500;
const TICK_MS = 1_000;
const RESUBSCRIBE_MS = 5_000;

export interface LiveSubscription {
  query: string;
  /** Asked at each subscribing, so that it resumes where it was. */
  variables(): Record<string, unknown>;
  next: (result: FormattedExecutionResult) => void;
}

export type SocketState = 'connecting' | 'live' | 'lost' | 'signed-out';

interface LiveOptions {
  transport: Transport;
  /** Whether the session is over: a refused upgrade does not tell a page why. */
  isSignedOut(): Promise<boolean>;
  random?: () => number;
}

/** Milliseconds before try number `attempt` (from 0): doubling, with jitter, so that a restarted gateway is not stormed. */
export function backOff(attempt: number, random: () => number, first = FIRST_WAIT_MS, most = LONGEST_WAIT_MS): number {
  const ceiling = Math.min(most, first * 2 ** attempt);
  return Math.round(ceiling / 2 + (random() * ceiling) / 2);
}

/** One socket for all subscriptions, made again whenever it is lost. A socket that is dead in silence is noticed within 8 s. */
export class LiveConnection {
  readonly state = new Observed<SocketState>('connecting');
  private readonly subscriptions = new Map<LiveSubscription, () => void>();
  private client: Client | null = null;
  private socket: WebSocket | null = null;
  private heardAt = 0;
  /** When the answer to the last ping is late. */
  private pongDueAt: number | null = null;
  private attempts = 0;
  private retryTimer: ReturnType<typeof setTimeout> | null = null;
  private readonly ticker: ReturnType<typeof setInterval>;
  private tickedAt = Date.now();
  private stopped = false;

  constructor(private readonly options: LiveOptions) {
    this.ticker = setInterval(() => this.tick(), TICK_MS);
    this.connect();
  }

  follow(subscription: LiveSubscription): () => void {
    this.subscriptions.set(subscription, () => undefined);
    if (this.client !== null) this.subscribe(this.client, subscription);
    return () => {
      this.subscriptions.get(subscription)?.();
      this.subscriptions.delete(subscription);
    };
  }

  /** The network or the computer is back: connects at once, or makes sure that the socket is alive. */
  wake(): void {
    if (this.stopped || this.state.get() === 'signed-out') return;
    if (this.client === null) {
      this.attempts = 0;
      this.connect();
    } else if (this.state.get() === 'live') this.ping(WAKE_PONG_MS);
    // A try from before the computer slept hangs for as long as the network lets it.
    else if (Date.now() - this.heardAt > TICK_MS) this.giveUp(0);
  }

  /** After signing in again. */
  signedIn(): void {
    if (this.state.get() !== 'signed-out') return this.wake();
    this.state.set('connecting');
    this.attempts = 0;
    this.connect();
  }

  signedOut(): void {
    this.state.set('signed-out');
    this.drop();
  }

  stop(): void {
    this.stopped = true;
    clearInterval(this.ticker);
    this.drop();
  }

  private connect(): void {
    if (this.retryTimer !== null) clearTimeout(this.retryTimer);
    this.retryTimer = null;
    if (this.client !== null || this.stopped) return;
    let wasOpen = false;
    const { socketUrl, webSocketImpl } = this.options.transport;
    const client = createClient({
      url: socketUrl,
      webSocketImpl,
      lazy: false,
      retryAttempts: 0,
      connectionAckWaitTimeout: CONNECT_MS,
      // Reported as closed.
      onNonLazyError: () => undefined,
      on: {
        connected: (socket) => {
          wasOpen = true;
          this.socket = socket as WebSocket;
          this.heard();
          this.attempts = 0;
          if (this.client === client) this.state.set('live');
        },
        message: () => this.heard(),
        closed: (event) => {
          if (this.client === client) this.closed((event as CloseEvent).code, wasOpen);
        },
      },
    });
    this.client = client;
    this.heard();
    for (const subscription of this.subscriptions.keys()) this.subscribe(client, subscription);
  }

  private subscribe(client: Client, subscription: LiveSubscription): void {
    const { query, next } = subscription;
    const isCurrent = () => this.client === client && this.subscriptions.has(subscription);
    const again = () =>
      setTimeout(() => {
        if (isCurrent()) this.subscribe(client, subscription);
      }, RESUBSCRIBE_MS);
    const end = client.subscribe(
      { query, variables: subscription.variables() },
      {
        next: (result) => {
          if (isCurrent()) next(result as FormattedExecutionResult);
        },
        error: (reason) => {
          // A list is the server's refusal of this subscription; anything else is the end of the socket.
          if (Array.isArray(reason)) again();
        },
        complete: () => {
          if (isCurrent()) again();
        },
      },
    );
    this.subscriptions.set(subscription, () => {
      this.subscriptions.delete(subscription);
      end();
    });
  }

  private closed(code: number, wasOpen: boolean): void {
    this.forget();
    if (code === SIGNED_OUT) return this.state.set('signed-out');
    this.state.set('lost');
    if (!wasOpen) void this.checkSession();
    const wait = backOff(this.attempts, this.options.random ?? Math.random);
    this.attempts += 1;
    this.retryTimer = setTimeout(() => this.connect(), wait);
  }

  private async checkSession(): Promise<void> {
    if ((await this.options.isSignedOut()) && !this.stopped && this.state.get() !== 'live') this.signedOut();
  }

  private drop(): void {
    const { client } = this;
    this.forget();
    if (this.retryTimer !== null) clearTimeout(this.retryTimer);
    this.retryTimer = null;
    client?.terminate();
    void client?.dispose();
  }

  private forget(): void {
    this.client = null;
    this.socket = null;
    this.pongDueAt = null;
  }

  private heard(): void {
    this.heardAt = Date.now();
    this.pongDueAt = null;
  }

  private ping(patienceMs: number): void {
    if (this.socket === null) return;
    this.pongDueAt ??= Date.now() + patienceMs;
    this.socket.send('{"type":"ping"}');
  }

  private tick(): void {
    const now = Date.now();
    // A ticker that was late by so much slept, and the socket with it.
    const slept = now - this.tickedAt > 10 * TICK_MS;
    this.tickedAt = now;
    if (slept) return this.wake();
    if (this.state.get() !== 'live') {
      if (this.client !== null && now - this.heardAt > CONNECT_MS) this.giveUp();
      return;
    }
    if (this.pongDueAt !== null && now > this.pongDueAt) return this.giveUp();
    if (this.pongDueAt === null && now - this.heardAt > QUIET_MS) this.ping(PONG_MS);
  }

  private giveUp(attempts = this.attempts): void {
    const { client } = this;
    this.attempts = attempts;
    this.closed(0, true);
    client?.terminate();
    void client?.dispose();
  }
}
