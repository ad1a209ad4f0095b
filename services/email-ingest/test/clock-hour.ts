import { setTimeout as delay } from 'node:timers/promises';

const HOUR_MS = 3_600_000;

/** What is counted by the clock's hour must not meet its end: when it comes within so many seconds, the next one is waited for. */
export async function clockHourLasts(seconds: number): Promise<void> {
  const leftMs = HOUR_MS - (Date.now() % HOUR_MS);
  if (leftMs < seconds * 1_000) await delay(leftMs + 100);
}
