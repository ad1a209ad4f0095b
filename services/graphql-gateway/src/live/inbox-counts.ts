import { CountInbox, type OutputOf } from '@conversations/contracts';
import { Messaging } from '@conversations/messaging';
import { Injectable } from '@nestjs/common';

type Counts = OutputOf<typeof CountInbox>;

/** Counting is a query over the inbox: under load it is done at most this often. */
const PACE_MS = 250;

/** Keeps the inbox's numbers current on screens: after changes they are counted once and told if they differ. */
@Injectable()
export class InboxCounts {
  private last: Counts | null = null;
  private timer: NodeJS.Timeout | null = null;
  private onChange: (counts: Counts) => void = () => undefined;

  constructor(private readonly messaging: Messaging) {}

  start(onChange: (counts: Counts) => void): void {
    this.onChange = onChange;
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
  }

  /** Something happened that the numbers may show. */
  changed(): void {
    this.timer ??= setTimeout(() => void this.count(), PACE_MS);
  }

  /** Somebody may have missed a change: the next count is told even when it is the same. */
  tellAgain(): void {
    this.last = null;
    this.changed();
  }

  private async count(): Promise<void> {
    // Freed before asking: what changes while the answer is on its way is counted again.
    this.timer = null;
    try {
      const counts = await this.messaging.request(CountInbox, {});
      const { last } = this;
      this.last = counts;
      const same = last?.unread === counts.unread && last.open === counts.open && last.attention === counts.attention;
      if (!same) this.onChange(counts);
    } catch {
      // The service is away: screens keep the last numbers, and the next change counts again.
      this.last = null;
    }
  }
}
