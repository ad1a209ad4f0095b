import type {
  ActiveAgentFragment,
  ChannelKind,
  ConversationRowFragment,
  ConversationStatus,
  CountersFragment,
  InboxAgentsQuery,
  ReplyChoiceFragment,
  ThreadActivityFragment,
  ThreadMessageFragment,
  ThreadSurroundingsFragment,
} from '../generated/documents';
import type { RequestError } from './request-error';

export type { ChannelKind, ConversationStatus, DeliveryState } from '../generated/documents';

/** One conversation as the list and the top of its thread show it; its visitor's presence is always the newest known. */
export type ConversationRow = ConversationRowFragment;
export type ThreadMessage = ThreadMessageFragment;
export type ThreadActivity = ThreadActivityFragment;
export type ReplyOption = ReplyChoiceFragment;
export type AgentActivity = ActiveAgentFragment;
export type Agent = NonNullable<InboxAgentsQuery['agents']>[number];
export type Presence = NonNullable<ConversationRow['visitor']>['presence'];
export type Counters = CountersFragment;
/** Contact and visitor beside a thread. */
export type ThreadPeople = Pick<ThreadSurroundingsFragment, 'contact' | 'visitor'>;

export interface SentAttachment {
  id: string;
  filename: string;
  contentType: string;
  byteSize: number;
}

/** Why a message was not stored, in the server's code, or WRONG_AGENT_ROLE, REJECTED (the server takes no such request). */
export interface SendRefusal {
  code: string;
  /** REPLY_WINDOW_CLOSED: since when. */
  closedAt?: string;
}

/** A message that is not known to be stored. It survives reloads, in this browser, for this agent. */
export interface PendingMessage {
  clientMessageId: string;
  conversationId: string;
  channel: ChannelKind;
  text: string;
  /** The text without its tags, where it has any: what the bubble shows until it is stored. */
  shownText?: string;
  attachments: readonly SentAttachment[];
  /** Complete the conversation with it. */
  complete: boolean;
  createdAt: string;
  state: 'waiting' | 'sending' | 'refused';
  refusal?: SendRefusal;
  /** Waiting after a try that failed: what the last one ended with. */
  lastError?: RequestError['kind'];
}

/**
 * One entry of a thread. `key` stays the same when a pending message becomes a stored one, so that React keeps its element.
 */
export type ThreadItem =
  | { kind: 'message'; key: string; message: ThreadMessage }
  | { kind: 'activity'; key: string; activity: ThreadActivity }
  | { kind: 'pending'; key: string; pending: PendingMessage };

export interface InboxFilter {
  status: ConversationStatus;
  unread?: boolean;
  waitingForReply?: boolean;
  /** Conversations of this agent; null: of nobody. */
  assigneeId?: string | null;
  /** Only those whose visitor is on the site now. */
  visitorOnline?: boolean;
  /** Any of these occurs in the thread. */
  channels?: readonly ChannelKind[];
  /** 2–200 characters after trimming; shorter ones do not count as a search. */
  search?: string;
}

export interface InboxListView {
  /** In the order to show. */
  ids: readonly string[];
  state: 'loading' | 'ready' | 'failed';
  error?: RequestError;
  hasMore: boolean;
  /** `failed`: the next page could not be loaded; `loadMore` tries again. */
  loadingMore: 'idle' | 'loading' | 'failed';
  loadMore: () => void;
  retry: () => void;
  /** Conversations with news that are not shown at their new place while the list is held. */
  held: number;
  hold: (on: boolean) => void;
  /** Shows what is held, now; the list stays held for what comes next. */
  release: () => void;
  /** Null: not known, or more than 1,000. */
  totalCount: number | null;
  /** Search only, by conversation: matched runs are marked by U+2068 … U+2069. */
  excerpts: ReadonlyMap<string, string>;
}

export interface ConversationPageView {
  /** `missing`: there is no such conversation. */
  state: 'loading' | 'ready' | 'missing' | 'failed';
  error?: RequestError;
  retry: () => void;
}

export interface ThreadView {
  state: 'loading' | 'ready' | 'missing' | 'failed';
  error?: RequestError;
  retry: () => void;
  /** Stored, oldest first, then pending in the order of sending. */
  items: readonly ThreadItem[];
  hasOlder: boolean;
  loadingOlder: 'idle' | 'loading' | 'failed';
  loadOlder: () => void;
  agentActivity: readonly AgentActivity[];
  /** Null: not known (yet), or a service is down: offer the channel of the last message. */
  replyOptions: readonly ReplyOption[] | null;
  /** Null: not loaded yet. */
  people: ThreadPeople | null;
}

export type ConnectionState = 'live' | 'reconnecting' | 'offline' | 'signed-out' | 'new-version';

export interface Draft {
  text: string;
  /** Chosen by the agent; null: as preselected. */
  channel: ChannelKind | null;
  attachments: readonly SentAttachment[];
}

export interface NewMessage {
  clientMessageId?: string;
  conversationId: string;
  channel: ChannelKind;
  text: string;
  /** The text without its tags, where it has any: what the bubble shows until it is stored. */
  shownText?: string;
  attachments: readonly SentAttachment[];
  complete: boolean;
}

/** A visitor or customer wrote; for sound and notification. */
export interface InboundMessage {
  conversation: ConversationRow;
}
