import { OlderItemsDocument, ThreadPageDocument, ThreadSurroundingsDocument } from '../generated/documents';
import type { ConversationRows } from './conversation-rows';
import type { Requests } from './request';
import { RequestError } from './request-error';
import { type StoredItem, Timeline } from './timeline';
import type { AgentActivity, ReplyOption, ThreadItem, ThreadMessage, ThreadPeople, ThreadView } from './types';

const RETRY_MS = [1_000, 3_000, 10_000, 30_000];
/** Reply options follow presence, which another service may hear a moment later: asked at once, and again. */
const SURROUNDINGS_MS = 150;
const SURROUNDINGS_AGAIN_MS = 2_000;
/** Items that stay in memory of a thread that is not open. */
const KEPT_ITEMS = 100;
/** Longer waits would overflow a timer. */
const MOST_TIMER_MS = 86_400_000;
const WINDOW_NOTICE_MS = 4 * 3_600_000;

interface ThreadOptions {
  rows: ConversationRows;
  requests: Requests;
  /** A message is known to be stored. */
  onStored(message: ThreadMessage): void;
  onChange(): void;
}

/** One conversation's thread as far as it is loaded, and what stands beside it. */
export class Thread {
  /** Newest position applied of its stream; null: it was never followed. */
  cursor: string | null = null;
  /** Version of the conversation with the newest pushed item. */
  streamVersion = 0;
  state: ThreadView['state'] = 'loading';
  error: RequestError | undefined;
  hasOlder = false;
  loadingOlder: ThreadView['loadingOlder'] = 'idle';
  agentActivity: readonly AgentActivity[] = [];
  replyOptions: readonly ReplyOption[] | null = null;
  people: ThreadPeople | null = null;
  readonly timeline = new Timeline();
  /** Version of the conversation when its newest page was read. */
  private pageVersion = 0;
  private oldest: string | null = null;
  private loading: AbortController | null = null;
  private attempts = 0;
  private activityHeard = 0;
  /** Answers in a row whose reply options contradicted the visitor's dot. */
  private contradictions = 0;
  /** How often it was closed: what was asked for before has nobody to tell. */
  private closings = 0;
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly wrapped = new WeakMap<StoredItem, ThreadItem>();

  constructor(
    readonly id: string,
    private readonly options: ThreadOptions,
  ) {}

  /** Up to this version everything is here. */
  get version(): number {
    return Math.max(this.pageVersion, this.streamVersion);
  }

  get isLoading(): boolean {
    return this.loading !== null;
  }

  items(): ThreadItem[] {
    return this.timeline.all().map((item) => this.wrap(item));
  }

  /** The newest page; what is shown stays until it is here. */
  async load(): Promise<void> {
    const { rows, requests } = this.options;
    this.loading?.abort();
    const loading = new AbortController();
    this.loading = loading;
    this.stopTimer('retry');
    if (this.state === 'failed') this.become('loading');
    const askedAt = rows.now;
    const { activityHeard, closings } = this;
    this.timeline.breakOff();
    this.timeline.record();
    try {
      const { conversation } = await requests.run(ThreadPageDocument, { id: this.id }, { signal: loading.signal });
      if (this.loading !== loading) return;
      this.endLoading();
      if (conversation === null) return this.become('missing');
      rows.answer(conversation, askedAt);
      const { nodes, pageInfo } = conversation.timeline;
      const keptOlder = this.timeline.applyNewest(nodes, conversation.version, this.oldest !== null);
      if (!keptOlder) this.startAt(pageInfo);
      this.pageVersion = Math.max(this.pageVersion, conversation.version);
      for (const item of nodes) if (item.__typename === 'Message') this.options.onStored(item);
      if (this.activityHeard === activityHeard) this.agentActivity = conversation.agentActivity;
      this.setSurroundings(conversation);
      if (this.closings === closings) this.compareWithDot();
      this.attempts = 0;
      this.become('ready');
    } catch (error) {
      if (this.loading !== loading) return;
      this.endLoading();
      this.failed(error);
    }
  }

  async loadOlder(): Promise<void> {
    const { oldest } = this;
    if (oldest === null || !this.hasOlder || this.loadingOlder === 'loading') return;
    this.loadingOlder = 'loading';
    this.timeline.record();
    this.options.onChange();
    try {
      const answer = await this.options.requests.run(OlderItemsDocument, { id: this.id, before: oldest });
      // The newest page was loaded meanwhile and did not join on to what was here.
      if (this.oldest === oldest && answer.conversation !== null) {
        this.timeline.applyOlder(answer.conversation.timeline.nodes);
        this.startAt(answer.conversation.timeline.pageInfo);
      }
      this.loadingOlder = 'idle';
    } catch {
      // Shown as failed, with a button to try again.
      this.loadingOlder = 'failed';
    }
    if (this.loading === null) this.timeline.stopRecording();
    this.options.onChange();
  }

  pushItem(item: StoredItem): void {
    // Older than the newest page, which was read after this was pushed: scrolling up loads it.
    if (this.streamVersion <= this.pageVersion && !this.timeline.has(item.id)) return;
    this.timeline.push(item, this.streamVersion);
    if (item.__typename === 'Message') this.options.onStored(item);
    const news = item.__typename === 'ConversationActivity' ? item.kind : item.direction;
    if (news === 'CONTACT_LINKED' || news === 'EMAIL_COLLECTED' || news === 'INBOUND') this.refreshSoon();
    this.options.onChange();
  }

