import type { HostLink } from './host-link';
import { newestSeq, shownMessages, type Thread } from './thread';

const KEY = 'read';

/** Up to where the visitor has read in this browser; all tabs agree through the host page's storage. */
export class Reading {
  private seq: number;
  private told = true;

  constructor(
    private readonly host: HostLink,
    stored: string | undefined,
    /** False: there is no connection now. */
    private readonly tell: (upToSeq: number) => boolean,
  ) {
    this.seq = Number(stored ?? 0) || 0;
  }

  /** Messages of others beyond what was read. */
  unread(thread: Thread): number {
    return shownMessages(thread).filter(({ seq, author }) => seq > this.seq && author.kind !== 'visitor').length;
  }

  /** The newest message is on the screen of a visible page. */
  seen(thread: Thread): boolean {
    const newest = newestSeq(thread);
    if (newest <= this.seq) return false;
    const news = this.unread(thread) > 0;
    this.seq = newest;
    this.host.store(KEY, String(newest));
    if (news) this.told = this.tell(newest);
    return news;
  }

  connected(): void {
    if (!this.told) this.told = this.tell(this.seq);
  }

  /** What another tab stored. */
  absorb(key: string, value: string | null): void {
    if (key === KEY) this.seq = Number(value ?? 0) || 0;
  }

  beginAnew(): void {
    this.seq = 0;
    this.told = true;
    this.host.store(KEY, null);
  }
}
