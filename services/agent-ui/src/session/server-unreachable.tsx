import { useEffect, useEffectEvent, useState } from 'react';
import { Button } from '../design';
import { useText } from '../i18n';
import { FrontPage } from './front-page';
import css from './session.module.css';

const TRIES_AGAIN = 5_000;

/** Before anybody is signed in and the server does not answer. It tries again by itself. */
export function ServerUnreachable({ retry }: { retry: () => Promise<void> }) {
  const text = useText().session;
  const [busy, setBusy] = useState(false);
  const tryNow = useEffectEvent(async () => {
    setBusy(true);
    await retry();
    setBusy(false);
  });
  useEffect(() => {
    const timer = setInterval(() => void tryNow(), TRIES_AGAIN);
    const online = (): void => void tryNow();
    window.addEventListener('online', online);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', online);
    };
  }, []);
  return (
    <FrontPage title={text.unreachable}>
      <p className={css.text} role="status">
        {text.unreachableHint}
      </p>
      <Button
        busy={busy}
        onClick={() => {
          setBusy(true);
          void retry().then(() => setBusy(false));
        }}
      >
        {text.tryAgain}
      </Button>
    </FrontPage>
  );
}
