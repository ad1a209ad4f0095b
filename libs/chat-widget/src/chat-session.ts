import type { GatewayFrame } from '@conversations/contracts';
import { Connection, PROTOCOL, type ConnectionState, type Hello } from './connection';
import { Delivery } from './delivery';
import type { ToFrame } from './frame-messages';
import type { HostLink } from './host-link';
import { fetchLink } from './attachment-link';
import { cleanText } from './clean-text';
import type { FormValues } from './form';
import { FormAnswers } from './form-answers';
import { HostCalls } from './host-calls';
import { fetchOlderMessages } from './older-messages';
import { Outbox, type Unsent } from './outbox';
import { Reading } from './reading';
import { emptyThread, newestSeq, reduceThread, resumeFrom, type Thread, type ThreadInput } from './thread';
import { OwnTyping, TheirTyping } from './typing';
import { Uploads } from './uploads';
import { VisitorToken } from './visitor-token';

type Init = Extract<ToFrame, { t: 'init' }>;
type Frame<T extends GatewayFrame['t']> = Extract<GatewayFrame, { t: T }>;

/** One visitor's conversation in one tab: puts connection, outbox and thread together and tells the screen of changes. */
export class ChatSession {
  thread: Thread = emptyThread;
  open: boolean;
  maxText = 5_000;
  private takesFiles = false;
  older: 'idle' | 'loading' | 'failed' = 'idle';
  private readonly redraw = () => {
    this.changed();
  };
  readonly theirTyping = new TheirTyping(this.redraw);
  readonly ownTyping = new OwnTyping((on) => this.connection.send({ t: 'typing', on }));
  readonly outbox: Outbox;
  readonly forms: FormAnswers;
  readonly delivery: Delivery;
  readonly uploads: Uploads;
  readonly connection: Connection;
  private readonly reading: Reading;
  private readonly tab = crypto.getRandomValues(new Uint32Array(1)).join('');
  private readonly listeners = new Set<() => void>();
  private readonly focusListeners = new Set<() => void>();
  private readonly token: VisitorToken;
  private focusWanted = false;
  private readonly calls: HostCalls;

  constructor(
    private readonly host: HostLink,
    private readonly site: string,
    private readonly init: Init,
  ) {
    this.open = init.open;
    this.token = new VisitorToken(host, init.stored);
    this.outbox = new Outbox(host, init.stored);
    this.forms = new FormAnswers(host, this.outbox, init.stored);
    this.delivery = new Delivery(this.outbox, {
      transmit: (frame) => this.token.mayWrite() && this.connection.send(frame),
      reconnect: () => {
        this.connection.reconnect();
      },
      onChange: this.redraw,
    });
    this.uploads = new Uploads(host, init.stored, {
      origin: location.origin,
      site,
      // An upload belongs to a visitor, as a message does: the storage has to hold its token first.
      token: () => (this.token.mayWrite() ? this.token.kept : null),
      onChange: this.redraw,
    });
    this.connection = new Connection({
      origin: location.origin,
      hello: () => this.hello(),
      onFrame: (frame) => {
        this.receive(frame);
      },
      onState: this.connectionIs.bind(this),
      onBadToken: () => {
        this.token.refused();
        this.beginAnew();
      },
    });
    this.reading = new Reading(host, init.stored['read'], (upToSeq) => this.connection.send({ t: 'read', upToSeq }));
    this.calls = new HostCalls(init, (frame) => this.connection.send(frame));
    this.connection.followNetwork();
    this.connection.reconnect();
  }

  /** A draft that the last page left. */
  get draft(): string {
    return this.init.stored['draft'] ?? '';
  }

