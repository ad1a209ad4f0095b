import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { AgentData } from './agent-data';
import { EMPTY_DRAFT } from './drafts';
import { filterKey } from './inbox-filter';
import { running } from './running';
import type {
  Agent,
  ConnectionState,
  ConversationPageView,
  ConversationRow,
  Counters,
  Draft,
  InboxFilter,
  InboxListView,
  ThreadView,
} from './types';

const ignore = (): void => undefined;
const never = () => ignore;

interface Source<T> {
  subscribe: (listener: () => void) => () => void;
  get: () => T;
}

const useData = (): AgentData | null => useSyncExternalStore(running.subscribe, running.get);

/** A value of the running data; `otherwise` while there is none. */
function useSource<T>(source: Source<T> | undefined, otherwise: T): T {
  return useSyncExternalStore(source?.subscribe ?? never, source?.get ?? (() => otherwise));
}

const NO_LIST: InboxListView = {
  ...{ ids: [], state: 'loading', hasMore: false, loadingMore: 'idle', held: 0, totalCount: null },
  excerpts: new Map(),
  ...{ loadMore: ignore, retry: ignore, hold: ignore, release: ignore },
};

export function useInboxList(filter: InboxFilter): InboxListView {
  const data = useData();
  const key = filterKey(filter);
  const list = useMemo(() => data?.lists.of(filter), [data, key]);
  return useSource(list, NO_LIST);
}

/** Renders again only when this conversation changes. */
export function useConversation(id: string): ConversationRow | undefined {
  const data = useData();
  const subscribe = useCallback((listener: () => void) => data?.rows.subscribe(id, listener) ?? ignore, [data, id]);
  return useSyncExternalStore(subscribe, () => data?.rows.get(id));
}

const NO_THREAD: ThreadView = {
  ...{ state: 'loading', items: [], hasOlder: false, loadingOlder: 'idle', agentActivity: [], replyOptions: null },
  people: null,
  ...{ retry: ignore, loadOlder: ignore },
};

/** The thread is live as long as a component uses it. */
export function useThread(id: string): ThreadView {
  const data = useData();
  const thread = useMemo(() => data?.threads.of(id), [data, id]);
  useEffect(() => data?.threads.show(id), [data, id]);
  return useSource(thread, NO_THREAD);
}

/** Makes sure that a conversation is loaded that no list has brought, as after following a link. */
export function useConversationPage(id: string): ConversationPageView {
  const row = useConversation(id);
  const { state, error, retry } = useThread(id);
  return useMemo(
    () => (row !== undefined ? { state: 'ready', retry } : { state, error, retry }),
    [row === undefined, state, error, retry],
  );
}

export function useCounters(): Counters | null {
  return useSource(useData()?.counters.value, null);
}

export function useAgents(): readonly Agent[] | null {
  return useSource(useData()?.agents.value, null);
}

export function useConnection(): ConnectionState {
  return useSource<ConnectionState>(useData()?.connection, 'live');
}

/** False: this browser keeps nothing; what is written lasts as long as the page. */
export function useBrowserKeeps(): boolean {
  return useSource(useData()?.keeps, true);
}

/** Whether a conversation has messages that are not stored yet, or were refused. */
export function useUnsent(conversationId: string): 'waiting' | 'refused' | undefined {
  const unsent = useData()?.outbox.unsent;
  return useSyncExternalStore(unsent?.subscribe ?? never, () => unsent?.get().get(conversationId));
}

export function useDraft(conversationId: string): [Draft, (change: Partial<Draft>) => void] {
  const data = useData();
  const subscribe = useCallback(
    (listener: () => void) => data?.drafts.subscribe(conversationId, listener) ?? ignore,
    [data, conversationId],
  );
  const draft = useSyncExternalStore(subscribe, () => data?.drafts.get(conversationId) ?? EMPTY_DRAFT);
  const change = useCallback(
    (part: Partial<Draft>) => data?.drafts.change(conversationId, part),
    [data, conversationId],
  );
  return [draft, change];
}

/** What is being edited on a page other than the inbox; undefined = nothing, null = not read from the browser yet. */
export function usePageDraft(page: string): [unknown, (value: unknown) => void] {
  const data = useData();
  const draft = useSource<unknown>(
    useMemo(() => data?.pageDrafts.of(page), [data, page]),
    null,
  );
  const change = useCallback((value: unknown) => data?.pageDrafts.change(page, value), [data, page]);
  return [draft, change];
}
