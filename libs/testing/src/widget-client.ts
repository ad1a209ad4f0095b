import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  CloseCode,
  type GatewayFrame,
  type UploadAnswer,
  type WidgetMessage,
  type WidgetFrame,
} from '@conversations/contracts';
import { WebSocket } from 'ws';
import { eventually } from './eventually';
import { DEMO_SITE } from './stack-environment';

type Frame<T extends GatewayFrame['t']> = Extract<GatewayFrame, { t: T }>;
export type Ack = Frame<'ack'>;

export interface WidgetClientOptions {
  /** chat-gateway's addresses; every reconnect takes the next one. */
  urls: string[];
  site?: string;
  /** Origin of the page that carries the widget; default: the first address. */
  origin?: string;
  locale?: string;
  token?: string;
  page?: { url: string; title?: string };
  /** Newest position that the browser already holds, default 0. */
  lastSeq?: number;
  /** Most messages that wait for their ack at once, default 1: order then holds even across a nack. */
  inFlight?: number;
  /** False: a closed socket stays closed. Default true. */
  reconnects?: boolean;
}

/** Coming back would end the same way. */
const REFUSALS: number[] = [CloseCode.badFrame, CloseCode.badToken, CloseCode.notAllowed];

interface Outgoing {
  clientId: string;
  text: string;
  attachments: WidgetMessage['attachments'];
  inFlight: boolean;
}

/** A visitor's browser as the protocol knows it: keeps unsent messages, reconnects, resumes from the newest position. */
export class WidgetClient {
  token: string | null;
  visitor: string | null = null;
  /** The thread as this browser holds it, by position. */
  readonly messages = new Map<number, WidgetMessage>();
  readonly acks = new Map<string, Ack>();
  readonly nacks: Frame<'nack'>[] = [];
  readonly welcomes: Frame<'welcome'>[] = [];
  /** Everything that arrived, oldest first. */
  readonly frames: GatewayFrame[] = [];
  readonly closeCodes: number[] = [];

  private socket: WebSocket | undefined;
  private welcomed = false;
  private closing = false;
  private attempts = 0;
  private unsent: Outgoing[] = [];
  /** Minted for this browser's first socket; kept from the first message on, so that a lost ack makes no second visitor. */
  private offeredToken: string | null = null;
  private readonly tab = randomUUID().slice(0, 8);

  constructor(private readonly options: WidgetClientOptions) {
    this.token = options.token ?? null;
  }

  /** Opens the socket; resolves with the first `welcome`, rejects when the gateway closes or refuses it before. */
  async connect(): Promise<Frame<'welcome'>> {
    const before = this.welcomes.length;
    this.closing = false;
    const failed = new Promise<never>((_, reject) => {
      this.open((reason) => reject(new Error(reason)));
    });
    const welcomed = eventually(() => {
      const welcome = this.welcomes[before];
      if (!welcome) throw new Error('no welcome from the gateway');
      return welcome;
    });
    // Whichever loses the race must not end the process.
    welcomed.catch(() => undefined);
    failed.catch(() => undefined);
    return Promise.race([welcomed, failed]);
  }

  /** Newest position held without a gap between it and the oldest one held. */
  get lastSeq(): number {
    if (this.messages.size === 0) return this.options.lastSeq ?? 0;
    let last = Math.min(...this.messages.keys());
    while (this.messages.has(last + 1)) last += 1;
    return last;
  }

  /** The thread in order. */
  get thread(): WidgetMessage[] {
    return [...this.messages.values()].sort((a, b) => a.seq - b.seq);
  }

  get unacknowledged(): number {
    return this.unsent.length;
  }

  /** Puts a message into the queue; it goes out after `welcome`, again after every reconnect, until it is acked. Gives its clientId. */
  send(text: string, clientId: string = randomUUID(), attachments: UploadAnswer[] = []): string {
    const own = attachments.map((upload) => ({ ...upload, url: '' }));
    this.unsent.push({ clientId, text, attachments: own, inFlight: false });
    this.flush();
    return clientId;
  }

  /** Sends and waits until the message is stored. */
  async write(text: string, { timeoutMs = 15_000 } = {}): Promise<Ack> {
    return this.acked(this.send(text), { timeoutMs });
  }

