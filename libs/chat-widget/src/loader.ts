import type { ToFrame, ToLoader, VisitedPage } from './frame-messages';
import { openHostStorage, permitted } from './host-storage';
import { createLauncher, HOST } from './launcher';
import type { ConversationsApi } from './script-api';

const FRAME_WITHIN_MS = 10_000;
/** Characters that a call may bring; a JWT has 4,000. */
const MOST_JSON = 5_000;

function start(script: HTMLScriptElement): void {
  const chat = new URL(script.src).origin;
  const { site = '', locale: asked, color: wished = '' } = script.dataset;
  const locale = asked ?? (document.documentElement.lang || navigator.language);
  const color = /^#[\da-f]{6}$/i.test(wished) ? wished : null;
  const storage = openHostStorage(`conversations:${site}:`);
  const launcher = createLauncher(/^fr\b/i.test(locale), color);
  let frame: HTMLIFrameElement | null = null;
  let ready = false;
  let open = false;
  const calls: Record<string, string> = {};
  let listeners: [event: unknown, listener: (detail: object) => void][] = [];

  /** Later, so that what a listener throws is the page's own error and stops nothing here. */
  const tell = (event: string, detail: object = {}) => {
    for (const [heard, listener] of listeners) if (heard === event) setTimeout(listener, 0, detail);
  };

  const post = (message: ToFrame) => {
    if (ready) frame?.contentWindow?.postMessage(message, chat);
  };

  /** An iframe that met a restarting gateway shows an error for ever; a document that works says `ready`. */
  const load = (patienceMs = FRAME_WITHIN_MS) => {
    if (frame !== null) return;
    frame = launcher.addFrame(`${chat}/widget/?site=${encodeURIComponent(site)}#${location.origin}`);
    setTimeout(() => {
      if (ready) return;
      frame?.remove();
      frame = null;
      load(patienceMs * 2);
    }, patienceMs);
  };

  const show = (wanted: boolean, focus: boolean) => {
    if (wanted !== open) tell(wanted ? 'open' : 'close');
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
      post({ t: 'init', stored: storage.all(), open, page: visited(), locale, color, calls });
      tell('ready');
      // The click that opened the widget came before the iframe could take the focus.
      if (open && launcher.holdsFocus()) show(true, true);
    },
    store({ key, from, value }) {
      if (from === undefined || storage.get(key) === from) storage.set(key, value);
      if (from !== undefined) post({ t: 'stored', key, value: storage.get(key) });
    },
    event({ name, detail }) {
      if (detail.count !== undefined) launcher.unread(detail.count);
      tell(name, detail);
    },
    close: () => {
      show(false, true);
    },
  };

  addEventListener('message', (event: MessageEvent<ToLoader>) => {
    if (event.origin !== chat || event.source !== frame?.contentWindow) return;
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

  const api: ConversationsApi = (...[verb, value, listener]: unknown[]) => {
    if (verb === 'open' || verb === 'close' || verb === 'toggle')
      show(verb === 'toggle' ? !open : verb === 'open', true);
    else if ((verb === 'on' || verb === 'off') && typeof listener === 'function') {
      listeners = listeners.filter(([event, heard]) => event !== value || heard !== listener);
      if (verb === 'on') listeners.push([value, listener as (detail: object) => void]);
    } else {
      // What only the iframe understands goes there as text: nothing a page passes can break the way.
      const json = permitted(() => JSON.stringify(value) as string | undefined) ?? '';
      if (typeof verb !== 'string' || json === '' || json.length > MOST_JSON)
        // eslint-disable-next-line no-console -- It is for whoever wrote the page.
        console.warn('Conversations: refused', verb, value);
      else post({ t: 'call', verb, json: (calls[verb] = json) });
    }
  };
  const early = window.Conversations?.q ?? [];
  window.Conversations = api;

  document.body.append(launcher.host);
  // On a narrow screen the open widget covers the page that the visitor has just gone to.
  if (storage.wasOpen() && innerWidth >= 480) show(true, false);
  else if (storage.returning())
    // Safari has no requestIdleCallback.
    (window.requestIdleCallback ?? setTimeout)(
      () => {
        load();
      },
      { timeout: 3_000 },
    );
  for (const call of early) (api as (...call: unknown[]) => void)(...call);
}

/** The page without its fragment; null where a page has no web address. */
function visited(): VisitedPage | null {
  const url = location.href.split('#', 1)[0] ?? '';
  return /^http/.test(url) && url.length <= 2_000 ? { url, title: document.title.slice(0, 300) } : null;
}

/** Single-page sites change the address without a load; the title follows a moment later. Their history is left as it is. */
function onPageChange(changed: () => void): void {
  let last = location.href;
  setInterval(() => {
    if (last === location.href) return;
    last = location.href;
    setTimeout(changed, 300);
  }, 700);
}

const script = document.currentScript;
if (script instanceof HTMLScriptElement) {
  const begin = () => {
    // A page may hold the script twice.
    if (document.querySelector(HOST) === null) start(script);
  };
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', begin);
  else begin();
}
