import { InboxPageDocument } from '../generated/documents';
import type { ConversationRows } from './conversation-rows';
import { filterKey, filterVariables, needsAsking } from './inbox-filter';
import { InboxList } from './inbox-list';
import { ListTotal } from './list-total';
import { comparePlaces, type Place } from './ordered-ids';
import type { Requests } from './request';
import { RequestError } from './request-error';
import { Observed } from './observed';
import type { InboxFilter, InboxListView } from './types';

const PAGE = 50;
const RELOADED_PAGE = 100;
/** What is loaded again at most when the live feed had a gap; rows further down are left to scrolling. */
const MOST_RELOADED = 2_000;
/** Lists that stay loaded and live after another filter was chosen. */
const KEPT_LISTS = 4;
const RETRY_MS = [2_000, 5_000, 10_000, 30_000];

interface Loaded {
  list: InboxList;
  view: Observed<InboxListView>;
  state: InboxListView['state'];
  error: RequestError | undefined;
  loadingMore: InboxListView['loadingMore'];
  total: ListTotal;
  excerpts: ReadonlyMap<string, string>;
  /** Ends what is on its way when the list is loaded anew. */
  loading: AbortController | null;
  attempts: number;
  retryTimer: ReturnType<typeof setTimeout> | null;
}

interface ListsOptions {
  rows: ConversationRows;
  requests: Requests;
  /** Resolves when the live feed is on, or will not be for now. */
  feedReady(): Promise<void>;
  isOpen: (id: string) => boolean;
}

/** The lists of all filters that were looked at lately. All of them follow the live feed. */
export class InboxLists {
  private readonly lists = new Map<string, Loaded>();

  constructor(private readonly options: ListsOptions) {
    options.rows.onChange((id) => this.consider(id));
  }

  /** The list of a filter, loading when it is new. */
  of(filter: InboxFilter): Observed<InboxListView> {
    const key = filterKey(filter);
    const known = this.lists.get(key);
    if (known !== undefined) {
      this.lists.delete(key);
      this.lists.set(key, known);
      return known.view;
    }
    const added = this.add(filter);
    this.lists.set(key, added);
    void this.load(added);
    this.forgetOldest();
    return added.view;
  }

  has(id: string): boolean {
    for (const { list } of this.lists.values()) if (list.has(id) || list.shown.includes(id)) return true;
    return false;
  }

  /** An action of this agent: its row leaves even a list that is held. */
  considerMine(id: string): void {
    this.consider(id, true);
  }

  openChanged(): void {
    for (const { list } of this.lists.values()) list.openChanged();
  }

  /** The live feed has a gap, or is on again: everything loaded is loaded again while it stays on the screen. */
  reload(): void {
    for (const loaded of this.lists.values()) void this.load(loaded);
  }

  /** The network is back: what failed is tried again. */
  retryFailed(): void {
    for (const loaded of this.lists.values()) {
      if (loaded.state === 'failed' || loaded.retryTimer !== null) void this.load(loaded);
      else if (loaded.loadingMore === 'failed') void this.loadMore(loaded);
    }
  }

  stop(): void {
    for (const loaded of this.lists.values()) this.end(loaded);
    this.lists.clear();
  }

  /** Somebody came whose conversation, if there is one, is not known here. */
  strangerCame(): void {
    for (const { list, total } of this.lists.values()) if (list.filter.visitorOnline === true) total.countSoon();
  }

  private consider(id: string, byMe = false): void {
    for (const loaded of this.lists.values()) {
      const had = loaded.list.has(id);
      loaded.list.consider(id, byMe);
      if (!had || !loaded.list.has(id)) loaded.total.countSoon();
    }
  }

  private add(filter: InboxFilter): Loaded {
    const { rows, requests, isOpen } = this.options;
    const list = new InboxList(filter, {
      isOpen,
      rowOf: (id) => rows.get(id),
      heardAt: (id) => rows.heardAt(id),
      now: () => rows.now,
      onChange: () => this.emit(loaded),
    });
    const total = new ListTotal(requests, filterVariables(filter), {
      isWanted: () => loaded.view.isObserved,
      onDue: () => {
        if (needsAsking(filter) && loaded.loading === null) void this.load(loaded);
        else void total.count();
      },
      onChange: () => this.emit(loaded),
    });
    const loaded: Loaded = {
      list,
      state: 'loading',
      error: undefined,
      loadingMore: 'idle',
      total,
      excerpts: new Map(),
      loading: null,
      attempts: 0,
      retryTimer: null,
      view: new Observed<InboxListView>({
        ids: [],
        state: 'loading',
        hasMore: true,
        loadingMore: 'idle',
        held: 0,
        totalCount: null,
        excerpts: new Map(),
        loadMore: () => void this.loadMore(loaded),
        retry: () => void this.load(loaded),
        hold: (on) => list.hold(on),
        release: () => list.show(),
      }),
    };
    return loaded;
  }

  private emit(loaded: Loaded): void {
    const { list, view, state, error, loadingMore, total, excerpts } = loaded;
    view.set({
      ...view.get(),
      ids: list.shown,
      hasMore: list.hasMore,
      held: list.heldCount,
      state,
      error,
      loadingMore,
      totalCount: total.value,
      excerpts,
    });
  }

