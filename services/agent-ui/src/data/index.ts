/**
 * What the rest of the app knows of conversations: hooks to read, actions to change, nothing of requests or sockets.
 *
 * Beside the agreed signatures: useInboxList has `loadingMore` and `excerpts` (search), useConversationPage and useThread
 * have the state 'missing', useThread has `people` (contact, visitor) for the details panel, useConnection is as agreed.
 * Actions reject with RequestError, or with ChangeRefused whose `errors` are the server's user errors.
 */
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
import { RequestError } from './request-error';
import type {
  Agent,
  ConnectionState,
  ConversationPageView,
  ConversationRow,
  Counters,
  Draft,
  InboundMessage,
  InboxFilter,
  InboxListView,
  NewMessage,
  PendingMessage,
  SavedResponsesChange,
  ThreadView,
} from './types';

export * from './types';
export { ChangeRefused, RequestError } from './request-error';

const nothing = () => undefined;
const notYet = () => Promise.reject(new RequestError('unavailable'));

export function request<Data, Variables>(
  _document: DocumentTypeDecoration<Data, Variables>,
  _variables: Variables,
  _options: { signal?: AbortSignal; timeoutMs?: number } = {},
): Promise<Data> {
  return notYet();
}

const LIST: InboxListView = {
  ids: [],
  state: 'loading',
  hasMore: false,
  loadingMore: 'idle',
  loadMore: nothing,
  retry: nothing,
  held: 0,
  hold: nothing,
  release: nothing,
  totalCount: null,
  excerpts: new Map(),
};
export const useInboxList = (_filter: InboxFilter): InboxListView => LIST;
export const useConversation = (_id: string): ConversationRow | undefined => undefined;
const PAGE: ConversationPageView = { state: 'loading', retry: nothing };
export const useConversationPage = (_id: string): ConversationPageView => PAGE;
const THREAD: ThreadView = {
  state: 'loading',
  retry: nothing,
  items: [],
  hasOlder: false,
  loadingOlder: 'idle',
  loadOlder: nothing,
  agentActivity: [],
  replyOptions: null,
  people: null,
};
export const useThread = (_id: string): ThreadView => THREAD;
export const useCounters = (): Counters | null => null;
export const useAgents = (): readonly Agent[] | null => null;
export const useConnection = (): ConnectionState => 'live';

const DRAFT: Draft = { text: '', channel: null, attachments: [] };
export const useDraft = (_conversationId: string): [Draft, (change: Partial<Draft>) => void] => [DRAFT, nothing];

export const actions = {
  complete: (_id: string): Promise<void> => notYet(),
  reopen: (_id: string): Promise<void> => notYet(),
  /** Call when `shouldMarkRead` says so. */
  markRead: (_id: string): Promise<void> => notYet(),
  markUnread: (_id: string): Promise<void> => notYet(),
  assign: (_id: string, _agentId: string | null): Promise<void> => notYet(),
  /** Tells other agents; call as often as you like, it is paced. Null: looking at none. */
  viewing: (_id: string | null, _writing: boolean): void => undefined,
  /** A stored message whose delivery failed. */
  retryStored: (_messageId: string): Promise<void> => notYet(),
};

export const outbox = {
  /** Gives the clientMessageId at once: the bubble is there. Clears the draft of the conversation when it is kept durably. */
  send: (message: NewMessage): string => message.clientMessageId ?? '',
  retry: (_clientMessageId: string): void => undefined,
  /** Takes it out and gives it back, so that its text can return to the composer. */
  discard: (_clientMessageId: string): PendingMessage | undefined => undefined,
  changeChannel: (_clientMessageId: string, _channel: NewMessage['channel']): void => undefined,
};

/** Both return how to stop hearing. */
export const onInboundMessage = (_hear: (message: InboundMessage) => void): (() => void) => nothing;
export const onSavedResponsesChanged = (_hear: (change: SavedResponsesChange) => void): (() => void) => nothing;

export interface DataOptions {
  agentId: string;
  /** The session is over: ask to sign in, over the page. After it, call startData again: the same agent keeps everything. */
  onSignedOut(): void;
}
export function startData(_options: DataOptions): () => void {
  return nothing;
}

/** A conversation is read when its newest message was on the screen for so long, in a focused tab. */
export const READ_AFTER_MS = 1_000;
export interface Reading {
  unread: boolean;
  /** Newest stored message of the conversation, and the newest that is or was on the screen. */
  newestId: string | null;
  shownId: string | null;
  tabIsFocused: boolean;
  visibleForMs: number;
}
export const shouldMarkRead = (reading: Reading): boolean =>
  reading.unread &&
  reading.tabIsFocused &&
  reading.newestId !== null &&
  reading.newestId === reading.shownId &&
  reading.visibleForMs >= READ_AFTER_MS;
