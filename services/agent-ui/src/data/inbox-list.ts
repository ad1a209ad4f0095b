import { belongs, searchOf } from './inbox-filter';
import { comparePlaces, OrderedIds, type Place } from './ordered-ids';
import type { ConversationRow, InboxFilter } from './types';

/** Reordering waits so long for more of it. */
export const REORDER_MS = 250;

interface ListContext {
  rowOf(id: string): ConversationRow | undefined;
  /** When a row was last pushed, on the clock of `now`. */
  heardAt(id: string): number;
  now(): number;
  /** The conversation whose thread is open: its row stays until another one is opened. */
  isOpen(id: string): boolean;
  onChange(): void;
}

/** One page of the server, in its order. */
export interface ListPage {
  rows: readonly ConversationRow[];
  hasMore: boolean;
  endCursor: string | null;
  /** `now` when it was asked for. */
  askedAt: number;
}

const placeOf = ({ id, lastActivityAt }: ConversationRow): Place => ({ id, at: lastActivityAt });

/**
 * The conversations of one filter: `order` follows every change at once, `shown` follows `order` at most each 250 ms and
 * not while the list is held. Rows below the last loaded one are left to the pages that are still to come.
 */
export class InboxList {
  shown: readonly string[] = [];
  hasMore = true;
  endCursor: string | null = null;
  private readonly order = new OrderedIds();
  private readonly news = new Set<string>();
  /** In `order` although they no longer belong, because their thread is open. */
  private readonly staying = new Set<string>();
  private reach: Place | null = null;
  private isHeld = false;
  private moved = false;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    readonly filter: InboxFilter,
    private readonly context: ListContext,
  ) {}

  /** Conversations with news whose new place is not shown. */
  get heldCount(): number {
    return this.isHeld ? this.news.size : 0;
  }

  has(id: string): boolean {
    return this.order.has(id);
  }

  /** Something about a conversation changed; `byMe`: an action of this agent, which shows even while the list is held. */
  consider(id: string, byMe = false): void {
    const row = this.context.rowOf(id);
    const known = this.order.has(id);
    if (row !== undefined && this.wants(row, known)) {
      this.staying.delete(id);
      if (!this.order.set(id, row.lastActivityAt)) return;
      this.news.add(id);
      return this.reorderSoon();
    }
    if (this.context.isOpen(id)) {
      if (known) this.staying.add(id);
      return;
    }
    if (known) {
      this.drop(id);
      this.reorderSoon();
    }
    if (byMe && this.isHeld && this.shown.includes(id)) this.showWithout(id);
  }

  /** Another thread was opened: rows that stayed only for the last one leave. */
  openChanged(): void {
    for (const id of [...this.staying]) {
      if (this.context.isOpen(id)) continue;
      this.consider(id, true);
    }
  }

  hold(on: boolean): void {
    if (this.isHeld === on) return;
    this.isHeld = on;
    if (!on) this.show();
  }

  /** Shows everything now, also while held. */
  show(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.news.clear();
    if (this.moved) this.shown = this.order.ids();
    this.moved = false;
    this.context.onChange();
  }

  /** Everything was loaded again: shown at once unless the list is held. */
  settle(): void {
    if (this.isHeld) this.context.onChange();
    else this.show();
  }

  /** A further page was loaded: it is shown below, which moves nothing, even while held. */
  showFurther(after: Place | null): void {
    if (!this.isHeld) return this.show();
    const held = new Set(this.shown);
    this.shown = [...this.shown, ...this.order.between(after, null).filter((id) => !held.has(id))];
    this.context.onChange();
  }

  /** `after`: the last place of the page before, null for the first page. What the server no longer has there leaves. */
  applyPage(page: ListPage, after: Place | null): Place | null {
    const last = page.rows.at(-1);
    const end = page.hasMore && last !== undefined ? placeOf(last) : null;
    const inPage = new Set<string>();
    for (const { id } of page.rows) {
      inPage.add(id);
      const row = this.context.rowOf(id);
      if (row === undefined || !belongs(row, this.filter)) continue;
      if (this.order.set(id, row.lastActivityAt)) this.moved = true;
    }
    for (const id of this.order.between(after, end))
      if (!inPage.has(id) && this.context.heardAt(id) <= page.askedAt && !this.context.isOpen(id)) this.drop(id);
    return end;
  }

  /** What is loaded ends there; null: there is nothing after it. */
  setReach(reach: Place | null, endCursor: string | null): void {
    this.reach = reach;
    this.hasMore = reach !== null;
    this.endCursor = endCursor;
    if (reach === null) return;
    const beyond = this.order.between(reach, null);
    for (const id of beyond) if (!this.context.isOpen(id)) this.drop(id);
  }

  get loadedTo(): Place | null {
    return this.reach;
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
  }

  private wants(row: ConversationRow, known: boolean): boolean {
    if (!belongs(row, this.filter)) return false;
    // Whether a text matches is the server's to say: the search is asked again for those not in it.
    if (searchOf(this.filter) !== null) return known;
    return known || this.reach === null || comparePlaces(placeOf(row), this.reach) <= 0;
  }

  private drop(id: string): void {
    this.staying.delete(id);
    this.news.delete(id);
    if (this.order.delete(id)) this.moved = true;
  }

  private showWithout(id: string): void {
    this.shown = this.shown.filter((shown) => shown !== id);
    this.context.onChange();
  }

  private reorderSoon(): void {
    this.moved = true;
    this.timer ??= setTimeout(() => {
      this.timer = null;
      if (this.isHeld) this.context.onChange();
      else this.show();
    }, REORDER_MS);
  }
}
