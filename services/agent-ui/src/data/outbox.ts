import { SendMessageDocument } from '../generated/documents';
import type { ConversationRow, NewMessage, PendingMessage, ThreadMessage } from './types';
import { type Drafts, EMPTY_DRAFT } from './drafts';
import type { KeptStorage, StorageChange } from './kept-storage';
import { backOff } from './live-connection';
import { Observed } from './observed';
import { type OutboxEntry, OutboxQueue, type SendOutcome } from './outbox-queue';
import type { Requests } from './request';
import { RequestError } from './request-error';
import type { SenderRole } from './sender-role';
import type { Tabs } from './tabs';

const PREFIX = 'outbox/';
const SEND_TIMEOUT_MS = 20_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;
/** A message goes out even if the storage is stuck for so long. */
const KEEP_MS = 1_000;
/** The tab that sends may be frozen: this one takes over when nothing moves for so long. */
const TAKE_OVER_MS = 3_000;

interface OutboxOptions {
  storage: KeptStorage;
  requests: Requests;
  tabs: Pick<Tabs, 'tell'>;
  drafts: Drafts;
  role: SenderRole;
  /** Called before the pending message goes, so that the stored one takes its place at once. */
  onStored(stored: { message: ThreadMessage; conversation: ConversationRow | null; conversationId: string }): void;
  onChanged(conversationId: string): void;
  random?: () => number;
}

/** Messages on their way: kept in the browser, sent by one tab, shown by all. */
export class Outbox {
  /** Of conversations with messages that are not stored yet. */
  readonly unsent = new Observed<ReadonlyMap<string, 'waiting' | 'refused'>>(new Map());
  private readonly queue: OutboxQueue;
  private readonly keeping = new Map<string, Promise<void>>();
  private timer: ReturnType<typeof setTimeout> | null = null;
  private paused = false;
  private stopped = false;

  constructor(private readonly options: OutboxOptions) {
    const { random = Math.random } = options;
    this.queue = new OutboxQueue((attempt) => backOff(attempt, random, FIRST_RETRY_MS, LONGEST_RETRY_MS));
  }

  /** What storage holds, of this page before a reload or of tabs that are gone. */
  load(kept: readonly (readonly [string, unknown])[]): void {
    for (const [key, value] of kept) {
      if (!key.startsWith(PREFIX)) continue;
      const entry = value as OutboxEntry;
      if (this.queue.get(entry.clientMessageId) === undefined) this.show(this.queue.put(entry));
    }
  }

  /** This tab sends from now on. */
  async begin(): Promise<void> {
    try {
      this.load(await this.options.storage.readAll());
    } catch {
      // What this page holds itself still goes out.
      this.paused = false;
    }
    for (const entry of this.queue.recover(Date.now())) this.changed(entry);
    this.pump();
  }

  /** Messages that are not stored, refused ones too. */
  get count(): number {
    return this.queue.all.length;
  }

  of(conversationId: string): readonly PendingMessage[] {
    return this.queue.of(conversationId);
  }

  send(message: NewMessage): string {
    const clientMessageId = message.clientMessageId ?? crypto.randomUUID();
    const entry = this.queue.add({ ...message, clientMessageId }, Date.now());
    const { conversationId } = entry;
    const { drafts } = this.options;
    const rest = drafts.restAfter(message);
    const kept = this.keep([
      { key: PREFIX + clientMessageId, value: entry },
      { key: `draft/${conversationId}`, value: rest === EMPTY_DRAFT ? undefined : rest },
    ]);
    this.keeping.set(clientMessageId, kept);
    kept.then(
      () => this.keeping.delete(clientMessageId),
      () => this.keeping.delete(clientMessageId),
    );
    drafts.leave(conversationId, kept, rest);
    this.show(entry);
    this.options.tabs.tell({ kind: 'outbox', entry });
    if (this.options.role.isMine) this.pump();
    else this.takeOverLater(clientMessageId);
    return clientMessageId;
  }

  retry(clientMessageId: string): void {
    const entry = this.queue.retry(clientMessageId);
    if (entry === undefined) return;
    this.changed(entry);
    this.options.tabs.tell({ kind: 'outbox-retry', clientMessageId });
    if (this.options.role.isMine) this.pump();
    else this.takeOverLater(clientMessageId);
  }

  changeChannel(clientMessageId: string, channel: NewMessage['channel']): void {
    const entry = this.queue.changeChannel(clientMessageId, channel);
    if (entry === undefined) return;
    this.changed(entry);
    if (this.options.role.isMine) this.pump();
    else this.takeOverLater(clientMessageId);
  }

  /** Undefined: it is on its way, or no longer here. */
  discard(clientMessageId: string): PendingMessage | undefined {
    const entry = this.queue.get(clientMessageId);
    if (entry === undefined || entry.state === 'sending') return undefined;
    this.queue.remove(clientMessageId);
    this.options.tabs.tell({ kind: 'outbox-gone', clientMessageId, stored: null });
    const { drafts } = this.options;
    // Whoever asked puts the text back into the draft in this turn: both changes are kept together.
    queueMicrotask(() => {
      const changes = [drafts.changeOf(entry.conversationId), { key: PREFIX + clientMessageId, value: undefined }];
      this.keep(changes).catch(() => undefined);
    });
    this.show(entry);
    this.pump();
    return entry;
  }

