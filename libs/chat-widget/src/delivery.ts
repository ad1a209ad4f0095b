import type { GatewayFrame, WidgetFrame } from '@conversations/contracts';
import { retryDelay } from './back-off';
import type { Outbox, Unsent } from './outbox';

/** The gateway answers every `send` within 15 s; a silence beyond is a dead path. */
const ANSWER_WITHIN_MS = 20_000;
/** Refusals in a row after which the message is shown as not sent (it is still tried again). */
const TROUBLED_AFTER = 2;

interface DeliveryPath {
  /** False: there is no connection, or it may not be used yet; `flush` is called when that changes. */
  transmit(frame: Extract<WidgetFrame, { t: 'send' | 'form' }>): boolean;
  reconnect(): void;
  onChange(): void;
}

/** Sends the outbox one message at a time: the next leaves when the one before is stored, so order never breaks. */
export class Delivery {
  /** When the gateway takes messages again; null = now. */
  limitedUntil: number | null = null;
  private inFlight: string | null = null;
  private refusals = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly outbox: Outbox,
    private readonly path: DeliveryPath,
  ) {}

  /** The gateway could not store the messages several times in a row. */
  get troubled(): boolean {
    return this.refusals >= TROUBLED_AFTER;
  }

  flush(): void {
    if (this.inFlight !== null) return;
    clearTimeout(this.timer);
    const next = this.outbox.next();
    if (next === null) return;
    const waitMs = Math.max(next.inMs, (this.limitedUntil ?? 0) - Date.now());
    if (waitMs > 0) {
      this.flushIn(waitMs);
      return;
    }
    this.limitedUntil = null;
    if (!this.path.transmit(frameOf(next.entry))) return;
    this.inFlight = next.entry.clientId;
    this.timer = setTimeout(() => {
      this.path.reconnect();
    }, ANSWER_WITHIN_MS);
  }

  /** The visitor does not want to wait. */
  retryNow(): void {
    this.limitedUntil = null;
    if (this.inFlight === null) this.flush();
  }

  /** Nothing is on its way any more; the same message goes out again, with the same id, after the next welcome. */
  connectionLost(): void {
    clearTimeout(this.timer);
    this.inFlight = null;
  }

  /** @returns the message that is now stored, null when another tab or connection was quicker */
  acknowledged(clientId: string): Unsent | null {
    this.answered(clientId);
    this.refusals = 0;
    const entry = this.outbox.remove(clientId);
    this.flush();
    return entry;
  }

  refused({ clientId, code, retryAfter, field }: Extract<GatewayFrame, { t: 'nack' }>): void {
    this.answered(clientId);
    if (code === 'too_long' || code === 'invalid') {
      this.outbox.refuse(clientId, field === 'attachments' ? 'files' : code, field);
      this.flush();
      return;
    }
    if (code === 'unavailable') this.refusals += 1;
    const waitMs = retryAfter === undefined ? retryDelay(this.refusals + 1) : retryAfter * 1_000;
    if (code === 'rate_limited') this.limitedUntil = Date.now() + waitMs;
    this.flushIn(waitMs);
  }

  private answered(clientId: string): void {
    if (this.inFlight !== clientId) return;
    clearTimeout(this.timer);
    this.inFlight = null;
  }

  private flushIn(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.flush();
      this.path.onChange();
    }, ms);
  }
}

function frameOf({ clientId, text, attachments, form }: Unsent): Extract<WidgetFrame, { t: 'send' | 'form' }> {
  if (form !== undefined) return { t: 'form', clientId, ...form };
  const files = attachments.length === 0 ? {} : { attachments: attachments.map(({ id }) => id) };
  return { t: 'send', clientId, text, ...files };
}
