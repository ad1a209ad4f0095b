import {
  CloseCode,
  WIDGET_PROTOCOL,
  type ChatMessageReceived,
  type ConversationSnapshot,
  type DataOf,
  type GatewayFrame,
  type OutputOf,
  type Page,
  type ResumeVisitor,
  type WidgetMessage,
} from '@conversations/contracts';
import type { Site } from './config';
import type { ClaimedContact } from './identify-visitor';
import type { VouchedIdentity } from './verify-identity';
import type { VisitorIdentity } from './visitor-token';

/** How frames reach one browser tab, and how it is let go. */
export interface Connection {
  send(frame: GatewayFrame): void;
  close(code: number, reason: string): void;
}

/** What one event means for a visitor. */
export interface Push {
  conversation: ConversationSnapshot;
  /** Position of the message that was added, null when the event added none. */
  position: number | null;
  /** Null when the event added none, or one that is not the visitor's to see. */
  message: WidgetMessage | null;
}

export interface StoredMessage {
  clientId: string;
  seq: number;
  id: string;
  at: string;
}

/** A visitor's thread as its browser gets it. */
export type Resumed = Omit<OutputOf<typeof ResumeVisitor>, 'messages'> & { messages: WidgetMessage[] };
type WidgetConfig = Extract<GatewayFrame, { t: 'welcome' }>['config'];

/**
 * One tab's view of its visitor's thread: sends each message once, in the order of positions, with nothing left out.
 * Pushes are held while history is being read, so that a message is in the one or in the other.
 */
export class VisitorSession {
  /** True when the token was minted for this tab and its browser was not told yet that it is a visitor's. */
  tokenOwed: boolean;
  /** The visitor is stored: it has written. Nothing is announced of one who has not. */
  known = false;
  closed = false;
  page: Page | null = null;
  locale: string | null = null;
  threadId: string | null = null;
  /** Newest position that this tab said it showed. */
  readSeq = 0;
  /** When this tab last said that its visitor writes, 0 = it stopped. */
  typingSince = 0;
  /** Identity that the site vouched for before the visitor was stored. */
  vouched: VouchedIdentity | null = null;
  /** The one that the conversation service was told. */
  told: VouchedIdentity | null = null;
  /** The conversation service was told that this visitor opened the widget. */
  greeted = false;
  /** The visitor belongs to a contact already, as this session was told when it began. */
  hasContact = false;
  /** Whom the page's script said the visitor to be, until the conversation service is told. */
  claimed: ClaimedContact | null = null;
  private sentSeq = 0;
  private state: 'open' | 'completed' = 'open';
  private agentReadSeq = 0;
  private version = 0;
  private held: Push[] | null = [];
  /** Own messages of this tab that get an ack instead of a msg; true once acked. */
  private readonly sending = new Map<string, boolean>();

  constructor(
    readonly site: Site,
    readonly identity: VisitorIdentity,
    readonly address: string,
    private readonly connection: Connection,
    options: { minted: boolean },
  ) {
    this.tokenOwed = options.minted;
  }

  get origin(): DataOf<typeof ChatMessageReceived>['origin'] {
    const { visitorId, tokenHash } = this.identity;
    return { visitorId, siteId: this.site.id, tokenHash, locale: this.locale, page: this.page };
  }

  get lastSeq(): number {
    return this.sentSeq;
  }

  /** Answers `hello`: the thread and what the browser missed, then what was pushed meanwhile. */
  welcome(resumed: Resumed | null, config: WidgetConfig): void {
    const thread = resumed?.thread ?? null;
    const messages = resumed?.messages ?? [];
    // Not the newest message's: what stands after that may not be the visitor's to see.
    this.sentSeq = thread?.seq ?? 0;
    if (thread !== null) {
      this.threadId = thread.id;
      this.state = thread.state;
      this.agentReadSeq = thread.agentReadSeq;
    }
    this.connection.send({
      t: 'welcome',
      v: WIDGET_PROTOCOL,
      visitor: this.tokenOwed ? null : this.identity.visitorId,
      ...(this.tokenOwed ? { token: this.identity.token } : {}),
      thread: thread === null ? null : { ...thread, seq: this.sentSeq },
      messages,
      reset: resumed?.reset ?? false,
      hasMore: resumed?.hasMore ?? false,
      config,
    });
    this.release();
  }

  /** Returns false when a message before this one is missing: what follows is held until {@link refill}. */
  push(push: Push): boolean {
    if (this.held !== null) {
      this.held.push(push);
      return true;
    }
    const { position, message, conversation } = push;
    if (position !== null && position > this.sentSeq) {
      if (position > this.sentSeq + 1) {
        this.held = [push];
        return false;
      }
      this.sentSeq = position;
      if (message !== null) this.deliver(message);
    }
    this.show(conversation);
    return true;
  }

  /** Closes a gap with what the history says. A tab that is too far behind begins again by `hello`. */
  refill(resumed: Resumed): void {
    if (resumed.reset) {
      this.startOver();
      return;
    }
    for (const message of resumed.messages) {
      if (message.seq <= this.sentSeq) continue;
      this.sentSeq = message.seq;
      this.deliver(message);
    }
    this.sentSeq = Math.max(this.sentSeq, resumed.thread?.seq ?? 0);
    this.release();
  }

  /** From now on this message is answered by an ack, not shown as a msg. */
  sendingOwn(clientId: string): void {
    this.sending.set(clientId, false);
  }

  acknowledge({ clientId, seq, id, at }: StoredMessage): void {
    if (this.sending.get(clientId) !== false) return;
    if (seq <= this.sentSeq) this.sending.delete(clientId);
    else this.sending.set(clientId, true);
    const owed = this.tokenOwed ? { visitor: this.identity.visitorId, token: this.identity.token } : {};
    this.tokenOwed = false;
    this.connection.send({ t: 'ack', clientId, seq, id, at, ...owed });
  }

  refuse(nack: Extract<GatewayFrame, { t: 'nack' }>): void {
    this.sending.delete(nack.clientId);
    this.connection.send(nack);
  }

  /** Lets the browser begin again with `hello`, which brings all that it misses. */
  startOver(): void {
    this.connection.close(CloseCode.restart, 'resume');
  }

  typing(on: boolean, name: string | null): void {
    this.connection.send({ t: 'typing', on, author: { name } });
  }

  private release(): void {
    const held = this.held ?? [];
    this.held = null;
    for (const push of held) {
      if (!this.push(push)) {
        this.startOver();
        return;
      }
    }
  }

  private deliver(message: WidgetMessage): void {
    const own = message.clientId === null ? undefined : this.sending.get(message.clientId);
    if (own === undefined || message.clientId === null) this.connection.send({ t: 'msg', m: message });
    else {
      this.acknowledge({ ...message, clientId: message.clientId });
      this.sending.delete(message.clientId);
    }
  }

  /** A snapshot from before what is shown, as a rebuilt broker repeats it, changes nothing. */
  private show(conversation: ConversationSnapshot): void {
    if (conversation.version <= this.version || conversation.lastPosition < this.sentSeq) return;
    this.version = conversation.version;
    this.threadId = conversation.id;
    const state = conversation.status === 'OPEN' ? 'open' : 'completed';
    if (state !== this.state) this.connection.send({ t: 'thread', state });
    this.state = state;
    if (conversation.agentReadPosition <= this.agentReadSeq) return;
    this.agentReadSeq = conversation.agentReadPosition;
    this.connection.send({ t: 'receipt', agentReadSeq: this.agentReadSeq });
  }
}
