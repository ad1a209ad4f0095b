import { useEffect, useEffectEvent } from 'react';

type Pane = 'list' | 'thread' | 'composer';

const takers = new Map<Pane, () => void>();
/** The focus was handed to a pane that is not there yet. */
let awaited: Pane | null = null;

/** A pane says how it takes the focus, so that the others can hand it over without knowing what is in it. */
export function usePaneFocus(pane: Pane, take: () => void): void {
  const latest = useEffectEvent(take);
  useEffect(() => {
    const own = () => latest();
    takers.set(pane, own);
    if (awaited === pane) {
      awaited = null;
      own();
    }
    return () => {
      if (takers.get(pane) === own) takers.delete(pane);
    };
  }, [pane]);
}

/** A pane that is just being opened takes the focus when it is there. */
export function focusPane(pane: Pane): void {
  const take = takers.get(pane);
  awaited = take === undefined ? pane : null;
  take?.();
}
