import { setTimeout as delay } from 'node:timers/promises';

/** Tries until it succeeds: what a client does whose gateway is away. */
export async function persistently<T>(attempt: () => Promise<T>, giveUpAfterMs = 120_000): Promise<T> {
  const deadline = Date.now() + giveUpAfterMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await delay(150);
  }
}
