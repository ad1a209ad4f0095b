import type { ToFrame, ToLoader, VisitedPage } from './frame-messages';
import { openHostStorage } from './host-storage';
import { createLauncher } from './launcher';

type Api = ((...call: unknown[]) => void) & { q?: unknown[][] };

declare global {
  interface Window {
    /** `Conversations('open' | 'close')`, `Conversations('identify', jwt)`; calls made before the loader ran are in `q`. */
    Conversations?: Api;
  }
}

const FRAME_WITHIN_MS = 10_000;

function start(script: HTMLScriptElement): void {
  const chat = new URL(script.src).origin;
  const { site = '', locale: asked, color: wished } = script.dataset;
  const locale = asked ?? (document.documentElement.lang || navigator.language);
  const color = wished !== undefined && /^#[\da-f]{6}$/i.test(wished) ? wished : null;
  const storage = openHostStorage(`conversations:${site}:`);
  const launcher = createLauncher(/^fr\b/i.test(locale), color);
  let frame: HTMLIFrameElement | null = null;
  let ready = false;
  let open = false;
  let jwt: string | null = null;

  const post = (message: ToFrame) => {
    if (ready) frame?.contentWindow?.postMessage(message, chat);
  };

  /** An iframe that met a restarting gateway shows an error for ever; a document that works says `ready`. */
  const load = (patienceMs = FRAME_WITHIN_MS) => {
    if (frame !== null) return;
    frame = launcher.addFrame(
      `${chat}/widget/?site=${encodeURIComponent(site)}#${encodeURIComponent(location.origin)}`,
    );
    setTimeout(() => {
      if (ready) return;
      frame?.remove();
      frame = null;
      load(patienceMs * 2);
    }, patienceMs);
  };

  const show = (wanted: boolean, focus: boolean) => {
    open = wanted;
    if (open) load();
    launcher.show(open);
    storage.rememberOpen(open);
    if (focus) (open ? frame : launcher.button)?.focus();
    post({ t: 'shown', open, focus });
  };

  const receive: { [K in ToLoader['t']]: (message: Extract<ToLoader, { t: K }>) => void } = {
    ready() {
      ready = true;
      post({ t: 'init', stored: storage.all(), open, page: visited(), locale, color, jwt });
      // The click that opened the widget came before the iframe could take the focus.
      if (open && launcher.holdsFocus()) show(true, true);
    },
    store: ({ key, value }) => {
      storage.set(key, value);
    },
    swap({ key, from, value }) {
      if (storage.get(key) === from) storage.set(key, value);
      post({ t: 'stored', key, value: storage.get(key) });
    },
    unread: ({ count }) => {
      launcher.unread(count);
    },
    close: () => {
      show(false, true);
    },
  };

  addEventListener('message', (event: MessageEvent<ToLoader>) => {
    if (frame === null || event.origin !== chat || event.source !== frame.contentWindow) return;
    (receive[event.data.t] as ((message: ToLoader) => void) | undefined)?.(event.data);
  });
  storage.onOtherTab((key, value) => {
    if (key === 'token' && value !== null) load();
    post({ t: 'stored', key, value });
  });
  onPageChange(() => {
    const page = visited();
    if (page !== null) post({ t: 'page', page });
  });
  launcher.button.onclick = () => {
    show(!open, true);
  };
  launcher.button.onkeydown = (event) => {
    if (event.key === 'Escape' && open) show(false, true);
  };

  const api: Api = (verb, value) => {
    if (verb === 'open' || verb === 'close') show(verb === 'open', true);
    else if (verb === 'identify' && typeof value === 'string') {
      jwt = value;
      post({ t: 'identify', jwt });
    }
  };
  const early = window.Conversations?.q ?? [];
  window.Conversations = api;

  document.body.append(launcher.host);
  // On a narrow screen the open widget covers the page that the visitor has just gone to.
  if (storage.wasOpen() && innerWidth >= 480) show(true, false);
  else if (storage.returning())
    whenIdle(() => {
      load();
    });
  for (const call of early) api(...call);
}

/** The page without its fragment; null where a page has no web address. */
function visited(): VisitedPage | null {
  const url = location.href.split('#', 1)[0] ?? '';
  return /^http/.test(url) && url.length <= 2_000 ? { url, title: document.title.slice(0, 300) } : null;
}

/** Single-page sites change the address without a load; the title follows a moment later. */
function onPageChange(changed: () => void): void {
  let last = location.href;
  const look = () =>
    setTimeout(() => {
      if (last === location.href) return;
      last = location.href;
      changed();
    }, 300);
  addEventListener('popstate', look);
  for (const verb of ['pushState', 'replaceState'] as const) {
    const original = history[verb].bind(history);
    history[verb] = (...step) => {
      original(...step);
      look();
    };
  }
}

function whenIdle(work: () => void): void {
  // Safari has no requestIdleCallback.
  if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: 3_000 });
  else setTimeout(work, 1_000);
}

const script = document.currentScript;
const loadedBefore = window.Conversations !== undefined && window.Conversations.q === undefined;
if (script instanceof HTMLScriptElement && !loadedBefore) {
  const begin = () => {
    start(script);
  };
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', begin);
  else begin();
}
