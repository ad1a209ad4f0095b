import { useEffect, useState } from 'react';
import { useBrowserKeeps, useConnection } from '../data';
import { Banner, Button, IconButton } from '../design';
import { useText } from '../i18n';
import css from './connection-banner.module.css';
import { isNewerPageServed } from './page-version';

/** Milliseconds: a socket that is back sooner is not worth a word. */
const PATIENCE = 1_500;

/** What an agent has to know about the connection; nothing while it is live. */
export function ConnectionBanner() {
  const text = useText().navigation;
  const state = useConnection();
  const keeps = useBrowserKeeps();
  const codeIsGone = useMissingCode();
  const patient = usePatience(state === 'reconnecting');
  const news = codeIsGone ? 'new-version' : state;
  if (news === 'live' || news === 'signed-out' || (news === 'reconnecting' && patient)) return <NothingKept />;
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
          {keeps ? text.newVersion : text.newVersionUnkept}
        </Banner>
      ) : (
        <Banner tone="warn" icon="offline">
          {news === 'offline'
            ? keeps
              ? text.offline
              : text.offlineUnkept
            : keeps
              ? text.reconnecting
              : text.reconnectingUnkept}
        </Banner>
      )}
    </div>
  );
}

/** A browser that blocks storage: said once, and put away by whoever has read it. */
function NothingKept() {
  const { navigation: text, design } = useText();
  const keeps = useBrowserKeeps();
  const [read, setRead] = useState(false);
  if (keeps || read) return null;
  return (
    <div className={css.place}>
      <Banner
        tone="info"
        icon="info"
        action={<IconButton icon="close" iconSize={14} label={design.close} onClick={() => setRead(true)} />}
      >
        {text.nothingKept}
      </Banner>
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
    // A server that does not answer at the moment has lost no code.
    const hear = async (): Promise<void> => {
      if (await isNewerPageServed()) setMissing(true);
    };
    const listener = () => void hear();
    window.addEventListener('vite:preloadError', listener);
    return () => window.removeEventListener('vite:preloadError', listener);
  }, []);
  return missing;
}
