import { render } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { ThreadView, WorldView } from '../src/views';
import { call, follow, readThread, readWorld } from './api';
import { Controls } from './controls';
import { People } from './people';
import { type Language, texts } from './text';
import { Thread } from './thread';

const initialLanguage = (): Language => (navigator.language.toLowerCase().startsWith('fr') ? 'fr' : 'en');

function App() {
  const [language, setLanguage] = useState<Language>(initialLanguage);
  const [world, setWorld] = useState<WorldView>();
  const [thread, setThread] = useState<ThreadView>();
  const [psid, setPsid] = useState<string>();
  const [readsAtOnce, setReadsAtOnce] = useState(true);
  const [problem, setProblem] = useState('');
  const [isAlive, setAlive] = useState(true);
  const text = texts[language];

  useEffect(() => {
    document.documentElement.lang = language;
    document.title = text.title;
  }, [language, text]);

  const act = useCallback((work: Promise<unknown>) => {
    setProblem('');
    work.catch((error: unknown) => setProblem(error instanceof Error ? error.message : String(error)));
  }, []);

  useEffect(() => {
    const refresh = () => {
      act(readWorld().then(setWorld));
      if (psid !== undefined) act(readThread(psid).then(setThread));
    };
    refresh();
    const stop = follow(refresh, setAlive);
    // The time that is left runs down although nothing changes.
    const ticking = setInterval(refresh, 30_000);
    return () => {
      stop();
      clearInterval(ticking);
    };
  }, [psid, act]);

  const first = world?.people[0]?.psid;
  useEffect(() => {
    if (psid === undefined && first !== undefined) setPsid(first);
  }, [psid, first]);

  const hasUnread = thread?.messages.some(({ from, readAt }) => from === 'page' && readAt === null) ?? false;
  useEffect(() => {
    if (!readsAtOnce || !hasUnread || psid === undefined || thread?.person.phoneOff === true) return;
    const look = () => {
      if (document.visibilityState === 'visible') act(call('POST', `/people/${psid}/read`));
    };
    const soon = setTimeout(look, 800);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(soon);
      document.removeEventListener('visibilitychange', look);
    };
  }, [readsAtOnce, hasUnread, psid, thread?.person.phoneOff, act]);

  if (world === undefined) return null;
  const shown = thread !== undefined && thread.person.psid === psid ? thread : undefined;
  const page = world.pages.find(({ id }) => id === shown?.person.pageId);
  return (
    <>
      <header class="top">
        <div>
          <h1>{text.title}</h1>
          <p>{text.note}</p>
        </div>
        <label>
          <span class="hidden">{text.language}</span>
          <select
            value={language}
            onChange={({ currentTarget }) => setLanguage(currentTarget.value === 'fr' ? 'fr' : 'en')}
          >
            <option value="en">English</option>
            <option value="fr">Français</option>
          </select>
        </label>
      </header>
      <p class="problem" role="alert">
        {isAlive ? problem : text.gone}
      </p>
      <div class="columns">
        <People {...{ text, world, psid, act }} choose={setPsid} />
        <main class="phone">
          {shown === undefined || page === undefined ? (
            <p class="empty">{text.nobody}</p>
          ) : (
            <Thread key={shown.person.psid} {...{ text, language, act }} thread={shown} page={page} />
          )}
        </main>
        <Controls {...{ text, world, language, act, page, readsAtOnce, setReadsAtOnce }} thread={shown} />
      </div>
    </>
  );
}

const root = document.getElementById('app');
if (root) render(<App />, root);