  /** The raw answer to a file, sent by the token that this browser has or was offered. */
  async upload(content: Uint8Array<ArrayBuffer> | string, filename: string): Promise<Response> {
    this.token ??= this.offeredToken;
    const { site = DEMO_SITE, urls, origin = urls[0] ?? '' } = this.options;
    const form = new FormData();
    form.set('file', new Blob([content]), filename);
    return fetch(new URL(`/widget/v1/uploads?site=${site}`, urls[this.attempts % urls.length]), {
      method: 'POST',
      headers: { origin, ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }) },
      body: form,
    });
  }

  /** A file that a message may be sent with. */
  async uploaded(content: Uint8Array<ArrayBuffer> | string, filename: string): Promise<UploadAnswer> {
    const answer = await this.upload(content, filename);
    if (answer.status !== 201) throw new Error(`upload: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as UploadAnswer;
  }

  acked(clientId: string, { timeoutMs = 15_000 } = {}): Promise<Ack> {
    return eventually(
      () => {
        const ack = this.acks.get(clientId);
        if (!ack) throw new Error(`no ack for ${clientId}; nacks: ${JSON.stringify(this.nacks.slice(-3))}`);
        return ack;
      },
      { timeoutMs, everyMs: 5 },
    );
  }

  /** A frame as it is, for what has no method of its own; lost when there is no open connection. */
  transmit(frame: WidgetFrame | string): void {
    if (this.socket?.readyState === WebSocket.OPEN)
      this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** Breaks the connection without a goodbye, as a lost network does; it comes back by itself. */
  drop(): void {
    this.socket?.terminate();
  }

  async close(): Promise<void> {
    this.closing = true;
    const socket = this.socket;
    if (!socket || socket.readyState === WebSocket.CLOSED) return;
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.close(1000);
    const patience = setTimeout(() => socket.terminate(), 2_000);
    await closed;
    clearTimeout(patience);
  }

  private open(onFailure: (reason: string) => void): void {
    const { urls, origin } = this.options;
    const base = urls[this.attempts % urls.length] ?? '';
    this.attempts += 1;
    const socket = new WebSocket(new URL('/chat', base.replace(/^http/, 'ws')), { origin: origin ?? urls[0] ?? base });
    this.socket = socket;
    let failure = '';
    socket.on('error', (error) => (failure = error.message));
    socket.on('open', () => this.hello());
    socket.on('message', (data: Buffer) => this.receive(JSON.parse(data.toString('utf8')) as GatewayFrame));
    socket.on('close', (code, reason) => {
      this.welcomed = false;
      for (const message of this.unsent) message.inFlight = false;
      this.closeCodes.push(code);
      onFailure(failure || `closed with ${code} ${reason.toString('utf8')}`.trim());
      const refused = REFUSALS.includes(code) || this.welcomes.length === 0;
      const final = this.closing || this.options.reconnects === false || refused;
      if (!final) void delay(50, undefined, { ref: false }).then(() => this.closing || this.open(() => undefined));
    });
  }

  private hello(): void {
    const { site = DEMO_SITE, locale, page } = this.options;
    this.transmit({
      t: 'hello',
      v: 1,
      site,
      token: this.token,
      tab: this.tab,
      lastSeq: this.lastSeq,
      ...(locale === undefined ? {} : { locale }),
      ...(page === undefined ? {} : { page }),
    });
  }

  private receive(frame: GatewayFrame): void {
    this.frames.push(frame);
    switch (frame.t) {
      case 'welcome':
        if (frame.reset) this.messages.clear();
        for (const message of frame.messages) this.messages.set(message.seq, message);
        this.visitor = frame.visitor ?? this.visitor;
        this.offeredToken = frame.token ?? null;
        this.welcomes.push(frame);
        this.welcomed = true;
        this.flush();
        break;
      case 'msg':
        this.messages.set(frame.m.seq, frame.m);
        break;
      case 'ack':
        this.stored(frame);
        break;
      case 'nack':
        this.nacks.push(frame);
        this.refused(frame);
        break;
      case 'ping':
        this.transmit({ t: 'pong' });
        break;
      default:
    }
  }

  private stored(ack: Ack): void {
    this.acks.set(ack.clientId, ack);
    this.token = ack.token ?? this.token;
    this.visitor = ack.visitor ?? this.visitor;
    const own = this.unsent.find((message) => message.clientId === ack.clientId);
    if (own && !this.messages.has(ack.seq)) {
      const { seq, id, at, clientId } = ack;
      const author = { kind: 'visitor' as const, name: null };
      this.messages.set(seq, {
        seq,
        id,
        at,
        clientId,
        author,
        text: own.text,
        channel: 'chat',
        attachments: own.attachments,
      });
    }
    this.unsent = this.unsent.filter((message) => message !== own);
    this.flush();
  }

  private refused({ clientId, code, retryAfter }: Frame<'nack'>): void {
    if (code === 'invalid' || code === 'too_long') {
      this.unsent = this.unsent.filter((message) => message.clientId !== clientId);
      this.flush();
      return;
    }
    void delay((retryAfter ?? 0.2) * 1_000, undefined, { ref: false }).then(() => {
      for (const message of this.unsent) if (message.clientId === clientId) message.inFlight = false;
      this.flush();
    });
  }

  private flush(): void {
    if (!this.welcomed || this.socket?.readyState !== WebSocket.OPEN) return;
    for (const message of this.unsent.slice(0, this.options.inFlight ?? 1)) {
      if (message.inFlight) continue;
      message.inFlight = true;
      this.token ??= this.offeredToken;
      const { clientId, text } = message;
      const attachments = message.attachments.map(({ id }) => id);
      this.transmit({ t: 'send', clientId, text, ...(attachments.length === 0 ? {} : { attachments }) });
    }
  }
}
