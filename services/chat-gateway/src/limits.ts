import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type ChatGatewaySettings } from './config';

const MINUTE = 60_000;

/**
 * A bucket of `limit` tokens for each key, refilled over `windowMs`: a burst of the whole limit is allowed, then its rate.
 * Buckets that are full again are forgotten.
 */
export class RateLimit {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();
  private sweptAt = 0;

  constructor(
    private readonly limit: number,
    private readonly windowMs: number,
  ) {}

  /** Takes a token. Returns 0, or the milliseconds until there is one. */
  take(key: string, now = Date.now()): number {
    this.sweep(now);
    const bucket = this.buckets.get(key) ?? { tokens: this.limit, at: now };
    const tokens = Math.min(this.limit, bucket.tokens + ((now - bucket.at) * this.limit) / this.windowMs);
    const allowed = tokens >= 1;
    this.buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, at: now });
    return allowed ? 0 : Math.ceil(((1 - tokens) * this.windowMs) / this.limit);
  }

  private sweep(now: number): void {
    if (now - this.sweptAt < this.windowMs) return;
    this.sweptAt = now;
    for (const [key, bucket] of this.buckets) if (now - bucket.at >= this.windowMs) this.buckets.delete(key);
  }
}

/** What one address and one visitor may do, counted in this process: with several replicas each counts for itself. */
@Injectable()
export class Limits {
  readonly upgrades: RateLimit;
  readonly requests: RateLimit;
  readonly messages: RateLimit;
  private readonly newVisitors: RateLimit;
  private readonly counted = new Map<string, number>();
  private readonly sockets = new Map<string, number>();
  private readonly socketsPerAddress: number;
  /** Frames of one socket in a minute. */
  readonly framesPerMinute: number;

  constructor(@Inject(SETTINGS) settings: ChatGatewaySettings) {
    this.upgrades = new RateLimit(settings.CHAT_LIMIT_UPGRADES_PER_MINUTE, MINUTE);
    this.requests = new RateLimit(settings.CHAT_LIMIT_REQUESTS_PER_MINUTE, MINUTE);
    this.messages = new RateLimit(settings.CHAT_LIMIT_MESSAGES_PER_MINUTE, MINUTE);
    this.newVisitors = new RateLimit(settings.CHAT_LIMIT_NEW_VISITORS_PER_HOUR, 60 * MINUTE);
    this.socketsPerAddress = settings.CHAT_LIMIT_SOCKETS_PER_ADDRESS;
    this.framesPerMinute = Math.max(
      settings.CHAT_LIMIT_FRAMES_PER_MINUTE,
      10 * settings.CHAT_LIMIT_MESSAGES_PER_MINUTE,
    );
  }

  /** Takes a token for a visitor who writes for the first time; the same visitor again, from another tab, is free. */
  newVisitor(address: string, visitorId: string, now = Date.now()): number {
    for (const [id, until] of this.counted) {
      if (until > now) break;
      this.counted.delete(id);
    }
    if (this.counted.has(visitorId)) return 0;
    const wait = this.newVisitors.take(address, now);
    if (wait === 0) this.counted.set(visitorId, now + 60 * MINUTE);
    return wait;
  }

  /** False when the address holds all the sockets it may. */
  socketOpened(address: string): boolean {
    const open = this.sockets.get(address) ?? 0;
    if (open >= this.socketsPerAddress) return false;
    this.sockets.set(address, open + 1);
    return true;
  }

  socketClosed(address: string): void {
    const open = (this.sockets.get(address) ?? 0) - 1;
    if (open > 0) this.sockets.set(address, open);
    else this.sockets.delete(address);
  }
}
