import { setTimeout as delay } from 'node:timers/promises';
import { type Client, createClient } from 'graphql-ws';
import { type ClientOptions, WebSocket } from 'ws';
import type { AgentConversation, AgentMessage, TimelineNode } from './agent-client';

/** One event of a subscription, as it came. */
export interface FeedEvent {
  __typename: string;
  cursor: string;
  replaying?: boolean;
  reason?: string;
  notify?: boolean;
  conversation?: AgentConversation;
  message?: AgentMessage;
  edge?: { node: TimelineNode };
  inbox?: { unread: number; open: number; attention: boolean };
  visitor?: { id: string; presence: { state: 'ONLINE' | 'OFFLINE' } };
}

export interface FeedOptions {
  /** Addresses of the gateway; every reconnect takes the next one. */
  urls: string[];
  origin: string;
  cookie: string;
  query: string;
  /** The subscription's root field. */
  field: string;
  variables: Record<string, unknown>;
}

/**
 * A subscription as the agents' app uses it: subscribe, wait for StreamReady, load, apply what was buffered; after a lost
 * connection resume from the newest cursor, after ResyncRequired drop everything and load again. Merges by id and version.
 */
export class AgentFeed {
  readonly events: FeedEvent[] = [];
  readonly conversations = new Map<string, AgentConversation>();
  /** The thread's items by id, in the order in which the agent sees them. */
  readonly items = new Map<string, TimelineNode>();
  /** How often the stream could not resume and everything was loaded again. */
  resyncs = 0;
  /** How often a connection was lost or refused. */
  losses = 0;
  /** Why the last connection ended. */
  lastLoss: unknown;
  cursor: string | null = null;
  /** Resolves when the first load is applied and the stream is live. */
  readonly ready: Promise<void>;

  private stopped = false;
  private client: Client | undefined;
  private socket: WebSocket | undefined;
  private becomeReady: () => void = () => undefined;
  private fail: (error: unknown) => void = () => undefined;
  private attempts = 0;
  private buffered: FeedEvent[] | undefined;
  private readonly done: Promise<void>;

  constructor(
    private readonly options: FeedOptions,
    private readonly reload: (feed: AgentFeed) => Promise<void>,
  ) {
    this.ready = new Promise((resolve, reject) => {
      this.becomeReady = resolve;
      this.fail = reject;
    });
    this.ready.catch(() => undefined);
    this.done = this.run();
  }

  /** Messages of the thread, oldest first. */
  get messages(): AgentMessage[] {
    return [...this.items.values()].filter((item) => item.__typename === 'Message');
  }

  /** Called by the load: replaces nothing that is newer. */
  load(conversations: AgentConversation[], timeline: TimelineNode[]): void {
    for (const conversation of conversations) this.merge(conversation);
    for (const item of timeline) this.items.set(item.id, item);
  }

  /** Breaks the connection without a goodbye; the feed comes back by itself. */
  drop(): void {
    this.socket?.terminate();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.client?.dispose();
    this.socket?.terminate();
    await this.done;
  }

  private async run(): Promise<void> {
    const signInEnded = 4401;
    while (!this.stopped) {
      try {
        await this.listen();
      } catch (error) {
        this.lastLoss = error;
        if (typeof error === 'object' && error !== null && 'code' in error && error.code === signInEnded)
          this.stopped = true;
      }
      this.losses += 1;
      if (!this.stopped) await delay(100, undefined, { ref: false });
    }
    this.fail(this.lastLoss ?? new Error('the feed was stopped'));
  }

  private async listen(): Promise<void> {
    const { urls, query, variables, field } = this.options;
    const client = this.connection(urls[this.attempts % urls.length] ?? '');
    this.client = client;
    this.attempts += 1;
    try {
      const results = client.iterate<Record<string, FeedEvent>>({
        query,
        variables: { ...variables, after: this.cursor },
      });
      for await (const { data, errors } of results) {
        if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
        const event = data?.[field];
        if (event) this.receive(event);
      }
    } finally {
      await client.dispose();
    }
  }

  private connection(url: string): Client {
    const headers: ClientOptions = { headers: { cookie: this.options.cookie }, origin: this.options.origin };
    const hold = (socket: WebSocket) => (this.socket = socket);
    class BrowserLikeSocket extends WebSocket {
      constructor(address: string, protocols: string | string[]) {
        super(address, protocols, { ...headers, handshakeTimeout: 5_000 });
        hold(this);
      }
    }
    return createClient({
      url: `${url.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: BrowserLikeSocket,
      retryAttempts: 0,
      // A gateway that was stopped without closing its sockets must be noticed.
      keepAlive: 5_000,
      connectionAckWaitTimeout: 5_000,
      onNonLazyError: () => undefined,
    });
  }

  private receive(event: FeedEvent): void {
    this.events.push(event);
    const first = this.cursor === null;
    this.cursor = event.cursor;
    if (event.__typename === 'ResyncRequired' || (event.__typename === 'StreamReady' && first)) {
      if (event.__typename === 'ResyncRequired') this.resyncs += 1;
      void this.startOver();
    } else if (this.buffered) this.buffered.push(event);
    else this.apply(event);
  }

  private async startOver(): Promise<void> {
    const buffered: FeedEvent[] = [];
    this.buffered = buffered;
    this.items.clear();
    this.conversations.clear();
    for (;;) {
      try {
        await this.reload(this);
        break;
      } catch (error) {
        this.lastLoss = error;
        if (this.stopped) return;
      }
      await delay(100, undefined, { ref: false });
    }
    // A later start loads again and has taken over the buffer.
    if (this.buffered !== buffered) return;
    this.buffered = undefined;
    for (const event of buffered) this.apply(event);
    this.becomeReady();
  }

  private apply(event: FeedEvent): void {
    if (event.conversation) this.merge(event.conversation);
    const item = event.edge?.node ?? (event.message && { ...event.message, __typename: 'Message' as const });
    if (item) this.items.set(item.id, item);
  }

  private merge(conversation: AgentConversation): void {
    const held = this.conversations.get(conversation.id);
    if (!held || held.version <= conversation.version) this.conversations.set(conversation.id, conversation);
  }
}
