import { useEffect, useState } from 'preact/hooks';
import type { ChatSession } from './chat-session';
import type { Locale } from './i18n/locale';

/** A short break heals before anybody reads about it. */
const SHOW_AFTER_MS = 2_000;

/** What hinders the conversation now, in one line; empty while nothing does. */
export function StateLine({ session, locale: { text } }: { session: ChatSession; locale: Locale }) {
  const { state } = session.connection;
  const [patient, setPatient] = useState(true);
  const [, tick] = useState(0);
  const { limitedUntil } = session.delivery;

  useEffect(() => {
    setPatient(true);
    const timer = setTimeout(() => {
      setPatient(false);
    }, SHOW_AFTER_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [state]);
  useEffect(() => {
    if (limitedUntil === null) return;
    const timer = setInterval(() => {
      tick((count) => count + 1);
    }, 1_000);
    return () => {
      clearInterval(timer);
    };
  }, [limitedUntil]);

  const retry = () => {
    session.retry();
  };
  const seconds = limitedUntil === null ? 0 : Math.ceil((limitedUntil - Date.now()) / 1_000);
  const words = stateWords();
  return (
    <div class="state">
      <p role="status" class={words === null ? '' : 'line'}>
        {words}
      </p>
      {state === 'too_many_tabs' && (
        <button class="small" type="button" onClick={retry}>
          {text.tryAgain}
        </button>
      )}
      {/* Announced once; the seconds are for the eye. */}
      {seconds > 0 && <p class="line">{text.limited(seconds)}</p>}
    </div>
  );

  function stateWords(): string | null {
    if (state === 'offline') return text.offline;
    if (state === 'refused') return text.refused;
    if (state === 'too_many_tabs') return text.tooManyTabs;
    if (patient || state === 'live' || state === 'idle') return null;
    return state === 'connecting' ? text.connecting : text.reconnecting;
  }
}
