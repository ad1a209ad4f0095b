import type { KeptStorage, StorageChange } from './kept-storage';
import { Paced } from './paced';
import type { Tabs } from './tabs';
import type { Draft, NewMessage } from './types';

export const EMPTY_DRAFT: Draft = Object.freeze({ text: '', channel: null, attachments: Object.freeze([]) });
const PREFIX = 'draft/';
/** Between two writes. The first change after a pause is written at once: a page that ends may not finish a write any more. */
export const WRITE_MS = 300;

const isEmpty = ({ text, channel, attachments }: Draft) => text === '' && channel === null && attachments.length === 0;

/**
 * One draft for each conversation. What this tab changed and has not written yet is never replaced by another tab's; what
 * was sent leaves the storage only together with the message's arrival in it.
 */
export class Drafts {
  private readonly drafts = new Map<string, Draft>();
  private readonly unwritten = new Set<string>();
  private readonly beingWritten = new Set<string>();
  private readonly listeners = new Map<string, Set<() => void>>();
  /** Messages that are not kept yet: the stored draft is the only durable copy of their text. */
  private readonly leaving = new Map<string, Promise<void>>();
  private readonly writing = new Paced(() => void this.flush(), WRITE_MS);

  constructor(
    private readonly storage: KeptStorage,
    private readonly tabs: Pick<Tabs, 'tell'>,
  ) {}

  /** What storage holds. Anything typed before it was read stays. */
  load(kept: readonly (readonly [string, unknown])[]): void {
    for (const [key, value] of kept) {
      if (!key.startsWith(PREFIX)) continue;
      const conversationId = key.slice(PREFIX.length);
      if (this.drafts.has(conversationId) || this.isNews(conversationId)) continue;
      this.set(conversationId, value as Draft);
    }
  }

  get(conversationId: string): Draft {
    return this.drafts.get(conversationId) ?? EMPTY_DRAFT;
  }

  subscribe(conversationId: string, listener: () => void): () => void {
    const listeners = this.listeners.get(conversationId) ?? new Set();
    this.listeners.set(conversationId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.listeners.delete(conversationId);
    };
  }

  change(conversationId: string, change: Partial<Draft>): void {
    this.set(conversationId, { ...this.get(conversationId), ...change });
    if (!isEmpty(this.get(conversationId))) this.leaving.delete(conversationId);
    this.unwritten.add(conversationId);
    this.writing.ask();
  }

  /** Another tab's change. */
  hear(conversationId: string, draft: Draft): void {
    if (!this.isNews(conversationId)) this.set(conversationId, draft);
  }

  /** What stays in the box when this message leaves it: what was written after Send was pressed, as while a file was uploaded. */
  restAfter({ conversationId, text, attachments }: Pick<NewMessage, 'conversationId' | 'text' | 'attachments'>): Draft {
    const draft = this.get(conversationId);
    const now = draft.text.trim();
    const sent = text.trim();
    const sentIds = new Set(attachments.map(({ id }) => id));
    const rest = {
      text: now.startsWith(sent) ? now.slice(sent.length).trimStart() : draft.text,
      attachments: draft.attachments.filter(({ id }) => !sentIds.has(id)),
    };
    return rest.text === '' && rest.attachments.length === 0 ? EMPTY_DRAFT : { ...draft, ...rest };
  }

  /** Takes a message that is being kept out of the draft; the storage follows when that is done. */
  leave(conversationId: string, kept: Promise<void>, rest: Draft = EMPTY_DRAFT): void {
    this.set(conversationId, rest);
    this.unwritten.delete(conversationId);
    this.leaving.set(conversationId, kept);
    kept.then(
      () => {
        if (this.leaving.get(conversationId) === kept) this.leaving.delete(conversationId);
        this.tabs.tell({ kind: 'draft', conversationId, draft: this.get(conversationId) });
      },
      // The message is on the screen only: the stored draft stays until another text takes its place.
      () => undefined,
    );
  }

  /** The change that makes the storage agree with a draft. */
  changeOf(conversationId: string): StorageChange {
    const draft = this.get(conversationId);
    return { key: PREFIX + conversationId, value: isEmpty(draft) ? undefined : draft };
  }

  /** Writes at once what is not written yet. */
  async flush(): Promise<void> {
    // The storage loses an emptied draft together with the arrival of its message, not before.
    const ready = [...this.unwritten].filter((id) => !(this.leaving.has(id) && isEmpty(this.get(id))));
    this.unwritten.clear();
    if (ready.length === 0) return;
    for (const id of ready) this.beingWritten.add(id);
    for (const conversationId of ready)
      this.tabs.tell({ kind: 'draft', conversationId, draft: this.get(conversationId) });
    try {
      await this.storage.write(ready.map((id) => this.changeOf(id)));
    } catch {
      // Full or blocked storage: the text stays in the box, and every further change tries again.
      for (const id of ready) this.unwritten.add(id);
    } finally {
      for (const id of ready) this.beingWritten.delete(id);
    }
  }

  stop(): void {
    this.writing.stop();
    void this.flush();
  }

  /** Changed here, and not in the storage yet. */
  private isNews(conversationId: string): boolean {
    return this.unwritten.has(conversationId) || this.beingWritten.has(conversationId);
  }

  private set(conversationId: string, draft: Draft): void {
    if (isEmpty(draft)) this.drafts.delete(conversationId);
    else this.drafts.set(conversationId, draft);
    for (const listener of [...(this.listeners.get(conversationId) ?? [])]) listener();
  }
}