  keepDraft(text: string): void {
    this.host.store('draft', text === '' ? null : text);
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The visitor opened the widget: the screen takes the focus. */
  onFocus(listener: () => void): () => void {
    this.focusListeners.add(listener);
    if (this.focusWanted) listener();
    this.focusWanted = false;
    return () => this.focusListeners.delete(listener);
  }

  hostSays(message: Exclude<ToFrame, { t: 'init' }>): void {
    if (message.t === 'stored') this.storedElsewhere(message.key, message.value);
    if (message.t === 'page') this.calls.moved(message.page);
    if (message.t === 'call') this.calls.called(message.verb, message.json);
    if (message.t === 'shown') {
      this.open = message.open;
      if (message.open) this.connection.retryNow();
      // The screen may not be drawn yet.
      this.focusWanted = message.open && message.focus && this.focusListeners.size === 0;
      if (message.open && message.focus) for (const listener of this.focusListeners) listener();
      this.changed();
    }
    this.opened();
  }

  /** Over HTTP a browser is nobody until its first message is stored, and files need somebody. */
  get mayAttach(): boolean {
    return this.takesFiles && this.token.exists;
  }

  /** With the files that were chosen for it. */
  write(text: string): void {
    this.ownTyping.ended();
    this.outbox.add(cleanText(text), Date.now(), this.uploads.take());
    this.delivery.flush();
    this.changed();
  }

  /** Answers a form that was asked; a refusal stands in the outbox beside the answer. */
  submit(formId: string, values: FormValues): void {
    this.forms.submit(formId, values);
    this.delivery.flush();
    this.changed();
  }

  retry(): void {
    this.connection.retryNow();
    this.delivery.retryNow();
    this.changed();
  }

  /** A refused message is written again; its files stay with it unless they were the reason. */
  takeBack({ clientId, attachments, refused }: Unsent): void {
    this.outbox.remove(clientId);
    if (refused !== 'files') this.uploads.addUploaded(attachments);
    this.changed();
  }

  /** The end of the conversation is on the screen. */
  seen(): void {
    if (this.open && document.visibilityState === 'visible' && this.reading.seen(this.thread)) this.changed();
  }

  async loadOlder(): Promise<void> {
    const { oldest, hasMore } = this.thread;
    if (!hasMore || oldest === null || this.token.kept === null || this.older === 'loading') return;
    this.older = 'loading';
    this.changed();
    try {
      const { kept: token } = this.token;
      const page = await fetchOlderMessages({ origin: location.origin, site: this.site, token, before: oldest });
      this.older = 'idle';
      this.reduce({ t: 'older', before: oldest, ...page });
    } catch {
      this.older = 'failed';
      this.changed();
    }
  }

  /** Another address of a file of this conversation; null when there is none now. */
  async linkOf(attachmentId: string): Promise<string | null> {
    const { site, token } = this;
    return token.kept === null ? null : fetchLink({ site, token: token.kept, attachmentId });
  }

  close(): void {
    this.host.close();
  }

  private hello(): Hello {
    return {
      t: 'hello',
      v: PROTOCOL,
      site: this.site,
      token: this.token.forHello(),
      tab: this.tab,
      lastSeq: resumeFrom(this.thread),
      page: this.calls.page ?? undefined,
      locale: this.init.locale.slice(0, 35),
    };
  }

  private receive(frame: GatewayFrame): void {
    switch (frame.t) {
      case 'welcome':
        this.maxText = frame.config.maxText;
        this.takesFiles = frame.config.upload;
        this.token.offered(frame.token);
        this.reduce(frame);
        this.calls.introduce();
        this.opened();
        return;
      case 'ack':
        this.acknowledged(frame);
        return;
      case 'nack':
        this.delivery.refused(frame);
        break;
      case 'typing':
        this.theirTyping.heard(frame.on, frame.author);
        break;
      case 'msg':
        if (frame.m.author.kind !== 'visitor') this.theirTyping.heard(false, frame.m.author);
        // The bot spoke first: from now on this browser is somebody.
        this.token.mayWrite();
        this.reduce(frame);
        return;
      case 'receipt':
      case 'thread':
        this.reduce(frame);
        return;
      default:
        return;
    }
    this.changed();
  }

  private opened(): void {
    if (this.open && newestSeq(this.thread) === 0) this.connection.send({ t: 'opened' });
  }

  private acknowledged(frame: Frame<'ack'>): void {
    this.token.acknowledged(frame.token);
    const own = this.outbox.entries().find(({ clientId }) => clientId === frame.clientId);
    if (own !== undefined) {
      const attachments = own.attachments.map((upload) => ({ ...upload, url: '' }));
      this.reduce({ ...frame, text: own.text, attachments, ...this.forms.stored(own, this.thread) });
    }
    this.stored(frame.clientId);
    this.changed();
  }

  private stored(clientId: string): void {
    const form = this.delivery.acknowledged(clientId)?.form;
    if (form !== undefined) this.host.submitted(form.formId);
  }

  private reduce(input: ThreadInput): void {
    this.thread = reduceThread(this.thread, input);
    // A message that the thread shows is stored, whether its ack came or was lost with a connection.
    const shown = input.t === 'welcome' ? input.messages : input.t === 'msg' ? [input.m] : [];
    for (const { clientId } of shown) if (clientId !== null) this.stored(clientId);
    this.changed();
  }

  private connectionIs(state: ConnectionState): void {
    if (state === 'live') {
      this.reading.connected();
      this.delivery.flush();
      this.uploads.reachable();
    } else {
      this.delivery.connectionLost();
      this.theirTyping.heard(false, { name: null });
    }
    this.changed();
  }

  private storedElsewhere(key: string, value: string | null): void {
    this.outbox.absorb(key, value);
    this.reading.absorb(key, value);
    if (this.token.absorb(key, value)) {
      this.beginAnew();
      this.connection.reconnect();
    }
    this.delivery.flush();
    this.uploads.flush();
    this.changed();
  }

  /** Another visitor, or none yet: what was shown is not theirs. Unsent messages stay, they were written here. */
  private beginAnew(): void {
    this.thread = emptyThread;
    this.forms.beginAnew();
    this.reading.beginAnew();
  }

  private changed(): void {
    this.host.unread(this.reading.unread(this.thread));
    for (const listener of this.listeners) listener();
  }
}
