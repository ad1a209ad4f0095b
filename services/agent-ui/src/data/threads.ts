import type { ChannelKind, ConversationChangedSubscription } from '../generated/documents';
import type { ConversationRows } from './conversation-rows';
import { Observed } from './observed';
import type { Requests } from './request';
import { Thread } from './thread';
import type { PendingMessage, ThreadItem, ThreadMessage, ThreadView } from './types';

/** Threads that stay in memory after others were opened. */
const KEPT_THREADS = 30;
/** A thread is loaded without its stream when that is not there after so long. */
const STREAM_WAIT_MS = 250;
/** An open thread that lacks what the list already knows for so long is loaded again. */
const BEHIND_MS = 1_500;

export type ThreadEvent = ConversationChangedSubscription['conversationChanged'];

interface ThreadsOptions {
  rows: ConversationRows;
  requests: Requests;
  pendingOf(conversationId: string): readonly PendingMessage[];
  /** A message that this browser sent is stored. */
  onStored(clientMessageId: string): void;
  /** Follow this conversation's stream from `cursor` on; null: none. */
  follow(id: string | null, cursor: () => string | null): void;
  onOpen(): void;
}

interface Opened {
  thread: Thread;
  view: Observed<ThreadView>;
  behindTimer: ReturnType<typeof setTimeout> | null;
}

/** Threads that were opened lately; the one that was opened last and is still on the screen is live. */
export class Threads {
  private readonly opened = new Map<string, Opened>();
  private open: string | null = null;
  private readonly onScreen: string[] = [];

  constructor(private readonly options: ThreadsOptions) {
    options.rows.onChange((id) => this.rowChanged(id));
  }

  get openId(): string | null {
    return this.open;
  }

  has(id: string): boolean {
    return this.opened.has(id);
  }

  of(id: string): Observed<ThreadView> {
    return this.get(id).view;
  }

  /** A component shows this thread; the returned function says that it no longer does. */
  show(id: string): () => void {
    this.onScreen.push(id);
    this.followNewest();
    return () => {
      const index = this.onScreen.lastIndexOf(id);
      if (index >= 0) this.onScreen.splice(index, 1);
      // Left to the next turn: React shows the next thread before that, and nothing is unfollowed in between.
      setTimeout(() => this.followNewest(), 0);
    };
  }

  /** An event of the stream of the open thread. */
  hear(id: string, event: ThreadEvent): void {
    const opened = this.opened.get(id);
    if (opened === undefined) return;
    const { thread } = opened;
    switch (event.__typename) {
      case 'StreamReady':
        // Without a cursor nothing before this moment is followed; with one everything missed comes after this event.
        if (thread.cursor === null || thread.state !== 'ready') void thread.load();
        else void thread.refresh();
        break;
      case 'ResyncRequired':
        void thread.load();
        break;
      case 'ConversationUpserted':
        this.options.rows.push(event.conversation);
        thread.streamVersion = event.conversation.version;
        // The window of a person on Messenger, or a name, changes without an item in the thread.
        if (event.conversation.messengerProfile !== null) thread.refreshSoon();
        break;
      case 'TimelineItemAdded':
        thread.pushItem(event.edge.node);
        break;
      case 'MessageChanged':
        thread.pushMessage(event.message);
        break;
      case 'VisitorPresenceChanged':
        this.options.rows.pushPresence(event.visitor);
        thread.refreshSoon();
        break;
      case 'AgentActivityChanged':
        thread.pushActivity(event.agentActivity);
        break;
    }
    thread.cursor = event.cursor;
  }

  /** An event of the stream was lost on the way. */
  lost(id: string): void {
    void this.opened.get(id)?.thread.load();
  }

  /** Whether a channel can send may have changed: the open composer asks what it may do. */
  channelChanged(kind: ChannelKind): void {
    const { open } = this;
    if (open !== null && this.options.rows.get(open)?.channels.includes(kind) === true)
      this.opened.get(open)?.thread.refreshSoon();
  }

