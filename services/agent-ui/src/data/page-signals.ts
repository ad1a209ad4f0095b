interface PageListener {
  /** The agent, the computer or the network is back. */
  onWake: () => void;
  onOffline: () => void;
  /** The page may end now without another word. */
  onHide: () => void;
}

/** What a browser says about the page's life. Gives how to stop listening. */
export function listenToPage({ onWake, onOffline, onHide }: PageListener): () => void {
  const stopped = new AbortController();
  const options = { signal: stopped.signal };
  const visibility = (): void => {
    if (document.visibilityState === 'visible') onWake();
    else onHide();
  };
  window.addEventListener('online', onWake, options);
  window.addEventListener('offline', onOffline, options);
  window.addEventListener('focus', onWake, options);
  window.addEventListener('pageshow', onWake, options);
  window.addEventListener('pagehide', onHide, options);
  document.addEventListener('visibilitychange', visibility, options);
  document.addEventListener('resume', onWake, options);
  document.addEventListener('freeze', onHide, options);
  return () => {
    stopped.abort();
  };
}

export const isLookedAt = (): boolean => document.visibilityState === 'visible' && document.hasFocus();
