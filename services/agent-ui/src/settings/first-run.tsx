import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { request, useCounters } from '../data';
import { FirstConversationsDocument } from '../generated/documents';
import { useText } from '../i18n';
import css from './first-run.module.css';
import { useLoaded } from './use-loaded';

const SetupSteps = lazy(() => import('./setup-steps'));

/** Once there was a conversation there will always be one: none can be deleted. */
let seen = false;

const anyConversation = async (signal: AbortSignal): Promise<boolean> => {
  const { any } = await request(FirstConversationsDocument, {}, { signal });
  return any.nodes.length > 0;
};

/** True while the installation never had a conversation; null while that is not known. */
export function useIsFirstRun(): boolean | null {
  const open = useCounters()?.open ?? 0;
  const [known, setKnown] = useState(seen);
  const { data, error } = useLoaded(
    useCallback((signal: AbortSignal) => (seen ? Promise.resolve(true) : anyConversation(signal)), []),
  );
  const found = known || open > 0 || data === true;
  useEffect(() => {
    if (!found) return;
    seen = true;
    setKnown(true);
  }, [found]);
  if (found || error !== null) return false;
  return data === null ? null : true;
}

/** What a new installation needs, in place of the first thread. */
export function FirstRun() {
  const text = useText().settings;
  return (
    <div className={css.firstRun}>
      <h2 className={css.title}>{text.firstRunTitle}</h2>
      <p className={css.hint}>{text.firstRunHint}</p>
      <Suspense>
        <SetupSteps />
      </Suspense>
    </div>
  );
}
