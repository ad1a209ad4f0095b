import { CountInbox, type OutputOf } from '@conversations/contracts';
import { Messaging } from '@conversations/messaging';
import { Injectable } from '@nestjs/common';

type Counts = OutputOf<typeof CountInbox>;

/** Counting is a query over the inbox: under load it is done at most this often. */
const PACE_MS = 250;
const RETRY_MS = 2_000;

/** Keeps the inbox's numbers current on screens: after changes they are counted once and told if they differ. */
@Injectable()
export class InboxCounts {
  private told: Counts | null = null;
  private timer: NodeJS.Timeout | null = null;
  private counting = false;
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
    this.countIn(PACE_MS);
  }

  /** A screen has loaded numbers that may not be those told last: the next count is told even when it is the same. */
  forget(): void {
    this.told = null;
  }

  /** Somebody may have missed a change. */
  tellAgain(): void {
    this.forget();
    this.changed();
  }

  private countIn(ms: number): void {
    this.timer ??= setTimeout(() => void this.count(), ms).unref();
  }

  private async count(): Promise<void> {
    // Freed before asking: what changes while the answer is on its way is counted again.
    this.timer = null;
    // One at a time: an answer that comes late must not undo a newer one.
    if (this.counting) return this.changed();
    this.counting = true;
    try {
      const { told } = this;
      const counts = await this.messaging.request(CountInbox, {});
      const isSame = told?.unread === counts.unread && told.open === counts.open && told.attention === counts.attention;
      // Forgotten while the answer was on its way: told again, as a screen may hold older numbers.
      if (isSame && this.told !== null) return;
      this.told = counts;
      this.onChange(counts);
    } catch {
      // The service is away: screens keep the last numbers until it answers again.
      this.forget();
      this.countIn(RETRY_MS);
    } finally {
      this.counting = false;
    }
  }
}
