import {
  ConversationChangedDocument,
  type ConversationChangedSubscription,
  InboxChangedDocument,
  type InboxChangedSubscription,
} from '../generated/documents';
import type { FormattedExecutionResult } from 'graphql-ws';
import type { LiveConnection, LiveSubscription } from './live-connection';
import type { ThreadEvent } from './threads';

export type InboxEvent = InboxChangedSubscription['inboxChanged'];

interface FeedListener {
  /** What was pushed, in the order of the log. */
  onInbox(event: InboxEvent): void;
  onThread(id: string, event: ThreadEvent): void;
  /** The thread's stream delivered something unreadable: what it holds must be loaded again. */
  onThreadLost(id: string): void;
  /** From now on nothing is missed; but what happened before is not known: load what is shown. */
  onStart(): void;
  /** The stream went on where it had stopped. */
  onResumed(): void;
}

/** The two streams: the inbox's always, a thread's while it is open. Each resumes at the newest event applied. */
export class LiveFeed {
  /** Resolves with the first StreamReady. */
  readonly started: Promise<void>;
  private cursor: string | null = null;
  private readonly inbox: LiveSubscription;
  private endThread: () => void = () => undefined;
  private start: () => void = () => undefined;

  constructor(
    private readonly connection: LiveConnection,
    private readonly listener: FeedListener,
  ) {
    this.started = new Promise((resolve) => {
      this.start = resolve;
    });
    this.inbox = {
      query: InboxChangedDocument.toString(),
      variables: () => ({ after: this.cursor }),
      next: (result) => this.hearInbox(result),
    };
    connection.follow(this.inbox);
  }

  /** Instead of the thread followed so far. */
  followThread(id: string | null, cursor: () => string | null): void {
    this.endThread();
    this.endThread = () => undefined;
    if (id === null) return;
    this.endThread = this.connection.follow({
      query: ConversationChangedDocument.toString(),
      variables: () => ({ id, after: cursor() }),
      next: ({ data }) => {
        const event = (data as ConversationChangedSubscription | null | undefined)?.conversationChanged;
        if (event === undefined) this.listener.onThreadLost(id);
        else this.listener.onThread(id, event);
      },
    });
  }

  private hearInbox({ data }: FormattedExecutionResult): void {
    const event = (data as InboxChangedSubscription | null | undefined)?.inboxChanged;
    // An event that could not be read, for a service was down, is a gap.
    if (event === undefined) return this.listener.onStart();
    const isFirst = this.cursor === null;
    this.cursor = event.cursor;
    if (event.__typename === 'ResyncRequired' || (event.__typename === 'StreamReady' && isFirst)) {
      this.start();
      this.listener.onStart();
    } else if (event.__typename === 'StreamReady') this.listener.onResumed();
    else this.listener.onInbox(event);
  }
}
