import type { EventsAnswer, FormBody, GatewayFrame, SendBody, WidgetFrame } from '@conversations/contracts';
import type { Hello } from './connection';

/** The gateway answers an idle poll after 25 s at the latest. */
const POLL_WITHIN_MS = 40_000;
const SEND_WITHIN_MS = 20_000;
/** A gateway that answers at once must not be asked in a tight loop. */
const BETWEEN_POLLS_MS = 250;

type Stored = Extract<WidgetFrame, { t: 'send' | 'form' }>;

interface PollingOptions {
  origin: string;
  hello(): Hello;
  /** The gateway answers: messages may be sent from now on. */
  onReachable(): void;
  onFrame(frame: GatewayFrame): void;
  /** Nobody answered, or the token was refused; polling has ended. */
  onLost(badToken: boolean): void;
}

/** The protocol over plain HTTP, for networks that let no WebSocket through: long-poll in, POST out. */
export class Polling {
  private readonly stopped = new AbortController();
  private reachable = false;
  private wake: (() => void) | null = null;

  constructor(private readonly options: PollingOptions) {}

  start(): void {
    void this.run();
  }

  stop(): void {
    this.stopped.abort();
    this.wake?.();
  }

  send(frame: Stored): boolean {
    if (this.stopped.signal.aborted || !this.reachable) return false;
    void this.post(frame);
    return true;
  }

  private async run(): Promise<void> {
    // Without a token the answer comes at once, while a thread without news is silent for 25 s.
    const probe = await this.events(null, 0);
    if (probe === null) return;
    this.reachable = true;
    this.options.onReachable();
    while (!this.stopped.signal.aborted) {
      const { token, lastSeq } = this.options.hello();
      const answer = token === null ? probe : await this.events(token, lastSeq);
      if (answer === null) return;
      this.options.onFrame({ t: 'welcome', v: 1, ...answer });
      await this.pause(token === null ? null : BETWEEN_POLLS_MS);
    }
  }

  /** Null: polling has ended. */
  private async events(token: string | null, afterSeq: number): Promise<EventsAnswer | null> {
    const query = new URLSearchParams({ site: this.options.hello().site, afterSeq: String(afterSeq) });
    const answer = await this.ask(`/widget/v1/events?${query.toString()}`, { token, withinMs: POLL_WITHIN_MS });
    const events = answer?.ok ? await contentOf<EventsAnswer>(answer) : null;
    if (events === null && !this.stopped.signal.aborted) this.end(answer?.status === 401);
    return events;
  }

  private async post({ t, ...content }: Stored): Promise<void> {
    const { clientId } = content;
    const { token, site, page, locale } = this.options.hello();
    const body = { site, ...content, page, locale };
    const answer = await this.ask('/widget/v1/send', { token, withinMs: SEND_WITHIN_MS, body });
    if (this.stopped.signal.aborted) return;
    if (answer === null || (answer.status === 401 && token !== null)) {
      this.end(answer !== null);
      return;
    }
    const frame = await contentOf<GatewayFrame>(answer);
    if (frame?.t === 'ack' || frame?.t === 'nack') this.options.onFrame(frame);
    else this.options.onFrame({ t: 'nack', clientId, code: 'unavailable' });
    this.wake?.();
  }

  private async ask(
    path: string,
    { token, withinMs, body }: { token: string | null; withinMs: number; body?: SendBody | FormBody },
  ): Promise<Response | null> {
    const headers: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    if (token !== null) headers['authorization'] = `Bearer ${token}`;
    try {
      return await fetch(this.options.origin + path, {
        method: body === undefined ? 'GET' : 'POST',
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
        cache: 'no-store',
        signal: AbortSignal.any([this.stopped.signal, AbortSignal.timeout(withinMs)]),
      });
    } catch {
      return null;
    }
  }

  /** Null: until a message was sent, because a browser without a token has no news. */
  private pause(ms: number | null): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
      if (ms !== null) setTimeout(resolve, ms);
    });
  }

  private end(badToken: boolean): void {
    this.stop();
    this.options.onLost(badToken);
  }
}

/** Null when the connection broke off in the middle of the answer, or it is no JSON. */
const contentOf = <T>(answer: Response): Promise<T | null> =>
  answer.json().then(
    (content) => content as T,
    () => null,
  );
