import { createInbox, type Msg, type MsgHdrs } from 'nats';
import type { BrokerConnection } from './connection';

/** Why no answer came. `disconnected`: the question may or may not have arrived. */
export class NoAnswer extends Error {
  constructor(readonly why: 'no-responders' | 'timeout' | 'disconnected') {
    super(`no answer: ${why}`);
    this.name = 'NoAnswer';
  }
}

interface Waiting {
  resolve(answer: Msg): void;
  reject(error: unknown): void;
  timer: NodeJS.Timeout;
}

/**
 * Questions over core NATS with all answers on one subscription. Any number may be in flight; they leave in the order asked.
 * The client's own request would do, but it knows nothing of a lost connection and lets each caller wait for its timeout.
 */
export class ReplyInbox {
  private readonly waiting = new Map<string, Waiting>();
  private readonly prefix: string;
  private readonly outgoing: { token: string; publish: () => void }[] = [];
  private asked = 0;

  constructor(private readonly connection: BrokerConnection) {
    this.prefix = `${createInbox(connection.inboxPrefix)}.`;
    connection.nats.subscribe(`${this.prefix}*`, { callback: (error, message) => this.receive(error, message) });
    connection.onDisconnect(() => this.failAll());
  }

  /** Throws {@link NoAnswer}; waits for the connection when it is down, inside the same `timeoutMs`. */
  ask(subject: string, payload: string, headers: MsgHdrs | undefined, timeoutMs: number): Promise<Msg> {
    if (this.connection.isConnected) return this.send(subject, payload, headers, timeoutMs);
    const asked = performance.now();
    return this.connection.whenConnected(timeoutMs).then((connected) => {
      if (!connected) throw new NoAnswer('disconnected');
      return this.send(subject, payload, headers, timeoutMs - (performance.now() - asked));
    });
  }

  private send(subject: string, payload: string, headers: MsgHdrs | undefined, timeoutMs: number): Promise<Msg> {
    this.asked += 1;
    const token = this.asked.toString(36);
    return new Promise<Msg>((resolve, reject) => {
      const timer = setTimeout(() => this.settle(token)?.reject(new NoAnswer('timeout')), timeoutMs);
      this.waiting.set(token, { resolve, reject, timer });
      this.post(token, () => {
        this.connection.nats.publish(subject, payload, {
          reply: this.prefix + token,
          ...(headers === undefined ? {} : { headers }),
        });
      });
    });
  }

  /**
   * What was asked in one turn of the event loop leaves as one packet: the client writes to the socket after every callback,
   * and for a gateway with many sockets that is a system call for each message.
   */
  private post(token: string, publish: () => void): void {
    this.outgoing.push({ token, publish });
    if (this.outgoing.length > 1) return;
    setImmediate(() => {
      for (const { token, publish } of this.outgoing.splice(0)) {
        // Given up meanwhile, because the connection was lost.
        if (!this.waiting.has(token)) continue;
        try {
          publish();
        } catch (error) {
          this.settle(token)?.reject(error);
        }
      }
    });
  }

  private receive(error: Error | null, message: Msg): void {
    if (error) {
      this.failAll();
      return;
    }
    const asker = this.settle(message.subject.slice(this.prefix.length));
    if (!asker) return;
    if (message.headers?.code === 503 && message.data.length === 0) asker.reject(new NoAnswer('no-responders'));
    else asker.resolve(message);
  }

  private settle(token: string): Waiting | undefined {
    const found = this.waiting.get(token);
    if (found) {
      this.waiting.delete(token);
      clearTimeout(found.timer);
    }
    return found;
  }

  private failAll(): void {
    for (const token of [...this.waiting.keys()]) this.settle(token)?.reject(new NoAnswer('disconnected'));
  }
}
