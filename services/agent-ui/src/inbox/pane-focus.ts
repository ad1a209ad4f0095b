import { useEffect, useEffectEvent } from 'react';

type Pane = 'list' | 'thread' | 'composer';

const takers = new Map<Pane, () => void>();

/** A pane says how it takes the focus, so that the others can hand it over without knowing what is in it. */
export function usePaneFocus(pane: Pane, take: () => void): void {
  const latest = useEffectEvent(take);
  useEffect(() => {
    const own = () => latest();
    takers.set(pane, own);
    return () => {
      if (takers.get(pane) === own) takers.delete(pane);
    };
  }, [pane]);
}

/** False when that pane is not on the screen. */
export function focusPane(pane: Pane): boolean {
  const take = takers.get(pane);
  take?.();
  return take !== undefined;
}
