import { refusal } from './graph-error';
import type { World } from './world';

/** Meta: "Messenger Platform rate limits", calls for each page and second. Image and file: assumed to count like video. */
export const CALLS_PER_SECOND = { text: 300, media: 10, conversations: 2 } as const;
export type Bucket = keyof typeof CALLS_PER_SECOND;

/** Counts calls for each page within a second of the simulator's clock. */
export class RateLimits {
  private readonly calls = new Map<string, number[]>();

  constructor(private readonly world: World) {}

  /** Counts the call, or refuses it. */
  take(pageId: string, bucket: Bucket): void {
    const recent = this.recent(pageId, bucket);
    if (recent.length >= CALLS_PER_SECOND[bucket]) throw refusal.tooManyCalls();
    recent.push(this.world.clock.now());
  }

  /** Meta: "Rate Limits" (Graph API), the header X-Business-Use-Case-Usage: percent of what is allowed. */
  usage(pageId: string): string {
    const buckets: Bucket[] = ['text', 'media', 'conversations'];
    const shares = buckets.map((bucket) => (100 * this.recent(pageId, bucket).length) / CALLS_PER_SECOND[bucket]);
    const percent = Math.round(Math.max(...shares));
    const use = { type: 'messenger', call_count: percent, total_cputime: percent, total_time: percent };
    return JSON.stringify({ [pageId]: [{ ...use, estimated_time_to_regain_access: 0 }] });
  }

  private recent(pageId: string, bucket: Bucket): number[] {
    const now = this.world.clock.now();
    const key = `${pageId}/${bucket}`;
    const recent = (this.calls.get(key) ?? []).filter((at) => at > now - 1_000 && at <= now);
    this.calls.set(key, recent);
    return recent;
  }
}
