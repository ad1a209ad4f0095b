import { useCallback, useEffect, useState } from 'react';
import { RequestError } from '../data';

export interface Loaded<T> {
  /** The newest answer; stays while it is asked for again. */
  data: T | null;
  error: RequestError | null;
  loading: boolean;
  reload: () => void;
}

/** Asks once when the component comes, and again on `reload` and every `everyMs`. `ask` must stay the same function. */
export function useLoaded<T>(ask: (signal: AbortSignal) => Promise<T>, everyMs?: number): Loaded<T> {
  const [state, setState] = useState<Omit<Loaded<T>, 'reload'>>({ data: null, error: null, loading: true });
  const [round, setRound] = useState(0);
  const reload = useCallback(() => setRound((before) => before + 1), []);

  useEffect(() => {
    const given = new AbortController();
    setState((before) => ({ ...before, loading: true }));
    ask(given.signal).then(
      (data) => {
        if (!given.signal.aborted) setState({ data, error: null, loading: false });
      },
      (error: unknown) => {
        if (given.signal.aborted) return;
        const known = error instanceof RequestError ? error : new RequestError('internal');
        setState((before) => ({ ...before, error: known, loading: false }));
      },
    );
    return () => given.abort();
  }, [ask, round]);

  useEffect(() => {
    if (everyMs === undefined) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') reload();
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, reload]);

  return { ...state, reload };
}
