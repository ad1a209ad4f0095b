import { useEffect, useSyncExternalStore } from 'react';

const TRY_AGAIN_MS = 2_000;

/** Null from the moment on in which everything is loaded before it is wanted. */
let later: Set<() => void> | null = new Set();

/**
 * Code that the first screen does without. The hook gives it once it is wanted and there: at once when it was loaded
 * before. A load that fails is tried again as long as somebody wants it.
 */
export function lazyCode<T>(load: () => Promise<T>): (wanted: boolean) => T | null {
  let code: T | null = null;
  let coming = false;
  const listeners = new Set<() => void>();
  const get = (): void => {
    if (coming) return;
    coming = true;
    load().then(
      (loaded) => {
        code = loaded;
        for (const listener of [...listeners]) listener();
      },
      // Vite tells the connection banner; whoever wants the code asks again.
      () => void (coming = false),
    );
  };
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  if (later === null) get();
  else later.add(get);

  return function useCode(wanted) {
    const loaded = useSyncExternalStore(subscribe, () => code);
    const missing = wanted && loaded === null;
    useEffect(() => {
      if (!missing) return;
      get();
      const timer = setInterval(get, TRY_AGAIN_MS);
      return () => clearInterval(timer);
    }, [missing]);
    return wanted ? loaded : null;
  };
}

/** Loads all of it, so that nothing has to be waited for when the connection is gone. */
export function loadLazyCode(): void {
  const loads = later ?? new Set();
  later = null;
  for (const get of loads) get();
}
