import type { Page } from '@conversations/contracts';

/** What a replica says of a visitor whose socket it holds. */
export interface PresenceEntry {
  /** When the visitor came, ISO. */
  since: string;
  page: Page | null;
  locale: string | null;
}

export interface Presence extends PresenceEntry {
  online: boolean;
}

/** `presence` is null when nothing is known of the visitor any more. */
export interface PresenceChange {
  visitorId: string;
  presence: Presence | null;
}

interface HeldEntry {
  entry: PresenceEntry;
  revision: number;
  heardAt: number;
  bucket: string;
}

/** How long entries of a lost bucket count, so that their owners can write them again before anybody seems to leave. */
const REWRITE_GRACE_MS = 5_000;

/** What this process has heard of who holds whom. Times are of one monotonic clock, in ms: the clocks of other machines do not count. */
export class PresenceTable {
  private readonly leases = new Map<string, number>();
  private readonly holders = new Map<string, Map<string, HeldEntry>>();
  private readonly stale = new Set<string>();
  private bucket = '';
  private bucketSince = 0;

  constructor(
    private readonly staleMs: number,
    private readonly entryMs: number,
  ) {}

  /** Entries heard from now on belong to this bucket. */
  useBucket(bucket: string, now: number): void {
    if (bucket === this.bucket) return;
    this.bucket = bucket;
    this.bucketSince = now;
  }

  /** A replica's sign of life; answers the visitors that seem to come back with it. */
  renewLease(replica: string, now: number): string[] {
    this.leases.set(replica, now);
    return this.stale.delete(replica) ? this.visitorsOf(replica) : [];
  }

  /** A replica said goodbye, or was cleared away. */
  endLease(replica: string): string[] {
    this.leases.delete(replica);
    this.stale.add(replica);
    return this.visitorsOf(replica);
  }

  isLive(replica: string): boolean {
    return this.leases.has(replica) && !this.stale.has(replica);
  }

  put(visitorId: string, replica: string, entry: PresenceEntry, revision: number, now: number): void {
    const holders = this.holders.get(visitorId) ?? new Map<string, HeldEntry>();
    this.holders.set(visitorId, holders);
    holders.set(replica, { entry, revision, heardAt: now, bucket: this.bucket });
    if (!this.leases.has(replica) && !this.stale.has(replica)) this.leases.set(replica, now);
  }

  remove(visitorId: string, replica: string): boolean {
    const holders = this.holders.get(visitorId);
    const removed = holders?.delete(replica) ?? false;
    if (holders?.size === 0) this.holders.delete(visitorId);
    return removed;
  }

  /** Marks replicas that were not heard for too long and forgets what nobody renews; answers the visitors this changes. */
  sweep(now: number): string[] {
    const changed: string[] = [];
    for (const [replica, heardAt] of this.leases) {
      if (now - heardAt <= this.staleMs || this.stale.has(replica)) continue;
      this.stale.add(replica);
      changed.push(...this.visitorsOf(replica));
    }
    const onlyThisBucket = now - this.bucketSince > REWRITE_GRACE_MS;
    for (const [visitorId, holders] of this.holders)
      for (const [replica, held] of holders)
        if (now - held.heardAt > this.entryMs || (onlyThisBucket && held.bucket !== this.bucket))
          if (this.remove(visitorId, replica)) changed.push(visitorId);
    return changed;
  }

  /** Replicas that are gone and whose keys nobody removed yet. */
  abandonedReplicas(): string[] {
    const holding = new Set<string>();
    for (const holders of this.holders.values())
      for (const replica of holders.keys()) if (this.stale.has(replica)) holding.add(replica);
    for (const replica of this.stale) if (this.leases.has(replica)) holding.add(replica);
    return [...holding];
  }

  visitorsOf(replica: string): string[] {
    const visitors: string[] = [];
    for (const [visitorId, holders] of this.holders) if (holders.has(replica)) visitors.push(visitorId);
    return visitors;
  }

  /** Online while any replica that lives holds the visitor; the page is that of the newest word, the time that of the first. */
  of(visitorId: string): Presence | null {
    const holders = [...(this.holders.get(visitorId) ?? [])];
    const live = holders.filter(([replica]) => !this.stale.has(replica));
    const counting = (live.length > 0 ? live : holders).map(([, held]) => held);
    const [first] = counting;
    if (!first) return null;
    const newest = counting.reduce((a, b) => (b.revision > a.revision ? b : a), first);
    const since = counting.reduce((a, b) => (b.entry.since < a ? b.entry.since : a), first.entry.since);
    return { online: live.length > 0, since, page: newest.entry.page, locale: newest.entry.locale };
  }

  onlineIds(): string[] {
    const online: string[] = [];
    for (const [visitorId, holders] of this.holders)
      for (const replica of holders.keys())
        if (!this.stale.has(replica)) {
          online.push(visitorId);
          break;
        }
    return online;
  }
}
