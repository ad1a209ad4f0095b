import { randomUUID } from 'node:crypto';
import {
  ASSIGN,
  COMPLETE,
  CONVERSATION_CHANGED,
  INBOX,
  INBOX_CHANGED,
  MARK_UNREAD,
  OPEN,
  REOPEN,
  SEND,
  TIMELINE,
} from './agent-documents';
import { AgentFeed } from './agent-feed';

export interface AgentAttachment {
  id: string;
  filename: string;
  contentType: string;
  byteSize: number;
  downloadUrl: string;
  thumbnailUrl: string | null;
}

export interface AgentMessage {
  __typename?: 'Message';
  id: string;
  clientMessageId: string | null;
  channel: string;
  direction: 'INBOUND' | 'OUTBOUND';
  text: string;
  attachments: AgentAttachment[];
  createdAt: string;
  delivery: { state: string } | null;
  author: { __typename: string; displayName?: string };
}

export interface AgentActivityLine {
  __typename: 'ConversationActivity';
  id: string;
  kind: string;
  stamp: { at: string; by: { displayName: string } | null };
  assignee: { displayName: string } | null;
}

export interface AgentConversation {
  id: string;
  version: number;
  status: 'OPEN' | 'COMPLETED';
  unread: boolean;
  waitingForReply: boolean;
  title: string;
  lastChannel: string;
  lastActivityAt: string;
  assignee: { id: string; displayName: string } | null;
  read: { at: string; by: { displayName: string } | null } | null;
  lastMessage: AgentMessage | null;
}

export type TimelineNode = (AgentMessage & { __typename: 'Message' }) | AgentActivityLine;

export interface GraphqlFailure {
  message: string;
  extensions?: { code?: string };
}

/** A request that was answered with top-level errors, or not with 2xx. */
export class GraphqlRequestFailed extends Error {
  constructor(
    readonly status: number,
    readonly errors: GraphqlFailure[],
  ) {
    super(`HTTP ${status}: ${errors.map((error) => `${error.extensions?.code ?? '-'} ${error.message}`).join('; ')}`);
  }
}

interface Changed {
  conversation: AgentConversation | null;
  cursor: string | null;
  errors: { code: string; message: string }[];
}

export interface SignIn {
  /** graphql-gateway's addresses; calls go round, so no answer may depend on the replica. */
  urls: string[];
  /** PUBLIC_ORIGIN; default: the first address. */
  origin?: string;
  email: string;
  password: string;
}

/** An agent at the public API: signs in as a browser does, keeps the cookie, names its origin. */
export class AgentClient {
  private calls = 0;
  private readonly feeds: AgentFeed[] = [];

  private constructor(
    readonly urls: string[],
    readonly origin: string,
    readonly cookie: string,
  ) {}

