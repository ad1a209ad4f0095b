import { useEffect, useState } from 'react';
import { request, RequestError } from '../data';
import { Banner, Button, Dialog, SkeletonRows } from '../design';
import { AutomationVersionsDocument, type AutomationVersionsQuery } from '../generated/documents';
import { useFormat, useText } from '../i18n';
import { failureText } from '../settings/change-problem';
import css from './changes.module.css';

type Version = NonNullable<AutomationVersionsQuery['chatbotAutomationVersions']>[number];

const PAGE = 30;

/** Who published what when, newest first. */
export function VersionsDialog({
  newest,
  onOpen,
  onClose,
}: {
  newest: number;
  onOpen: (version: number) => void;
  onClose: () => void;
}) {
  const { automation: text, settings } = useText();
  const format = useFormat();
  const { versions, error, isWhole, more } = useVersions(newest);
  return (
    <Dialog open onClose={onClose} title={text.versions}>
      {error !== null && (
        <Banner
          tone="danger"
          action={
            <Button size="small" onClick={more}>
              {text.tryAgain}
            </Button>
          }
        >
          {text.versionsFailed} {failureText(settings, error)}
        </Banner>
      )}
      {versions === null && error === null && <SkeletonRows count={3} label={text.loading} />}
      <ul className={css.versions}>
        {versions?.map(({ version, enabled, publishedAt, publishedBy }) => (
          <li key={version}>
            <button type="button" className={css.version} onClick={() => onOpen(version)}>
              <span className={css.versionName}>
                {text.version(version)}
                {version === newest && <span className={css.tag}>{text.current}</span>}
                {!enabled && <span className={css.tag}>{text.wasOff}</span>}
              </span>
              <span className={css.note}>
                {text.published(format.full(publishedAt), publishedBy?.displayName ?? null)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {versions !== null && !isWhole && <Button onClick={more}>{text.older}</Button>}
    </Dialog>
  );
}

function useVersions(newest: number) {
  const [versions, setVersions] = useState<readonly Version[] | null>(null);
  const [error, setError] = useState<RequestError | null>(null);
  const [isWhole, setWhole] = useState(false);
  const load = async (held: readonly Version[], signal?: AbortSignal) => {
    setError(null);
    try {
      const asked = { first: PAGE, before: held.at(-1)?.version ?? null };
      const { chatbotAutomationVersions } = await request(AutomationVersionsDocument, asked, { signal });
      if (signal?.aborted === true) return;
      if (chatbotAutomationVersions === null) throw new RequestError('unavailable');
      setVersions([...held, ...chatbotAutomationVersions]);
      setWhole(chatbotAutomationVersions.length < PAGE);
    } catch (failure) {
      if (!(failure instanceof RequestError)) throw failure;
      if (signal?.aborted !== true) setError(failure);
    }
  };
  useEffect(() => {
    const given = new AbortController();
    void load([], given.signal);
    return () => given.abort();
    // A version published meanwhile is on top of the list at once.
  }, [newest]);
  return { versions, error, isWhole, more: () => void load(versions ?? []) };
}
