import type { RequestErrorKind } from './request-error';
import type { ChannelKind, NewMessage, PendingMessage, SendRefusal } from './types';

/** The server knows a clientMessageId for 7 days; after that the same message would be stored twice. */
const SAFE_TO_REPEAT_MS = 6.5 * 86_400_000;
/** INTERNAL may be this very message's fault: it must not wait for ever, and hold up others. */
const MOST_INTERNAL_FAILURES = 6;

/** As it is kept in the browser's storage. */
export interface OutboxEntry extends PendingMessage {
  /** Place among the messages of the same conversation. */
  order: number;
  attempts: number;
}

export type SendOutcome =
  | { kind: 'stored' }
  | { kind: 'refused'; refusal: SendRefusal }
  | { kind: 'failed'; error: RequestErrorKind; retryAfterMs?: number };

/**
 * Messages on their way, as values: what is waiting, which may go now, and what becomes of one after a try. In each
 * conversation one is on its way at a time, in the order of writing; one that was refused waits for the agent and lets the
 * next ones pass.
 */
export class OutboxQueue {
  private readonly entries = new Map<string, OutboxEntry>();
  private readonly notBefore = new Map<string, number>();

  constructor(private readonly backOff: (attempt: number) => number) {}

  get all(): OutboxEntry[] {
    return [...this.entries.values()].sort((a, b) => a.order - b.order);
  }

  get(id: string): OutboxEntry | undefined {
    return this.entries.get(id);
  }

  of(conversationId: string): OutboxEntry[] {
    return this.all.filter((entry) => entry.conversationId === conversationId);
  }

  add(message: NewMessage & { clientMessageId: string }, now: number): OutboxEntry {
    const known = this.entries.get(message.clientMessageId);
    if (known !== undefined) return known;
    const orders = [...this.entries.values()].map(({ order }) => order);
    return this.put({
      ...message,
      attachments: [...message.attachments],
      createdAt: new Date(now).toISOString(),
      state: 'waiting',
      order: Math.max(now, ...orders.map((order) => order + 1)),
      attempts: 0,
    });
  }

  /** As another tab has it, or storage. */
  put(entry: OutboxEntry): OutboxEntry {
    this.entries.set(entry.clientMessageId, entry);
    return entry;
  }

  remove(id: string): OutboxEntry | undefined {
    const entry = this.entries.get(id);
    this.entries.delete(id);
    this.notBefore.delete(id);
    return entry;
  }

  clear(): void {
    this.entries.clear();
    this.notBefore.clear();
  }

  /** Those that may go now: of each conversation the first that is not refused, if it is not on its way. */
  sendable(now: number): OutboxEntry[] {
    const first = new Map<string, OutboxEntry>();
    for (const entry of this.all)
      if (entry.state !== 'refused' && !first.has(entry.conversationId)) first.set(entry.conversationId, entry);
    return [...first.values()].filter(
      ({ state, clientMessageId }) => state === 'waiting' && (this.notBefore.get(clientMessageId) ?? 0) <= now,
    );
  }

  /** When the next one may go; null: none waits for its time. */
  nextAt(now: number): number | null {
    const times = [...this.notBefore.values()].filter((at) => at > now);
    return times.length === 0 ? null : Math.min(...times);
  }

  sending(id: string): OutboxEntry | undefined {
    return this.change(id, ({ lastError: _, ...entry }) => ({
      ...entry,
      state: 'sending',
      attempts: entry.attempts + 1,
    }));
  }

  /** Undefined: it is no longer here, for it is stored or was taken out. */
  settle(id: string, outcome: SendOutcome, now: number): OutboxEntry | undefined {
    if (outcome.kind === 'stored') {
      this.remove(id);
      return undefined;
    }
    return this.change(id, (entry) => {
      const refusal = outcome.kind === 'refused' ? outcome.refusal : finalRefusal(entry, outcome.error);
      if (refusal !== null) {
        this.notBefore.delete(id);
        return { ...entry, state: 'refused', refusal };
      }
      const { error, retryAfterMs = 0 } = outcome as Extract<SendOutcome, { kind: 'failed' }>;
      this.notBefore.set(id, now + Math.max(retryAfterMs, this.backOff(entry.attempts - 1)));
      return { ...entry, state: 'waiting', lastError: error };
    });
  }

  /** The agent tries a refused one again, or does not want to wait. */
  retry(id: string): OutboxEntry | undefined {
    this.notBefore.delete(id);
    return this.change(id, (entry) => {
      if (entry.state === 'sending') return entry;
      const { refusal: _, ...rest } = entry;
      return { ...rest, state: 'waiting', attempts: 0 };
    });
  }

  /** The network is back: nobody waits any longer. */
  hurry(): void {
    this.notBefore.clear();
  }

  changeChannel(id: string, channel: ChannelKind): OutboxEntry | undefined {
    const entry = this.change(id, (held) => (held.state === 'sending' ? held : { ...held, channel }));
    return entry?.state === 'refused' ? this.retry(id) : entry;
  }

  /**
   * Whoever was sending is gone: it is not known what became of those on their way. They go again with the same id,
   * unless that is so long ago that the server forgot it.
   */
  recover(now: number): OutboxEntry[] {
    const changed: OutboxEntry[] = [];
    for (const entry of this.all) {
      const isOld = now - Date.parse(entry.createdAt) > SAFE_TO_REPEAT_MS;
      if (entry.state === 'refused' || (entry.state === 'waiting' && !isOld)) continue;
      const found =
        isOld && entry.attempts > 0
          ? this.put({ ...entry, state: 'refused', refusal: { code: 'TOO_OLD' } })
          : this.put({ ...entry, state: 'waiting' });
      changed.push(found);
    }
    return changed;
  }

  private change(id: string, to: (entry: OutboxEntry) => OutboxEntry): OutboxEntry | undefined {
    const entry = this.entries.get(id);
    return entry && this.put(to(entry));
  }
}

function finalRefusal(entry: OutboxEntry, error: RequestErrorKind): SendRefusal | null {
  if (error === 'forbidden') return { code: 'WRONG_AGENT_ROLE' };
  if (error === 'refused') return { code: 'REJECTED' };
  if (error === 'internal' && entry.attempts >= MOST_INTERNAL_FAILURES) return { code: 'INTERNAL' };
  return null;
}