  /** A push, a page or another tab showed that it is stored. */
  stored(clientMessageId: string): void {
    if (this.queue.get(clientMessageId) !== undefined) this.gone(clientMessageId, null);
  }

  hear(news: Parameters<Tabs['tell']>[0]): void {
    if (news.kind === 'outbox') this.show(this.queue.put(news.entry));
    if (news.kind === 'outbox-retry') this.queue.retry(news.clientMessageId);
    if (news.kind === 'outbox-gone') {
      if (news.stored !== null) this.options.onStored({ ...news.stored, conversation: null });
      const entry = this.queue.remove(news.clientMessageId);
      if (entry !== undefined) this.show(entry);
    }
    this.pump();
  }

  /** The connection is back. */
  hurry(): void {
    this.queue.hurry();
    this.pump();
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
    this.hurry();
  }

  stop(): void {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
  }

  private pump(): void {
    if (this.paused || this.stopped || !this.options.role.isMine) return;
    const now = Date.now();
    for (const { clientMessageId } of this.queue.sendable(now)) void this.trySending(clientMessageId);
    if (this.timer !== null) clearTimeout(this.timer);
    const next = this.queue.nextAt(now);
    this.timer = next === null ? null : setTimeout(() => this.pump(), next - now + 10);
  }

  private async trySending(clientMessageId: string): Promise<void> {
    const entry = this.queue.sending(clientMessageId);
    if (entry === undefined) return;
    this.changed(entry);
    const outcome = await this.attempt(entry);
    if (this.stopped) return;
    if (outcome.kind === 'failed' && outcome.error === 'signed-out') this.pause();
    if (outcome.kind !== 'stored') {
      const settled = this.queue.settle(clientMessageId, outcome, Date.now());
      if (settled !== undefined) this.changed(settled);
    }
    this.pump();
  }

  private async attempt(entry: OutboxEntry): Promise<SendOutcome> {
    const { clientMessageId, conversationId, channel, text, attachments, complete } = entry;
    try {
      await this.untilKept(clientMessageId);
      const input = {
        ...{ conversationId, channel, text, clientMessageId, complete },
        attachmentIds: attachments.map(({ id }) => id),
      };
      const { requests } = this.options;
      const { sendMessage } = await requests.run(SendMessageDocument, { input }, { timeoutMs: SEND_TIMEOUT_MS });
      const [refused] = sendMessage.errors;
      const existing = refused !== undefined && 'existingMessage' in refused ? refused.existingMessage : null;
      const message = sendMessage.message ?? existing;
      if (message !== null) {
        this.options.onStored({ message, conversation: sendMessage.conversation, conversationId });
        if (this.queue.get(clientMessageId) !== undefined) this.gone(clientMessageId, { message, conversationId });
        return { kind: 'stored' };
      }
      const closedAt = refused !== undefined && 'closedAt' in refused ? refused.closedAt : undefined;
      return { kind: 'refused', refusal: { code: refused?.code ?? 'REJECTED', ...(closedAt && { closedAt }) } };
    } catch (error) {
      if (error instanceof RequestError) return { kind: 'failed', error: error.kind, retryAfterMs: error.retryAfterMs };
      throw error;
    }
  }

  private async untilKept(clientMessageId: string): Promise<void> {
    const limit = new Promise<void>((resolve) => setTimeout(resolve, KEEP_MS));
    // Storage that refuses is no reason not to send.
    await Promise.race([this.keeping.get(clientMessageId)?.catch(() => undefined), limit]);
  }

  private gone(clientMessageId: string, stored: { message: ThreadMessage; conversationId: string } | null): void {
    const entry = this.queue.remove(clientMessageId);
    if (entry === undefined) return;
    this.keep([{ key: PREFIX + clientMessageId, value: undefined }]).catch(() => undefined);
    this.options.tabs.tell({ kind: 'outbox-gone', clientMessageId, stored });
    this.show(entry);
    this.pump();
  }

  private changed(entry: OutboxEntry): void {
    this.keep([{ key: PREFIX + entry.clientMessageId, value: entry }]).catch(() => undefined);
    this.options.tabs.tell({ kind: 'outbox', entry });
    this.show(entry);
  }

  private keep(changes: StorageChange[]): Promise<void> {
    return this.options.storage.write(changes);
  }

  private show({ conversationId }: OutboxEntry): void {
    const states = this.queue.of(conversationId).map(({ state }) => state);
    const state = states.includes('refused') ? 'refused' : states.length > 0 ? 'waiting' : undefined;
    if (this.unsent.get().get(conversationId) !== state) {
      const next = new Map(this.unsent.get());
      if (state === undefined) next.delete(conversationId);
      else next.set(conversationId, state);
      this.unsent.set(next);
    }
    this.options.onChanged(conversationId);
  }

  private takeOverLater(clientMessageId: string): void {
    setTimeout(() => {
      const entry = this.queue.get(clientMessageId);
      if (!this.stopped && entry?.state === 'waiting' && entry.attempts === 0) this.options.role.take();
    }, TAKE_OVER_MS);
  }
}
