import type { ThreadActivity, ThreadMessage } from './types';

export type StoredItem = ThreadMessage | ThreadActivity;

interface Placed {
  item: StoredItem;
  /** Version of the conversation with which it was pushed; 0 = it came with a page. */
  version: number;
}

/**
 * The stored items of a thread, oldest first. A push goes to the end, for pushes come in the thread's order; an answer to
 * a request may overtake them, so what it brings stands `ahead`, after everything, until its place is known.
 */
export class Timeline {
  private items: Placed[] = [];
  private readonly ids = new Set<string>();
  private ahead: ThreadMessage[] = [];
  /** Changes of messages that are not held, while an older page is on its way. */
  private missed: Map<string, ThreadMessage> | null = null;

  get length(): number {
    return this.items.length;
  }

  all(): StoredItem[] {
    return [...this.items.map(({ item }) => item), ...this.ahead];
  }

  has(id: string): boolean {
    return this.ids.has(id) || this.ahead.some((message) => message.id === id);
  }

  /** `version`: of the conversation with this item. */
  push(item: StoredItem, version: number): void {
    this.ahead = this.ahead.filter(({ id }) => id !== item.id);
    if (this.ids.has(item.id)) return this.replace(item);
    this.items.push({ item, version });
    this.ids.add(item.id);
  }

  change(message: ThreadMessage): void {
    this.missed?.set(message.id, message);
    if (this.ids.has(message.id)) this.replace(message);
    else this.ahead = this.ahead.map((held) => (held.id === message.id ? message : held));
  }

  /** The stored message of an answer, which what was pushed of it may have overtaken. */
  answer(message: ThreadMessage): void {
    if (!this.has(message.id)) this.ahead = [...this.ahead, message];
  }

  /**
   * The newest page, of a conversation in `version`. Keeps what is older when the page joins on to it, and what was
   * pushed after the page was read. Everything else makes way: between it and the page something may be missing.
   * Gives whether older items were kept.
   */
  applyNewest(page: readonly StoredItem[], version: number, keepsOlder = true): boolean {
    const inPage = new Set(page.map(({ id }) => id));
    const joint = this.items.findIndex(({ item }) => inPage.has(item.id));
    const older = joint < 0 || !keepsOlder ? [] : this.items.slice(0, joint);
    const newer = this.items.filter((placed) => placed.version > version && !inPage.has(placed.item.id));
    const kept = older.filter((placed) => !newer.includes(placed));
    // A change that was pushed while the page was on its way is newer than the page.
    const pushed = new Map(this.items.filter((placed) => placed.version > version).map(({ item }) => [item.id, item]));
    this.setItems([
      ...kept,
      ...page.map((item) => ({ item: this.missed?.get(item.id) ?? pushed.get(item.id) ?? item, version: 0 })),
      ...newer,
    ]);
    this.ahead = this.ahead.filter(({ id }) => !this.ids.has(id));
    return kept.length > 0;
  }

  applyOlder(page: readonly StoredItem[]): void {
    const fresh = page.filter(({ id }) => !this.ids.has(id));
    const placed = fresh.map((item) => ({ item: this.missed?.get(item.id) ?? item, version: 0 }));
    this.setItems([...placed, ...this.items]);
  }

  /** Remembers changes from now until `stopRecording`, for the page that was asked for. */
  record(): void {
    this.missed ??= new Map();
  }

  stopRecording(): void {
    this.missed = null;
  }

  /** Leaves the newest `most` items; gives whether others went. */
  shorten(most: number): boolean {
    if (this.items.length <= most) return false;
    this.setItems(this.items.slice(-most));
    return true;
  }

  private setItems(items: Placed[]): void {
    this.items = items;
    this.ids.clear();
    for (const { item } of items) this.ids.add(item.id);
  }

  private replace(item: StoredItem): void {
    const index = this.items.findLastIndex((held) => held.item.id === item.id);
    const held = this.items[index];
    if (held !== undefined) this.items[index] = { ...held, item };
  }
}
