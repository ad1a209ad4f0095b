import { setTimeout as delay } from 'node:timers/promises';
import type { Stack } from '@conversations/testing';

export interface Traffic {
  /** Ends it; how many messages were written. */
  stop(): Promise<number>;
}

/** Visitors who write: each message carries the moment it left, for whoever sees it on a screen. */
export async function startTraffic(stack: Stack, perSecond: number, visitors = 25): Promise<Traffic> {
  const widgets = Array.from({ length: visitors }, () => stack.widget());
  await Promise.all(widgets.map((widget) => widget.connect()));
  let sent = 0;
  let running = true;
  const writing = (async () => {
    const begun = performance.now();
    while (running) {
      const due = Math.floor(((performance.now() - begun) / 1_000) * perSecond);
      for (; sent < due; sent += 1) widgets[sent % visitors]?.send(`sent-${String(Date.now())}-${sent.toString(36)}`);
      await delay(5);
    }
  })();
  return {
    stop: async () => {
      running = false;
      await writing;
      for (const widget of widgets) await widget.close();
      return sent;
    },
  };
}
