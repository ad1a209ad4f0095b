import { Attention } from './attention';
import { Changes } from './changes';
import { ConversationRows } from './conversation-rows';
import { Drafts } from './drafts';
import { InboxLists } from './inbox-lists';
import { type KeptStorage, watchStorage } from './kept-storage';
import { LiveConnection } from './live-connection';
import { type InboxEvent, LiveFeed } from './live-feed';
import { loadedAgents, loadedCounters } from './loaded-value';
import { Observed } from './observed';
import { Outbox } from './outbox';
import { PageDrafts } from './page-drafts';
import type { Requests } from './request';
import { RowRepair } from './row-repair';
import { SenderRole } from './sender-role';
import { type TabNews, Tabs } from './tabs';
import { Threads } from './threads';
import type { Transport } from './transport';
import type { Agent, ConnectionState, InboundMessage } from './types';

/** A list is loaded without the live feed when that is not there after so long. */
const FEED_WAIT_MS = 1_500;
const AGENTS_KEEP_MS = 60_000;
const VERSION_CHECK_MS = 300_000;

export interface AgentDataOptions {
  agentId: string;
  transport: Transport;
  requests: Requests;
  storage: KeptStorage;
  locks: LockManager | undefined;
  onSignedOut: () => void;
  isOnline: () => boolean;
  isLookedAt: () => boolean;
  isNewerPageServed: () => Promise<boolean>;
}

/** Everything that the page of one signed-in agent holds, and what keeps it equal to the server. */
export class AgentData {
  readonly connection = new Observed<ConnectionState>('live');
  /** False: the browser keeps nothing; drafts and unsent messages last as long as the page. */
  readonly keeps = new Observed(true);
  readonly inbound = new Set<(message: InboundMessage) => void>();
  readonly savedResponses = new Set<() => void>();
  readonly channels = new Set<() => void>();
  /** Null: versions may have been published that were not heard of. */
  readonly automation = new Set<(version: number | null) => void>();
  readonly rows: ConversationRows;
  readonly lists: InboxLists;
  readonly threads: Threads;
  readonly counters;
  readonly agents;
  readonly drafts: Drafts;
  readonly pageDrafts: PageDrafts;
  readonly outbox: Outbox;
  readonly changes: Changes;
  readonly attention: Attention;
  readonly live: LiveConnection;
  private readonly storage: KeptStorage;
  private readonly feed: LiveFeed;
  private readonly role: SenderRole;
  private readonly tabs: Tabs;
  private readonly repair: RowRepair;
  private readonly versionTimer: ReturnType<typeof setInterval>;
  private agentsAskedAt = 0;
  private isOutdated = false;
  private readonly stopHearing: () => void;

  constructor(private readonly options: AgentDataOptions) {
    const { agentId, requests } = options;
    const storage = watchStorage(options.storage, (works) => this.keeps.set(works));
    this.storage = storage;
    this.rows = new ConversationRows((id) => this.lists.has(id) || this.threads.has(id));
    this.tabs = new Tabs(agentId, (news) => this.hearTab(news));
    this.drafts = new Drafts(storage, this.tabs);
    this.pageDrafts = new PageDrafts(storage);
    this.role = new SenderRole(`conversations.outbox.${agentId}`, options.locks, () => void this.outbox.begin());
    this.outbox = new Outbox({
      ...{ storage, requests, tabs: this.tabs, drafts: this.drafts, role: this.role },
      onStored: ({ message, conversation, conversationId }) => {
        // Of its visitor's presence, pushes know more.
        if (conversation !== null) this.rows.answer(conversation, -1);
        this.threads.answer(message, conversationId);
      },
      onChanged: (conversationId) => this.threads.pendingChanged(conversationId),
    });
    this.threads = new Threads({
      ...{ rows: this.rows, requests },
      pendingOf: (id) => this.outbox.of(id),
      onStored: (clientMessageId) => this.outbox.stored(clientMessageId),
      follow: (id, cursor) => this.feed.followThread(id, cursor),
      onOpen: () => this.lists.openChanged(),
    });
    this.lists = new InboxLists({
      ...{ requests, rows: this.rows },
      feedReady: () => this.feedReady(),
      isOpen: (id) => this.threads.openId === id,
    });
    this.counters = loadedCounters(requests);
    this.agents = loadedAgents(requests);
    this.changes = new Changes({
      ...{ agentId, requests, rows: this.rows },
      nameOf: (id) => this.agents.value.get()?.find((agent) => agent.id === id)?.displayName ?? null,
      onMine: (id) => this.lists.considerMine(id),
    });
    this.repair = new RowRepair(this.rows, requests);
    this.attention = new Attention(requests, options.isLookedAt);
    this.live = new LiveConnection({ transport: options.transport, isSignedOut: () => this.isSignedOut() });
    this.feed = new LiveFeed(this.live, {
      onInbox: (event) => this.hear(event),
      onThread: (id, event) => this.threads.hear(id, event),
      onThreadLost: (id) => this.threads.lost(id),
      onStart: () => this.loadAll(),
      onResumed: () => this.resumed(),
    });
    this.live.state.subscribe(() => this.connectionChanged());
    this.stopHearing = requests.onSignedOut(() => this.live.signedOut());
    this.versionTimer = setInterval(() => void this.checkVersion(), VERSION_CHECK_MS);
    void this.loadKept();
  }

