import type { PresenceStateFragment } from '../generated/documents';
import type { ConversationRow } from './types';

/** What an action already shows while its request is on the way. */
export type RowPatch = Partial<Pick<ConversationRow, 'status' | 'completed' | 'unread' | 'read' | 'assignee'>>;

interface Held {
  stored: ConversationRow;
  /** `stored` with the newest presence and the patches on top. */
  view: ConversationRow;
  patches: RowPatch[];
  heardAt: number;
}

interface HeldPresence extends Pick<PresenceStateFragment, 'presence' | 'currentPage'> {
  heardAt: number;
}

const SMALLEST_TRIM = 1_000;

/**
 * Conversations by id, each in its newest version. Presence has no version: what was pushed after a request was sent
 * wins over that request's answer, which `now` at the time of sending tells.
 */
export class ConversationRows {
  private readonly held = new Map<string, Held>();
  private readonly presence = new Map<string, HeldPresence>();
  private readonly byVisitor = new Map<string, Set<string>>();
  private readonly rowListeners = new Map<string, Set<() => void>>();
  private readonly changeListeners = new Set<(id: string) => void>();
  private moment = 0;
  private trimAt = SMALLEST_TRIM;

  /** @param isNeeded rows that stay although nothing on the screen subscribes to them */
  constructor(private readonly isNeeded: (id: string) => boolean = () => false) {}

  /** Grows with everything pushed. */
  get now(): number {
    return this.moment;
  }

  get size(): number {
    return this.held.size;
  }

  get(id: string): ConversationRow | undefined {
    return this.held.get(id)?.view;
  }

  /** When something about this conversation was last pushed. */
  heardAt(id: string): number {
    return this.held.get(id)?.heardAt ?? 0;
  }

