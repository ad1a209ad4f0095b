import { useSyncExternalStore } from 'react';
import { useFormat } from '../i18n';

/** One clock for every time on the screen; it ticks only while somebody looks. */
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = Date.now();

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    now = Date.now();
    timer = setInterval(tick, 15_000);
    document.addEventListener('visibilitychange', tick);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
    document.removeEventListener('visibilitychange', tick);
  };
}

const still = (): (() => void) => () => undefined;

/**
 * A moment in the reader's language and time zone, with the full date as its title.
 * `ago`: now, 2 min, 1 h, Yesterday, 14 Mar (kept current) · `clock`: 13:32 · `day`: 14 Mar 2026 · `full`: both.
 */
export function Time({ at, as = 'clock' }: { at: string; as?: 'ago' | 'clock' | 'day' | 'full' }) {
  const format = useFormat();
  const current = useSyncExternalStore(as === 'ago' ? subscribe : still, () => now);
  const shown =
    as === 'ago'
      ? format.ago(at, current)
      : as === 'clock'
        ? format.clock(at)
        : as === 'day'
          ? format.day(at)
          : format.full(at);
  return (
    <time dateTime={at} title={as === 'full' ? undefined : format.full(at)}>
      {shown}
    </time>
  );
}