  pushMessage(message: ThreadMessage): void {
    this.timeline.change(message);
    // A reaction opens Messenger's window, a refusal closes it.
    if (message.channel === 'MESSENGER') this.refreshSoon();
    this.options.onChange();
  }

  answer(message: ThreadMessage): void {
    this.timeline.answer(message);
    this.options.onChange();
  }

  pushActivity(agents: readonly AgentActivity[]): void {
    this.activityHeard += 1;
    this.agentActivity = agents;
    this.options.onChange();
  }

  /** What the composer may do may have changed. */
  refreshSoon(): void {
    this.startTimer('surroundings', SURROUNDINGS_MS, () => void this.refresh());
    this.startTimer('surroundings again', SURROUNDINGS_AGAIN_MS, () => void this.refresh());
  }

  /** Options, people and who else is here: none of them is in the log. */
  async refresh(): Promise<void> {
    const { rows, requests } = this.options;
    const askedAt = rows.now;
    const { activityHeard, closings } = this;
    try {
      const { conversation } = await requests.run(ThreadSurroundingsDocument, { id: this.id });
      if (conversation === null || this.closings !== closings) return;
      rows.answer(conversation, askedAt);
      if (this.activityHeard === activityHeard) this.agentActivity = conversation.agentActivity;
      this.setSurroundings(conversation);
      this.compareWithDot();
      this.options.onChange();
    } catch {
      // What is shown stays; sendMessage decides in the end. Asked again when the connection is back.
      if (this.closings === closings) this.startTimer('surroundings', RETRY_MS[2] ?? 0, () => void this.refresh());
    }
  }

  /** Nobody looks at it any more. */
  close(): void {
    this.closings += 1;
    this.agentActivity = [];
    if (this.timeline.shorten(KEPT_ITEMS)) {
      // The page before what is left would begin in the middle: opening it again loads the newest page.
      this.cursor = null;
      this.oldest = null;
      this.hasOlder = true;
    }
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  stop(): void {
    this.loading?.abort();
    this.loading = null;
    this.close();
  }

  private startAt({ startCursor, hasPreviousPage }: { startCursor: string | null; hasPreviousPage: boolean }): void {
    this.oldest = startCursor;
    this.hasOlder = hasPreviousPage;
  }

  private setSurroundings(found: { replyOptions: ReplyOption[] | null } & ThreadPeople): void {
    this.replyOptions = found.replyOptions;
    this.people = { contact: found.contact, visitor: found.visitor };
    const closesAt = found.replyOptions?.find(({ windowClosesAt }) => windowClosesAt !== null)?.windowClosesAt;
    if (closesAt == null) return;
    const left = Date.parse(closesAt) - Date.now();
    const next = left > WINDOW_NOTICE_MS ? left - WINDOW_NOTICE_MS : left;
    if (next > 0) this.startTimer('window', Math.min(next + 500, MOST_TIMER_MS), () => void this.refresh(), true);
  }

  /** Options and dot come from two services: while they differ one has not heard yet, and the options are asked for again. */
  private compareWithDot(): void {
    const dot = this.options.rows.get(this.id)?.visitor?.presence.state;
    const chat = this.replyOptions?.find(({ channel }) => channel === 'WEB_CHAT');
    if (dot === undefined || chat === undefined || (dot === 'OFFLINE') === (chat.notice === 'VISITOR_OFFLINE')) {
      this.contradictions = 0;
      return;
    }
    const wait = RETRY_MS[Math.min(this.contradictions, RETRY_MS.length - 1)] ?? 0;
    this.contradictions += 1;
    this.startTimer('surroundings until they agree', wait, () => void this.refresh());
  }

  private become(state: ThreadView['state'], error?: RequestError): void {
    this.state = state;
    this.error = error;
    this.options.onChange();
  }

  private endLoading(): void {
    this.loading = null;
    if (this.loadingOlder !== 'loading') this.timeline.stopRecording();
  }

  private failed(error: unknown): void {
    const known = error instanceof RequestError ? error : new RequestError('internal');
    if (this.state !== 'ready') this.become('failed', known);
    if (!known.isPassing || known.kind === 'signed-out') return;
    const wait = RETRY_MS[Math.min(this.attempts, RETRY_MS.length - 1)] ?? 0;
    this.attempts += 1;
    this.startTimer('retry', Math.max(wait, known.retryAfterMs ?? 0), () => void this.load());
  }

  private wrap(item: StoredItem): ThreadItem {
    const known = this.wrapped.get(item);
    if (known !== undefined) return known;
    const made: ThreadItem =
      item.__typename === 'Message'
        ? { kind: 'message', key: item.clientMessageId ?? item.id, message: item }
        : { kind: 'activity', key: item.id, activity: item };
    this.wrapped.set(item, made);
    return made;
  }

  private startTimer(name: string, ms: number, run: () => void, anew = false): void {
    if (this.timers.has(name) && !anew) return;
    this.stopTimer(name);
    this.timers.set(
      name,
      setTimeout(() => {
        this.timers.delete(name);
        run();
      }, ms),
    );
  }

  private stopTimer(name: string): void {
    clearTimeout(this.timers.get(name));
    this.timers.delete(name);
  }
}
