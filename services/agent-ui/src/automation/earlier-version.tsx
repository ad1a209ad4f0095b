import { useState } from 'react';
import { Banner, Button, ConfirmDialog, EmptyState, SkeletonRows, useToasts } from '../design';
import { useFormat, useText } from '../i18n';
import { failureText } from '../settings/change-problem';
import css from './automation.module.css';
import { ChangeList } from './change-list';
import changesCss from './changes.module.css';
import { type PublishedFlow, sameFlow } from './flow';
import { NO_PROBLEMS } from './flow-problems';
import { FlowView } from './flow-view';
import { restoreFlow } from './publish';
import { useVersion } from './use-automation';

const ignore = () => undefined;

/** A version that was published before: to read, and to publish again. */
export function EarlierVersion({
  version,
  published,
  canEdit,
  onPublished,
  onOpen,
}: {
  version: number;
  published: PublishedFlow;
  canEdit: boolean;
  onPublished: (published: PublishedFlow) => void;
  onOpen: (version: number | null) => void;
}) {
  const { automation: text, settings } = useText();
  const format = useFormat();
  const toasts = useToasts();
  const { data, error, reload } = useVersion(version);
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const back = (
    <Button icon="chevron-left" onClick={() => onOpen(null)}>
      {text.backToFlow}
    </Button>
  );

  if (data === null)
    return error === null ? (
      <SkeletonRows count={4} label={text.loading} />
    ) : (
      <Banner
        tone="danger"
        action={
          <Button size="small" onClick={reload}>
            {text.tryAgain}
          </Button>
        }
      >
        {text.failed} {failureText(settings, error)}
      </Banner>
    );
  const earlier = data.found;
  if (earlier === null) return <EmptyState icon="search" title={text.noSuchVersion} action={back} />;
  const isSame = sameFlow(earlier.flow, published.flow);

  const restore = async () => {
    setBusy(true);
    const outcome = await restoreFlow(earlier, published.version);
    setBusy(false);
    setAsking(false);
    switch (outcome.kind) {
      case 'published':
        onPublished(outcome.published);
        toasts.show({ text: text.publishedNow(outcome.published.version) });
        onOpen(null);
        break;
      case 'stale':
        onPublished(outcome.current);
        setFailure(text.restoreStale);
        break;
      case 'refused':
        setFailure([...outcome.problems.values()].map((one) => (one.code === 'REFUSED' ? one.message : '')).join(' '));
        break;
      case 'failed':
        setFailure(failureText(settings, outcome.error));
    }
  };
  return (
    <>
      <header className={css.bar}>
        <p className={css.state}>
          <strong>{text.version(version)}</strong>{' '}
          {text.published(format.full(earlier.publishedAt), earlier.publishedBy?.displayName ?? null)}
        </p>
        {back}
        {canEdit && !isSame && (
          <Button variant="primary" onClick={() => setAsking(true)}>
            {text.restore}
          </Button>
        )}
      </header>
      {failure !== null && <Banner tone="danger">{failure}</Banner>}
      <Banner tone="info" icon="info">
        {text.earlier(version)} {isSame && text.sameAsNow}
      </Banner>
      {!isSame && (
        <details className={changesCss.since}>
          <summary>{text.sinceThen}</summary>
          <ChangeList before={earlier.flow} after={published.flow} />
        </details>
      )}
      <FlowView flow={earlier.flow} problems={NO_PROBLEMS} canEdit={false} onChange={ignore} />
      <ConfirmDialog
        open={asking}
        busy={busy}
        title={text.restoreTitle(version)}
        confirmLabel={text.restore}
        onCancel={() => setAsking(false)}
        onConfirm={() => void restore()}
      >
        <p>{text.restoreHint(published.version + 1)}</p>
        <p>{text.restoreDraft}</p>
      </ConfirmDialog>
    </>
  );
}
