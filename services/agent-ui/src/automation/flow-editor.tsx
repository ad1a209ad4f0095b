import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useBrowserKeeps, usePageDraft } from '../data';
import { Banner, Button, ConfirmDialog, SkeletonRows, useToasts } from '../design';
import { useFormat, useText } from '../i18n';
import { LeaveGuard } from '../navigation/leave-guard';
import { useViewer } from '../session';
import { failureText } from '../settings/change-problem';
import css from './automation.module.css';
import type { Flow, PublishedFlow } from './flow';
import { type FlowEdit, isPublished, isStale, keptEdit, onTopOf, writeFlow } from './flow-edit';
import { flowProblems, NO_PROBLEMS, type Problems } from './flow-problems';
import { publishFlow } from './publish';
import { StaleFlow } from './stale-flow';
import { VersionsDialog } from './versions-dialog';
import { FlowView } from './flow-view';

/** The newest version, and what an admin makes of it. What is written is kept until it is published or discarded. */
export function FlowEditor({
  published,
  canEdit,
  onPublished,
  onReload,
  onOpen,
}: {
  published: PublishedFlow;
  canEdit: boolean;
  onPublished: (published: PublishedFlow) => void;
  onReload: () => void;
  onOpen: (version: number) => void;
}) {
  const { automation: text, settings } = useText();
  const format = useFormat();
  const toasts = useToasts();
  const keeps = useBrowserKeeps();
  const [kept, keep] = usePageDraft('automation');
  const [checked, setChecked] = useState(false);
  const [refused, setRefused] = useState<Problems>(NO_PROBLEMS);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [comparing, setComparing] = useState(false);
  const [discarding, setDiscarding] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const form = useRef<HTMLDivElement>(null);

  const own = canEdit ? keptEdit(kept) : null;
  const edit = own !== null && !isPublished(own, published) ? own : null;
  const flow = edit?.flow ?? published.flow;
  const newer = edit !== null && isStale(edit, published) ? published : null;
  const found = checked ? new Map([...refused, ...flowProblems(flow)]) : refused;
  const problems = found.size === 0 ? NO_PROBLEMS : found;
  useNews(published);

  // What became equal to the published version, here or by somebody else, is no edit any more.
  const isDone = own !== null && edit === null;
  useEffect(() => {
    if (isDone) keep(undefined);
  }, [isDone, keep]);
  // The browser asks itself, where a reload would lose what is written.
  useEffect(() => {
    if (edit === null || keeps) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [edit === null, keeps]);

  const write = (changed: Flow) => {
    setRefused(NO_PROBLEMS);
    setFailure(null);
    keep(writeFlow(edit, published, changed) ?? undefined);
  };
  const forget = () => {
    setChecked(false);
    setRefused(NO_PROBLEMS);
    setFailure(null);
    setComparing(false);
    setDiscarding(false);
    keep(undefined);
  };
  const discard = (discarded: FlowEdit) => {
    forget();
    toasts.show({ text: text.discarded, action: { label: text.undo, run: () => keep(discarded) } });
  };
  const showProblem = () => {
    // The marks are drawn by then.
    setTimeout(() => {
      const first = form.current?.querySelector<HTMLElement>('[aria-invalid=true], [data-error]');
      first?.focus();
      first?.scrollIntoView({ block: 'center' });
    }, 0);
  };
  const publish = async (from: FlowEdit) => {
    setChecked(true);
    setFailure(null);
    if (busy) return;
    if (flowProblems(from.flow).size > 0) {
      setComparing(false);
      return showProblem();
    }
    if (isStale(from, published)) return setComparing(true);
    setBusy(true);
    const outcome = await publishFlow(from.flow, published.version);
    setBusy(false);
    switch (outcome.kind) {
      case 'published':
        onPublished(outcome.published);
        forget();
        toasts.show({ text: text.publishedNow(outcome.published.version) });
        break;
      case 'stale':
        // What is published now stands beside what was written, instead of a message.
        onPublished(outcome.current);
        setComparing(true);
        break;
      case 'refused':
        setComparing(false);
        setRefused(outcome.problems);
        showProblem();
        break;
      case 'failed':
        setFailure(`${failureText(settings, outcome.error)} ${keeps ? text.keptHere : ''}`);
        onReload();
    }
  };

  if (kept === null && canEdit) return <SkeletonRows count={4} label={text.loading} />;
  const { publishedAt, publishedBy, version } = published;
  const by = publishedBy?.displayName ?? null;
  const isComparing = edit !== null && newer !== null && comparing;
  return (
    <>
      <header className={css.bar}>
        <p className={css.state}>
          <strong>{text.version(version)}</strong> {text.published(format.full(publishedAt), by)}
          {edit !== null && <span className={css.unpublished}>{text.unpublished}</span>}
        </p>
        <Button icon="clock" onClick={() => setChoosing(true)}>
          {text.versions}
        </Button>
        {edit !== null && !isComparing && <Button onClick={() => setDiscarding(true)}>{text.discard}</Button>}
        {canEdit && !isComparing && (
          <Button
            variant="primary"
            busy={busy}
            aria-disabled={edit === null}
            onClick={() => {
              if (edit !== null) void publish(edit);
            }}
          >
            {text.publish}
          </Button>
        )}
      </header>
      {failure !== null && <Banner tone="danger">{failure}</Banner>}
      {isComparing ? (
        <StaleFlow
          edit={edit}
          published={newer}
          busy={busy}
          onTakeTheirs={() => discard(edit)}
          onEditMine={() => {
            setComparing(false);
            keep(onTopOf(edit, newer));
          }}
          onPublishMine={() => void publish(onTopOf(edit, newer))}
        />
      ) : (
        <>
          {newer !== null && (
            <Banner
              tone="warn"
              icon="warning"
              action={
                <Button size="small" onClick={() => setComparing(true)}>
                  {text.compare}
                </Button>
              }
            >
              {text.changedBehind(by, version)}
            </Banner>
          )}
          {problems.size > 0 && (
            <Banner
              tone="danger"
              action={
                <Button size="small" onClick={showProblem}>
                  {text.showProblem}
                </Button>
              }
            >
              {text.problems(problems.size)}
            </Banner>
          )}
          <FlowView ref={form} flow={flow} problems={problems} canEdit={canEdit} onChange={write} />
        </>
      )}
      {choosing && (
        <VersionsDialog
          newest={version}
          onClose={() => setChoosing(false)}
          onOpen={(chosen) => {
            setChoosing(false);
            if (chosen !== version) onOpen(chosen);
          }}
        />
      )}
      <ConfirmDialog
        open={discarding}
        danger
        title={text.discardTitle}
        confirmLabel={text.discard}
        onCancel={() => setDiscarding(false)}
        onConfirm={() => {
          if (edit !== null) discard(edit);
        }}
      >
        <p>{text.discardHint(version)}</p>
      </ConfirmDialog>
      <LeaveGuard unsaved={edit !== null} title={text.leaveTitle} leaveLabel={text.leaveNow}>
        {keeps ? text.leave : text.leaveUnkept}
      </LeaveGuard>
    </>
  );
}

/** Says when another admin publishes while this one looks. */
function useNews({ version, publishedBy }: PublishedFlow): void {
  const text = useText().automation;
  const toasts = useToasts();
  const { agent } = useViewer();
  const seen = useRef(version);
  const tell = useEffectEvent(() => {
    if (publishedBy !== null && publishedBy.id !== agent.id)
      toasts.show({ text: text.publishedBy(publishedBy.displayName, version) });
  });
  useEffect(() => {
    if (version > seen.current) tell();
    seen.current = Math.max(seen.current, version);
  }, [version]);
}
