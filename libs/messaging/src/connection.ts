import type { Metrics } from '@conversations/runtime';
import { setTimeout as pause } from 'node:timers/promises';
import { connect, Events, type JetStreamManager, type NatsConnection } from 'nats';
import type { Log } from './log';

export interface ConnectOptions {
  /** `nats://host:port`, several with commas or as a list. */
  servers: string | string[];
  user?: string;
  password?: string;
  /** Shown by the server in its list of connections. */
  name: string;
  log: Log;
  /** Where dead letters, lanes and requests are counted. */
  metrics?: Metrics;
  /** First tokens of every reply subject; a user whose permissions name them cannot read others' replies. Default `_INBOX`. */
  inboxPrefix?: string;
  /** How long the first connection may take before `connect` fails. Default 30,000 ms. */
  firstConnectMs?: number;
}

const DIAL_TIMEOUT_MS = 2_000;
/** Two missed pongs: a server that hangs without closing the connection is noticed after at most three intervals. */
const PING_INTERVAL_MS = 2_000;
const reconnectDelay = () => 100 + Math.floor(Math.random() * 100);

/** The process's one connection to the broker. It reconnects for ever and tells when it was away. */
export class BrokerConnection {
  private up = true;
  private readonly disconnectListeners = new Set<() => void>();
  private readonly reconnectListeners = new Set<() => void>();

  private constructor(
    readonly nats: NatsConnection,
    readonly jetStream: JetStreamManager,
    readonly log: Log,
    readonly inboxPrefix: string,
  ) {
    void this.watch();
    void nats.closed().then(() => this.down());
  }

  static async open(options: ConnectOptions): Promise<BrokerConnection> {
    const deadline = Date.now() + (options.firstConnectMs ?? 30_000);
    for (;;) {
      try {
        const nats = await connect({
          servers: typeof options.servers === 'string' ? options.servers.split(',') : options.servers,
          ...(options.user === undefined ? {} : { user: options.user, pass: options.password ?? '' }),
          name: options.name,
          ...(options.inboxPrefix === undefined ? {} : { inboxPrefix: options.inboxPrefix }),
          timeout: DIAL_TIMEOUT_MS,
          reconnectDelayHandler: reconnectDelay,
          maxReconnectAttempts: -1,
          ignoreAuthErrorAbort: true,
          pingInterval: PING_INTERVAL_MS,
          maxPingOut: 2,
        });
        const jetStream = await nats.jetstreamManager({ checkAPI: false, timeout: 3_000 });
        return new BrokerConnection(nats, jetStream, options.log, options.inboxPrefix ?? '_INBOX');
      } catch (error) {
        if (Date.now() > deadline) throw new Error('The broker cannot be reached', { cause: error });
        await pause(reconnectDelay());
      }
    }
  }

  get isConnected(): boolean {
    return this.up;
  }

  /** Hears at once that the connection is lost: what was in flight has no answer to come. */
  onDisconnect(listener: () => void): () => void {
    this.disconnectListeners.add(listener);
    return () => this.disconnectListeners.delete(listener);
  }

  onReconnect(listener: () => void): () => void {
    this.reconnectListeners.add(listener);
    return () => this.reconnectListeners.delete(listener);
  }

  /**
   * True once messages can be sent; false when that does not happen within `timeoutMs`, or never will.
   * The client throws away what is published while it redials, so everything that must arrive waits here first.
   */
  whenConnected(timeoutMs: number): Promise<boolean> {
    if (this.nats.isClosed()) return Promise.resolve(false);
    if (this.up) return Promise.resolve(true);
    return new Promise((resolve) => {
      const settle = (connected: boolean) => {
        clearTimeout(timer);
        forget();
        resolve(connected);
      };
      const timer = setTimeout(() => settle(false), timeoutMs);
      const forget = this.onReconnect(() => settle(true));
    });
  }

  private async watch(): Promise<void> {
    for await (const status of this.nats.status()) {
      if (status.type === Events.Disconnect) this.down();
      else if (status.type === Events.Reconnect) this.back();
      else if (status.type === Events.Error) this.log.error({ error: status.data }, 'broker.error');
    }
  }

  private down(): void {
    if (!this.up) return;
    this.up = false;
    if (!this.nats.isClosed()) this.log.warn({}, 'broker.disconnected');
    for (const listener of [...this.disconnectListeners]) listener();
  }

  private back(): void {
    if (this.up) return;
    this.up = true;
    this.log.info({ server: this.nats.getServer() }, 'broker.reconnected');
    for (const listener of [...this.reconnectListeners]) listener();
  }
}