  subscribe(id: string, listener: () => void): () => void {
    const listeners = this.rowListeners.get(id) ?? new Set();
    this.rowListeners.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.rowListeners.get(id) === listeners) this.rowListeners.delete(id);
    };
  }

  /** Ids that something on the screen shows. */
  get shownIds(): Iterable<string> {
    return this.rowListeners.keys();
  }

  onChange(listener: (id: string) => void): () => void {
    this.changeListeners.add(listener);
    return () => this.changeListeners.delete(listener);
  }

  /** A pushed copy. False: refused, a newer one is held. */
  push(row: ConversationRow): boolean {
    this.moment += 1;
    return this.put(row, this.moment, true);
  }

  /** A copy from an answer whose request was sent at `askedAt`. */
  answer(row: ConversationRow, askedAt: number): boolean {
    return this.put(row, askedAt, false);
  }

  /** False when no conversation of the visitor is held. */
  pushPresence(visitor: PresenceStateFragment): boolean {
    this.moment += 1;
    this.learnPresence(visitor, this.moment);
    return this.byVisitor.has(visitor.id);
  }

  answerPresence(visitor: PresenceStateFragment, askedAt: number): void {
    if (this.heardPresenceAt(visitor.id) <= askedAt) this.learnPresence(visitor, askedAt);
  }

  /** Shows `patch` on top of whatever is stored until the returned function is called. */
  patch(id: string, patch: RowPatch): () => void {
    const held = this.held.get(id);
    if (held === undefined) return () => undefined;
    held.patches.push(patch);
    this.show(id, held);
    return () => {
      const index = held.patches.indexOf(patch);
      if (index < 0) return;
      held.patches.splice(index, 1);
      this.show(id, held);
    };
  }

  private put(row: ConversationRow, at: number, pushed: boolean): boolean {
    const { visitor } = row;
    if (visitor !== null && (pushed ? !this.isOutdated(visitor) : this.heardPresenceAt(visitor.id) <= at))
      this.learnPresence(visitor, at);
    const held = this.held.get(row.id);
    if (held !== undefined) {
      if (row.version < held.stored.version) return false;
      if (pushed) held.heardAt = at;
      // Re-inserted, so that the map's order is that of the last change.
      this.held.delete(row.id);
      this.held.set(row.id, held);
      if (row.version === held.stored.version && sameRow(row, held.stored)) {
        // A list that an older page has just changed hears of it again.
        if (pushed) for (const listener of this.changeListeners) listener(row.id);
        return true;
      }
      held.stored = row;
      this.index(row);
      this.show(row.id, held);
      return true;
    }
    const added: Held = { stored: row, view: row, patches: [], heardAt: pushed ? at : 0 };
    this.held.set(row.id, added);
    this.index(row);
    this.show(row.id, added);
    if (this.held.size > this.trimAt) this.trim();
    return true;
  }

  private index({ id, visitor }: ConversationRow): void {
    if (visitor === null) return;
    const ids = this.byVisitor.get(visitor.id);
    if (ids === undefined) this.byVisitor.set(visitor.id, new Set([id]));
    else ids.add(id);
  }

  private heardPresenceAt(visitorId: string): number {
    return this.presence.get(visitorId)?.heardAt ?? 0;
  }

  /** Who comes and goes is told on another way than the log: a pushed row may know less of it than what came before. */
  private isOutdated({ id, presence }: PresenceStateFragment): boolean {
    const known = this.presence.get(id);
    return known !== undefined && Date.parse(known.presence.since) > Date.parse(presence.since);
  }

  private learnPresence({ id, presence, currentPage }: PresenceStateFragment, heardAt: number): void {
    const known = this.presence.get(id);
    this.presence.set(id, { presence, currentPage, heardAt });
    if (known !== undefined && samePresence(known, { presence, currentPage })) return;
    for (const conversationId of this.byVisitor.get(id) ?? []) {
      const held = this.held.get(conversationId);
      if (held !== undefined) this.show(conversationId, held);
    }
  }

  private show(id: string, held: Held): void {
    const { stored } = held;
    const known = stored.visitor === null ? undefined : this.presence.get(stored.visitor.id);
    const visitor =
      known === undefined || stored.visitor === null
        ? stored.visitor
        : { id: stored.visitor.id, presence: known.presence, currentPage: known.currentPage };
    held.view = Object.assign({}, stored, { visitor }, ...held.patches) as ConversationRow;
    for (const listener of [...(this.rowListeners.get(id) ?? [])]) listener();
    for (const listener of this.changeListeners) listener(id);
  }

  /** Drops rows that nothing needs, those unchanged for longest first. Done seldom, so that it costs little per row. */
  private trim(): void {
    let surplus = this.held.size - SMALLEST_TRIM / 2;
    for (const [id, { stored, patches }] of this.held) {
      if (surplus <= 0) break;
      if (this.rowListeners.has(id) || patches.length > 0 || this.isNeeded(id)) continue;
      this.held.delete(id);
      surplus -= 1;
      if (stored.visitor === null) continue;
      const ids = this.byVisitor.get(stored.visitor.id);
      ids?.delete(id);
      if (ids?.size !== 0) continue;
      this.byVisitor.delete(stored.visitor.id);
      this.presence.delete(stored.visitor.id);
    }
    this.trimAt = Math.max(SMALLEST_TRIM, this.held.size * 1.5);
  }
}

function samePresence(a: Omit<HeldPresence, 'heardAt'>, b: Omit<HeldPresence, 'heardAt'>): boolean {
  return (
    a.presence.state === b.presence.state &&
    a.presence.since === b.presence.since &&
    a.currentPage?.url === b.currentPage?.url &&
    a.currentPage?.title === b.currentPage?.title
  );
}

/** Copies of one version differ only where a service could not answer, or in names. */
function sameRow(a: ConversationRow, b: ConversationRow): boolean {
  return JSON.stringify({ ...a, visitor: a.visitor?.id }) === JSON.stringify({ ...b, visitor: b.visitor?.id });
}