  /** The answer to sendMessage. */
  answer(message: ThreadMessage, conversationId: string): void {
    this.opened.get(conversationId)?.thread.answer(message);
  }

  pendingChanged(conversationId: string): void {
    const opened = this.opened.get(conversationId);
    if (opened !== undefined) this.emit(opened);
  }

  /** The network is back: what failed is tried again. */
  retryFailed(): void {
    const opened = this.open === null ? undefined : this.opened.get(this.open);
    if (opened?.thread.state === 'failed') void opened.thread.load();
  }

  stop(): void {
    for (const opened of this.opened.values()) this.end(opened);
    this.opened.clear();
    this.open = null;
    this.onScreen.length = 0;
  }

  private get(id: string): Opened {
    const known = this.opened.get(id);
    if (known !== undefined) {
      this.opened.delete(id);
      this.opened.set(id, known);
      return known;
    }
    const thread = new Thread(id, {
      rows: this.options.rows,
      requests: this.options.requests,
      onStored: ({ clientMessageId }) => {
        if (clientMessageId !== null) this.options.onStored(clientMessageId);
      },
      onChange: () => this.emit(added),
    });
    const added: Opened = { thread, view: new Observed(this.viewOf(thread)), behindTimer: null };
    this.opened.set(id, added);
    this.forgetOldest();
    return added;
  }

  private viewOf(thread: Thread): ThreadView {
    const stored = thread.items();
    const shown = new Set(stored.map(({ key }) => key));
    const pending = this.options
      .pendingOf(thread.id)
      .filter(({ clientMessageId }) => !shown.has(clientMessageId))
      .map((message): ThreadItem => ({ kind: 'pending', key: message.clientMessageId, pending: message }));
    return {
      state: thread.state,
      error: thread.error,
      items: [...stored, ...pending],
      hasOlder: thread.hasOlder,
      loadingOlder: thread.loadingOlder,
      agentActivity: thread.agentActivity,
      replyOptions: thread.replyOptions,
      people: thread.people,
      retry: () => void thread.load(),
      loadOlder: () => void thread.loadOlder(),
    };
  }

  private emit(opened: Opened): void {
    opened.view.set(this.viewOf(opened.thread));
  }

  private followNewest(): void {
    const newest = this.onScreen.at(-1) ?? null;
    if (newest === this.open) return;
    const before = this.open === null ? undefined : this.opened.get(this.open);
    this.open = newest;
    before?.thread.close();
    if (newest !== null) {
      const { thread } = this.get(newest);
      this.options.follow(newest, () => thread.cursor);
      setTimeout(() => {
        const isWaiting = thread.state === 'loading' && !thread.isLoading;
        if (isWaiting && this.open === newest) void thread.load();
      }, STREAM_WAIT_MS);
    } else this.options.follow(null, () => null);
    this.forgetOldest();
    this.options.onOpen();
  }

  /** The list's stream and the thread's are two: what the one has shown, the other must show a moment later. */
  private rowChanged(id: string): void {
    const opened = id === this.open ? this.opened.get(id) : undefined;
    if (opened === undefined || opened.thread.state !== 'ready') return;
    const isBehind = () => (this.options.rows.get(id)?.version ?? 0) > opened.thread.version;
    if (!isBehind()) return;
    opened.behindTimer ??= setTimeout(() => {
      opened.behindTimer = null;
      if (this.open === id && isBehind() && !opened.thread.isLoading) void opened.thread.load();
    }, BEHIND_MS);
  }

  private forgetOldest(): void {
    for (const [id, opened] of this.opened) {
      if (this.opened.size <= KEPT_THREADS) return;
      if (id === this.open || opened.view.isObserved) continue;
      this.end(opened);
      this.opened.delete(id);
    }
  }

  private end({ thread, behindTimer }: Opened): void {
    thread.stop();
    if (behindTimer !== null) clearTimeout(behindTimer);
  }
}
