import { setTimeout as delay } from 'node:timers/promises';

/**
 * Calls `fn` until it stops throwing and gives its result.
 * After `timeoutMs` the last error is thrown, so that an assertion shows as itself.
 */
export async function eventually<T>(
  fn: () => T | Promise<T>,
  { timeoutMs = 20_000, everyMs = 25 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await fn();
    } catch (error) {
      if (Date.now() >= end) throw error;
    }
    await delay(everyMs);
  }
}