  /** The agent, the computer or the network is back. */
  wake(): void {
    this.live.wake();
    this.attention.wake();
    this.connectionChanged();
    if (Date.now() - this.agentsAskedAt > AGENTS_KEEP_MS) this.loadAgents();
  }

  /** The same agent signed in again; nothing was lost meanwhile. */
  signedIn(): void {
    this.live.signedIn();
    this.outbox.resume();
    this.lists.retryFailed();
    this.threads.retryFailed();
  }

  stop(): void {
    this.drafts.stop();
    this.pageDrafts.stop();
    this.outbox.stop();
    this.role.stop();
    this.tabs.stop();
    this.live.stop();
    this.lists.stop();
    this.threads.stop();
    this.attention.stop();
    this.counters.stop();
    this.agents.stop();
    this.stopHearing();
    clearInterval(this.versionTimer);
    this.repair.stop();
  }

  private async loadKept(): Promise<void> {
    try {
      const kept = await this.storage.readAll();
      this.drafts.load(kept);
      this.pageDrafts.load(kept);
      this.outbox.load(kept);
    } catch {
      // A browser that keeps nothing: everything works as long as the page is open.
      this.drafts.load([]);
      this.pageDrafts.load([]);
    }
    this.role.start();
  }

  private hear(event: InboxEvent): void {
    switch (event.__typename) {
      case 'ConversationUpserted': {
        const { conversation } = event;
        this.rows.push(conversation);
        if (conversation.lastMessage === null) this.repair.soon(conversation.id);
        if (event.notify) for (const listener of this.inbound) listener({ conversation });
        break;
      }
      case 'InboxCountersChanged':
        this.counters.push(event.inbox);
        break;
      case 'VisitorPresenceChanged':
        if (!this.rows.pushPresence(event.visitor) && event.visitor.presence.state === 'ONLINE')
          this.lists.strangerCame();
        break;
      case 'SavedResponsesChanged':
        this.savedResponsesChanged();
        break;
      case 'AgentChanged':
        this.agentChanged(event.agent);
        break;
      case 'ChannelChanged':
        this.threads.channelChanged(event.kind);
        for (const listener of this.channels) listener();
        break;
      case 'ChatbotAutomationPublished':
        this.automationPublished(event.published.version);
        break;
      case 'StreamReady':
      case 'ResyncRequired':
        break;
    }
  }

  private hearTab(news: TabNews): void {
    if (news.kind === 'draft') this.drafts.hear(news.conversationId, news.draft);
    else this.outbox.hear(news);
  }

  /** Nothing before this moment is known to be whole. */
  private loadAll(): void {
    this.lists.reload();
    void this.counters.load();
    this.loadAgents();
    this.savedResponsesChanged();
    this.automationPublished(null);
    this.outbox.hurry();
    void this.repair.refreshPresence();
  }

  private savedResponsesChanged(): void {
    for (const listener of this.savedResponses) listener();
  }

  private automationPublished(version: number | null): void {
    for (const listener of this.automation) listener(version);
  }

  private resumed(): void {
    this.lists.retryFailed();
    this.threads.retryFailed();
    this.outbox.hurry();
    void this.repair.refreshPresence();
    void this.checkVersion();
    if (this.counters.value.get() === null) void this.counters.load();
  }

  private agentChanged(agent: Agent): void {
    const known = this.agents.value.get();
    if (known === null) return this.loadAgents();
    const isNew = !known.some(({ id }) => id === agent.id);
    this.agents.push(isNew ? [...known, agent] : known.map((held) => (held.id === agent.id ? agent : held)));
  }

  private loadAgents(): void {
    this.agentsAskedAt = Date.now();
    void this.agents.load();
  }

  private async feedReady(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, FEED_WAIT_MS);
    });
    await Promise.race([this.feed.started, limit]);
    clearTimeout(timer);
  }

  private connectionChanged(): void {
    const socket = this.live.state.get();
    const before = this.connection.get();
    const isBack = socket === 'live' && (before === 'reconnecting' || before === 'offline');
    if (socket === 'lost' || isBack) this.options.requests.doubtConnections();
    if (socket === 'signed-out') {
      this.connection.set('signed-out');
      this.outbox.pause();
      if (before !== 'signed-out') this.options.onSignedOut();
      return;
    }
    const gone = this.options.isOnline() ? 'reconnecting' : 'offline';
    if (socket === 'live') this.connection.set(this.isOutdated ? 'new-version' : 'live');
    // The first socket is not worth a word yet: the page says itself that it is loading.
    else if (socket === 'lost') this.connection.set(gone);
  }

  private async isSignedOut(): Promise<boolean> {
    try {
      const init = { signal: AbortSignal.timeout(5_000), cache: 'no-store' as const };
      const answer = await this.options.transport.fetch('/auth/session', init);
      // To its end, or it keeps a connection that the next ones need.
      await answer.text();
      return answer.status === 401;
    } catch {
      // Not reachable: that says nothing about the session.
      return false;
    }
  }

  private async checkVersion(): Promise<void> {
    if (this.isOutdated || !(await this.options.isNewerPageServed())) return;
    this.isOutdated = true;
    this.connectionChanged();
  }
}
