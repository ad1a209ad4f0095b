import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type ChatGatewaySettings } from './config';

const MINUTE = 60_000;

/**
 * At most `limit` in any `windowMs` on average: a burst of the whole limit is allowed, then one each `windowMs / limit`
 * (the generic cell rate algorithm of ATM, one number for each key).
 */
export class RateLimit {
  private readonly spentUntil = new Map<string, number>();
  private readonly intervalMs: number;
  private sweptAt = 0;

  constructor(
    limit: number,
    private readonly windowMs: number,
  ) {
    this.intervalMs = windowMs / limit;
  }

  /** Counts one. Returns 0, or the milliseconds until one more is allowed; a refusal does not count. */
  take(key: string, now = Date.now()): number {
    this.sweep(now);
    const spentUntil = Math.max(now, this.spentUntil.get(key) ?? now) + this.intervalMs;
    const waitMs = spentUntil - this.windowMs - now;
    // Intervals that are no whole number add up to a little more than the window.
    if (waitMs > 0.001) return Math.ceil(waitMs);
    this.spentUntil.set(key, spentUntil);
    return 0;
  }

  private sweep(now: number): void {
    if (now - this.sweptAt < this.windowMs) return;
    this.sweptAt = now;
    for (const [key, spentUntil] of this.spentUntil) if (spentUntil <= now) this.spentUntil.delete(key);
  }
}

/** What one address and one visitor may do, counted in this process: with several replicas each counts for itself. */
@Injectable()
export class Limits {
  readonly upgrades: RateLimit;
  readonly requests: RateLimit;
  readonly messages: RateLimit;
  readonly uploads: RateLimit;
  readonly addressUploads: RateLimit;
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
    this.uploads = new RateLimit(settings.CHAT_LIMIT_UPLOADS_PER_VISITOR, 10 * MINUTE);
    this.addressUploads = new RateLimit(settings.CHAT_LIMIT_UPLOADS_PER_ADDRESS, 10 * MINUTE);
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