  /** The first page; when more was loaded before, everything down to there. */
  private async load(loaded: Loaded): Promise<void> {
    const loading = this.startOver(loaded);
    try {
      await this.options.feedReady();
      if (loaded.loading !== loading) return;
      const { list } = loaded;
      const deepest = list.loadedTo;
      const isReload = loaded.state === 'ready';
      let after: Place | null = null;
      let cursor: string | null = null;
      for (let count = 0; ;) {
        const size = isReload ? RELOADED_PAGE : PAGE;
        const page = await this.page(loaded, cursor, size, loading.signal);
        if (loaded.loading !== loading) return;
        const end: Place | null = list.applyPage(page, after);
        count += size;
        const isDeepEnough =
          deepest === null ? count >= list.shown.length : end !== null && comparePlaces(end, deepest) >= 0;
        if (end === null || !isReload || isDeepEnough || count >= MOST_RELOADED) {
          list.setReach(end, page.endCursor);
          break;
        }
        after = end;
        cursor = page.endCursor;
      }
      this.succeeded(loaded);
    } catch (error) {
      if (loaded.loading === loading) this.failed(loaded, error);
    }
  }

  private async loadMore(loaded: Loaded): Promise<void> {
    const { list } = loaded;
    if (loaded.loading !== null || loaded.state !== 'ready' || list.endCursor === null || !list.hasMore) return;
    const loading = new AbortController();
    loaded.loading = loading;
    loaded.loadingMore = 'loading';
    this.emit(loaded);
    try {
      const page = await this.page(loaded, list.endCursor, PAGE, loading.signal);
      if (loaded.loading !== loading) return;
      const before = list.loadedTo;
      list.setReach(list.applyPage(page, before), page.endCursor);
      loaded.loadingMore = 'idle';
      loaded.loading = null;
      list.showFurther(before);
    } catch {
      // Shown as failed; scrolling on or the button tries again.
      if (loaded.loading !== loading) return;
      loaded.loadingMore = 'failed';
      loaded.loading = null;
      this.emit(loaded);
    }
  }

  /** A page may be empty although more follow, where the server ended looking for them: then the next one is asked for. */
  private async page(loaded: Loaded, from: string | null, first: number, signal: AbortSignal) {
    const { rows, requests } = this.options;
    const askedAt = rows.now;
    const filter = filterVariables(loaded.list.filter);
    const ask = async (after: string | null) =>
      (await requests.run(InboxPageDocument, { filter, first, after }, { signal })).conversations;
    let { edges, pageInfo } = await ask(from);
    while (edges.length === 0 && pageInfo.hasNextPage && pageInfo.endCursor !== null)
      ({ edges, pageInfo } = await ask(pageInfo.endCursor));
    for (const { node } of edges) rows.answer(node, askedAt);
    const found = edges.flatMap(({ node, match }) => (match === null ? [] : [[node.id, match.excerpt] as const]));
    if (found.length > 0) loaded.excerpts = new Map([...loaded.excerpts, ...found]);
    return {
      rows: edges.map(({ node }) => node),
      hasMore: pageInfo.hasNextPage,
      endCursor: pageInfo.endCursor,
      askedAt,
    };
  }

  private startOver(loaded: Loaded): AbortController {
    const loading = new AbortController();
    loaded.loading?.abort();
    loaded.loading = loading;
    if (loaded.retryTimer !== null) clearTimeout(loaded.retryTimer);
    loaded.retryTimer = null;
    if (loaded.state === 'failed') {
      loaded.state = 'loading';
      loaded.error = undefined;
      this.emit(loaded);
    }
    return loading;
  }

  private succeeded(loaded: Loaded): void {
    const isFirst = loaded.state !== 'ready';
    Object.assign(loaded, { state: 'ready', error: undefined, loading: null, loadingMore: 'idle', attempts: 0 });
    if (isFirst) loaded.list.show();
    else loaded.list.settle();
    if (isFirst || needsAsking(loaded.list.filter)) void loaded.total.count();
    else loaded.total.countSoon();
  }

  private failed(loaded: Loaded, error: unknown): void {
    loaded.loading = null;
    const known = error instanceof RequestError ? error : new RequestError('internal');
    // What is on the screen stays there; a reload that failed is tried again in silence.
    if (loaded.state !== 'ready') Object.assign(loaded, { state: 'failed', error: known });
    this.emit(loaded);
    if (!known.isPassing || known.kind === 'signed-out') return;
    const wait = RETRY_MS[Math.min(loaded.attempts, RETRY_MS.length - 1)] ?? 0;
    loaded.attempts += 1;
    loaded.retryTimer = setTimeout(() => void this.load(loaded), Math.max(wait, known.retryAfterMs ?? 0));
  }

  private forgetOldest(): void {
    for (const [key, loaded] of this.lists) {
      if (this.lists.size <= KEPT_LISTS) return;
      if (loaded.view.isObserved) continue;
      this.end(loaded);
      this.lists.delete(key);
    }
  }

  private end(loaded: Loaded): void {
    loaded.loading?.abort();
    loaded.loading = null;
    loaded.list.stop();
    if (loaded.retryTimer !== null) clearTimeout(loaded.retryTimer);
    loaded.total.stop();
  }
}