  static async signIn({ urls, origin = urls[0] ?? '', email, password }: SignIn): Promise<AgentClient> {
    const response = await fetch(new URL('/auth/login', urls[0]), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ email, password }),
      signal: AbortSignal.timeout(10_000),
    });
    const cookie = response.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    if (!response.ok || cookie === '')
      throw new Error(`Sign-in of ${email} failed: ${response.status} ${await response.text()}`);
    return new AgentClient(urls, origin, cookie);
  }

  /** The data of a document; throws {@link GraphqlRequestFailed} when there are top-level errors. */
  async request<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
    this.calls += 1;
    const response = await fetch(new URL('/graphql', this.urls[this.calls % this.urls.length]), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.origin, cookie: this.cookie },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(10_000),
    });
    const text = await response.text();
    const body = (text.startsWith('{') ? JSON.parse(text) : { errors: [{ message: text }] }) as {
      data?: T | null;
      errors?: GraphqlFailure[];
    };
    if (body.errors || !body.data) throw new GraphqlRequestFailed(response.status, body.errors ?? []);
    return body.data;
  }

  /** The newest conversations of the inbox, 100 at most. */
  async inbox(filter: Record<string, unknown> = {}): Promise<AgentConversation[]> {
    const data = await this.request<{ conversations: { nodes: AgentConversation[] } }>(INBOX, { filter, first: 100 });
    return data.conversations.nodes;
  }

  /** A whole thread, oldest first. */
  async thread(id: string): Promise<{ conversation: AgentConversation; timeline: TimelineNode[] }> {
    const timeline: TimelineNode[] = [];
    for (let before: string | null = null; ;) {
      const { conversation }: { conversation: TimelinePage | null } = await this.request(TIMELINE, { id, before });
      if (!conversation) throw new Error(`No conversation ${id}`);
      timeline.unshift(...conversation.timeline.nodes);
      if (!conversation.timeline.pageInfo.hasPreviousPage) return { conversation, timeline };
      before = conversation.timeline.pageInfo.startCursor;
    }
  }

  async open(conversationId: string, { markRead = true } = {}): Promise<AgentConversation> {
    return this.change(OPEN, 'openConversation', { conversationId, markRead });
  }

  async complete(conversationId: string): Promise<AgentConversation> {
    return this.change(COMPLETE, 'completeConversation', { conversationId });
  }

  async reopen(conversationId: string): Promise<AgentConversation> {
    return this.change(REOPEN, 'reopenConversation', { conversationId });
  }

  async markUnread(conversationId: string): Promise<AgentConversation> {
    return this.change(MARK_UNREAD, 'markConversationUnread', { conversationId });
  }

  async assign(conversationId: string, agentId: string | null): Promise<AgentConversation> {
    return this.change(ASSIGN, 'assignConversation', { conversationId, agentId });
  }

  /** Replies, in the chat unless another channel is named; the same clientMessageId may be tried again until it is answered. */
  async reply(
    conversationId: string,
    text: string,
    { channel = 'WEB_CHAT', clientMessageId = randomUUID(), complete = false, attachmentIds = [] as string[] } = {},
  ): Promise<AgentMessage> {
    const input = { conversationId, channel, text, clientMessageId, complete, attachmentIds };
    const { sendMessage } = await this.request<{
      sendMessage: { message: AgentMessage | null; errors: Changed['errors'] };
    }>(SEND, { input });
    if (!sendMessage.message) throw new Error(`sendMessage: ${JSON.stringify(sendMessage.errors)}`);
    return sendMessage.message;
  }

  /** The raw answer to a file. */
  async upload(content: Uint8Array<ArrayBuffer> | string, filename: string): Promise<Response> {
    this.calls += 1;
    const form = new FormData();
    form.set('file', new Blob([content]), filename);
    return fetch(new URL('/uploads', this.urls[this.calls % this.urls.length]), {
      method: 'POST',
      headers: { origin: this.origin, cookie: this.cookie },
      body: form,
    });
  }

  /** The id of a file that a message may be sent with. */
  async uploaded(content: Uint8Array<ArrayBuffer> | string, filename: string): Promise<string> {
    const answer = await this.upload(content, filename);
    if (answer.status !== 201) throw new Error(`upload: ${answer.status} ${await answer.text()}`);
    return ((await answer.json()) as { id: string }).id;
  }

  /** Follows the inbox; resolves when the stream is live. Comes back by itself and resumes after the newest event. */
  async followInbox(): Promise<AgentFeed> {
    return this.follow({ query: INBOX_CHANGED, field: 'inboxChanged', variables: {} }, async (feed) => {
      feed.load(await this.inbox({ status: null }), []);
    });
  }

  /** Follows one thread and keeps all its messages; as {@link followInbox}. */
  async followConversation(id: string): Promise<AgentFeed> {
    return this.follow(
      { query: CONVERSATION_CHANGED, field: 'conversationChanged', variables: { id } },
      async (feed) => {
        const { conversation, timeline } = await this.thread(id);
        feed.load([conversation], timeline);
      },
    );
  }

  /** Ends all feeds. */
  async close(): Promise<void> {
    for (const feed of this.feeds.splice(0)) await feed.stop();
  }

  private async follow(
    subscription: { query: string; field: string; variables: Record<string, unknown> },
    load: (feed: AgentFeed) => Promise<void>,
  ): Promise<AgentFeed> {
    const feed = new AgentFeed({ urls: this.urls, cookie: this.cookie, origin: this.origin, ...subscription }, load);
    this.feeds.push(feed);
    await feed.ready;
    return feed;
  }

  private async change(document: string, verb: string, input: Record<string, unknown>): Promise<AgentConversation> {
    const data = await this.request<Record<string, Changed>>(document, { input });
    const changed = data[verb];
    if (!changed?.conversation) throw new Error(`${verb}: ${JSON.stringify(changed?.errors)}`);
    return changed.conversation;
  }
}

type TimelinePage = AgentConversation & {
  timeline: { nodes: TimelineNode[]; pageInfo: { hasPreviousPage: boolean; startCursor: string | null } };
};
