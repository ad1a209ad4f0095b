import { PresenceOfDocument, RowsDocument } from '../generated/documents';
import type { ConversationRows } from './conversation-rows';
import type { Requests } from './request';

const REPAIR_MS = 2_000;
/** Ids that the server takes at once. */
const MOST_NODES = 100;

/** Asks again for what pushes cannot bring: rows that a service could not complete, and presence after a break. */
export class RowRepair {
  private readonly broken = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | null = null;
  private stopped = false;

  constructor(
    private readonly rows: ConversationRows,
    private readonly requests: Requests,
  ) {}

  /** A pushed row whose last message could not be read, for its service was down. */
  soon(id: string): void {
    if (this.stopped) return;
    this.broken.add(id);
    this.timer ??= setTimeout(() => {
      this.timer = null;
      void this.repair();
    }, REPAIR_MS);
  }

  /** Presence is not in the log: a gateway that was down did not hear who came and went. */
  async refreshPresence(): Promise<void> {
    const shown = [...this.rows.shownIds].map((id) => this.rows.get(id)?.visitor?.id);
    const ids = [...new Set(shown)].filter((id) => id !== undefined).slice(0, MOST_NODES);
    if (ids.length === 0) return;
    const askedAt = this.rows.now;
    try {
      const { nodes } = await this.requests.run(PresenceOfDocument, { ids });
      for (const node of nodes) if (node?.__typename === 'Visitor') this.rows.answerPresence(node, askedAt);
    } catch {
      // Best effort: the next coming or going is pushed.
      return;
    }
  }

  stop(): void {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
  }

  private async repair(): Promise<void> {
    const ids = [...this.broken].slice(0, MOST_NODES);
    for (const id of ids) this.broken.delete(id);
    const askedAt = this.rows.now;
    try {
      const { nodes } = await this.requests.run(RowsDocument, { ids });
      for (const node of nodes) {
        if (node?.__typename !== 'Conversation') continue;
        this.rows.answer(node, askedAt);
        if (node.lastMessage === null) this.soon(node.id);
      }
    } catch {
      for (const id of ids) this.soon(id);
    }
    const [next] = this.broken;
    if (next !== undefined) this.soon(next);
  }
}
