import { createContext, use, useSyncExternalStore } from 'react';

/** `wide`: list, thread and details · `medium`: details is a drawer · `narrow`: one pane at a time. */
export type PaneLayout = 'wide' | 'medium' | 'narrow';

const wide = window.matchMedia('(min-width: 1181px)');
const narrow = window.matchMedia('(max-width: 760px)');

function subscribe(listener: () => void): () => void {
  wide.addEventListener('change', listener);
  narrow.addEventListener('change', listener);
  return () => {
    wide.removeEventListener('change', listener);
    narrow.removeEventListener('change', listener);
  };
}

export const usePaneLayout = (): PaneLayout =>
  useSyncExternalStore(subscribe, () => (wide.matches ? 'wide' : narrow.matches ? 'narrow' : 'medium'));

export interface DetailsPaneState {
  /** True: details lies over the page when it is opened; false: it always stands beside the thread. */
  isDrawer: boolean;
  isOpen: boolean;
  setOpen: (open: boolean) => void;
}

export const DetailsPaneContext = createContext<DetailsPaneState>({
  isDrawer: false,
  isOpen: false,
  setOpen: () => undefined,
});

/** For the button above the thread that opens details. */
export const useDetailsPane = (): DetailsPaneState => use(DetailsPaneContext);
