import { openBlobStore } from '@conversations/blob-store';
import { SweepUploads } from '@conversations/contracts';
import type { Messaging } from '@conversations/messaging';
import type { Logger } from '@conversations/runtime';
import type { GatewaySettings } from '../config';

/**
 * Removes files that nobody sent, of agents and visitors alike. Any number of replicas may do it at once: what is removed twice
 * is gone, and what a killed process did not confirm is removed again.
 */
export function sweepUploads(settings: GatewaySettings, messaging: Messaging, log: Logger): { stop(): void } {
  const store = openBlobStore(settings);
  if (store === null) return { stop: () => undefined };
  const sweep = async () => {
    let removed: string[] = [];
    do {
      const { abandoned } = await messaging.request(SweepUploads, { removed });
      for (const { storageKey } of abandoned) await store.remove(storageKey);
      removed = abandoned.map(({ id }) => id);
    } while (removed.length > 0);
  };
  const timer = setInterval(() => {
    sweep().catch((error: unknown) => log.warn({ err: error }, 'uploads.not-swept'));
  }, settings.UPLOAD_SWEEP_MINUTES * 60_000);
  return { stop: () => clearInterval(timer) };
}
