import { render } from 'preact';
import { useEffect, useLayoutEffect, useReducer, useState } from 'preact/hooks';
import './app.css';
import { ChatSession } from './chat-session';
import { Composer } from './composer';
import type { ToFrame } from './frame-messages';
import { HostLink } from './host-link';
import { CloseIcon } from './icons';
import { chooseLocale, type Locale } from './i18n/locale';
import { readableOn } from './readable-on';
import { MessageList } from './message-list';
import { StateLine } from './state-line';

function App({ session, locale }: { session: ChatSession; locale: Locale }) {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const [edited, setEdited] = useState<{ text: string } | null>(null);
  const { text } = locale;

  // Not after the first frame, as an effect: what changed before, the welcome of a quick gateway, would never be drawn.
  useLayoutEffect(
    () =>
      session.onChange(() => {
        redraw(null);
      }),
    [session],
  );
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.isComposing) session.close();
    };
    addEventListener('keydown', onKeyDown);
    return () => {
      removeEventListener('keydown', onKeyDown);
    };
  }, [session]);

  return (
    <main
      onDragOver={(event) => {
        if (!holdsFiles(event)) return;
        // Without this the browser opens a dropped file in place of the chat.
        event.preventDefault();
        if (!session.mayAttach) event.dataTransfer.dropEffect = 'none';
      }}
      onDrop={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        if (session.mayAttach) session.uploads.add(event.dataTransfer.files);
      }}
    >
      <header>
        <div>
          <h1 tabIndex={-1}>{text.title}</h1>
          <p>{text.subtitle}</p>
        </div>
        <button
          class="round"
          type="button"
          aria-label={text.close}
          onClick={() => {
            session.close();
          }}
        >
          <CloseIcon />
        </button>
      </header>
      <StateLine session={session} locale={locale} />
      <MessageList
        session={session}
        locale={locale}
        onEdit={(unsent) => {
          session.takeBack(unsent);
          setEdited({ text: unsent.text });
        }}
      />
      <Composer session={session} locale={locale} edited={edited} />
    </main>
  );
}

const holdsFiles = (event: DragEvent): event is DragEvent & { dataTransfer: DataTransfer } =>
  event.dataTransfer?.types.includes('Files') === true;

function start(host: HostLink, init: Extract<ToFrame, { t: 'init' }>): ChatSession {
  const locale = chooseLocale(init.locale, navigator.language);
  const root = document.documentElement;
  root.lang = locale.tag;
  document.title = locale.text.title;
  if (init.color !== null) {
    root.style.setProperty('--accent', init.color);
    root.style.setProperty('--on-accent', readableOn(init.color));
  }
  const session = new ChatSession(host, new URLSearchParams(location.search).get('site') ?? '', init);
  document.body.replaceChildren();
  render(<App session={session} locale={locale} />, document.body);
  return session;
}

function listen(): void {
  const host = new HostLink(location.hash.slice(1));
  let session: ChatSession | null = null;
  host.listen((message) => {
    if (message.t === 'init') session ??= start(host, message);
    else session?.hostSays(message);
  });
}

if (document.readyState === 'loading') addEventListener('DOMContentLoaded', listen);
else listen();
