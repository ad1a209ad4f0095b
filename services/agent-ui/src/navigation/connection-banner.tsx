import { useEffect, useState } from 'react';
import { useConnection } from '../data';
import { Banner, Button } from '../design';
import { useText } from '../i18n';
import css from './connection-banner.module.css';

/** Milliseconds: a socket that is back sooner is not worth a word. */
const PATIENCE = 1_500;

/** What an agent has to know about the connection; nothing while it is live. */
export function ConnectionBanner() {
  const text = useText().navigation;
  const state = useConnection();
  const codeIsGone = useMissingCode();
  const patient = usePatience(state === 'reconnecting');
  const news = codeIsGone ? 'new-version' : state;
  if (news === 'live' || news === 'signed-out' || (news === 'reconnecting' && patient)) return null;
  return (
    <div className={css.place}>
      {news === 'new-version' ? (
        <Banner
          tone="info"
          icon="refresh"
          action={
            <Button size="small" onClick={() => window.location.reload()}>
              {text.reload}
            </Button>
          }
        >
          {text.newVersion}
        </Banner>
      ) : (
        <Banner tone="warn" icon="offline">
          {news === 'offline' ? text.offline : text.reconnecting}
        </Banner>
      )}
    </div>
  );
}

function usePatience(waiting: boolean): boolean {
  const [patient, setPatient] = useState(true);
  useEffect(() => {
    if (!waiting) return;
    const timer = setTimeout(() => setPatient(false), PATIENCE);
    return () => {
      clearTimeout(timer);
      setPatient(true);
    };
  }, [waiting]);
  return patient;
}

/** A page's code that does not come is of a version that the server no longer has. */
function useMissingCode(): boolean {
  const [missing, setMissing] = useState(false);
  useEffect(() => {
    const hear = (): void => {
      if (navigator.onLine) setMissing(true);
    };
    window.addEventListener('vite:preloadError', hear);
    return () => window.removeEventListener('vite:preloadError', hear);
  }, []);
  return missing;
}
