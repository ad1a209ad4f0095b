import { type ConversationFilter, InboxTotalDocument } from '../generated/documents';
import type { Requests } from './request';

const PACE_MS = 5_000;

interface TotalListener {
  isWanted: () => boolean;
  /** Something changed that the number may show. */
  onDue: () => void;
  onChange: () => void;
}

/** How many conversations a filter has. Counting costs the server, so it is done at most each 5 s, and only when seen. */
export class ListTotal {
  /** Null: not known, or more than 1,000. */
  value: number | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly requests: Requests,
    private readonly filter: ConversationFilter,
    private readonly listener: TotalListener,
  ) {}

  countSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      if (this.listener.isWanted()) this.listener.onDue();
    }, PACE_MS);
  }

  async count(): Promise<void> {
    try {
      const { conversations } = await this.requests.run(InboxTotalDocument, { filter: this.filter });
      this.value = conversations.totalCount;
    } catch {
      // A number that may be wrong is worse than none.
      this.value = null;
    }
    this.listener.onChange();
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
  }
}
