import { useState } from 'react';
import { Banner, Button, ConfirmDialog, EmptyState, IconButton, useToasts } from '../design';
import { useFormat, useText } from '../i18n';
import { createResponse, deleteResponse, type Refusal, type ResponseInput, updateResponse } from './changes';
import { isStale, onTopOf, problemsOf, type ResponseEdit, startEdit, versionToSave } from './response-edit';
import css from './response-editor.module.css';
import { ResponseFields } from './response-fields';
import type { SavedResponsesView } from './saved-responses-store';
import { StaleEdit } from './stale-edit';
import { keepEdit, NEW } from './unsaved-edits';

/** One response as a form. What is written is kept until it is saved or discarded, and never overwrites what others stored unseen. */
export function ResponseEditor({
  agentId,
  responseId,
  view: { categories, responses },
  edit: kept,
  startCategory,
  canEdit,
  onClose,
  onCreated,
}: {
  agentId: string;
  responseId: string;
  view: SavedResponsesView;
  edit: ResponseEdit | null;
  startCategory: string | null;
  canEdit: boolean;
  onClose: () => void;
  onCreated: (id: string) => void;
}) {
  const text = useText().savedResponses;
  const format = useFormat();
  const toasts = useToasts();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const [saved, setSaved] = useState(false);
  const [comparing, setComparing] = useState(false);
  const isNew = responseId === NEW;
  const stored = responses.find(({ id }) => id === responseId);

  if (!isNew && stored === undefined && kept === null)
    return (
      <EmptyState icon="search" title={text.errors.NOT_FOUND} action={<Button onClick={onClose}>{text.back}</Button>} />
    );
  const edit: ResponseEdit =
    kept ?? (stored === undefined ? { title: '', body: '', categoryId: startCategory, base: null } : startEdit(stored));
  const problems = checked ? problemsOf(edit) : {};
  const isGone = !isNew && stored === undefined;
  const newer = stored !== undefined && kept !== null && isStale(kept, stored) ? stored : null;

  const write = (change: Partial<ResponseInput>) => {
    setRefusal(null);
    setSaved(false);
    keepEdit(agentId, responseId, { ...edit, ...change });
  };
  const discard = () => {
    setRefusal(null);
    setChecked(false);
    setComparing(false);
    keepEdit(agentId, responseId, null);
    if (isNew || isGone) onClose();
  };
  const save = async (from: ResponseEdit = edit) => {
    setChecked(true);
    if (busy || Object.keys(problemsOf(from)).length > 0) return;
    if (stored !== undefined && isStale(from, stored)) {
      setComparing(true);
      return;
    }
    const input = { title: from.title, body: from.body, categoryId: from.categoryId };
    setBusy(true);
    if (stored === undefined) {
      const { refusal: refused, created } = await createResponse(input);
      setBusy(false);
      setRefusal(refused);
      if (created === null) return;
      keepEdit(agentId, responseId, null);
      toasts.show({ text: text.saved });
      onCreated(created.id);
      return;
    }
    const refused = await updateResponse(stored.id, versionToSave(from, stored), input);
    setBusy(false);
    // A stale refusal brought what is stored now: the two versions stand side by side instead of a message.
    if (refused?.code === 'STALE_VERSION') setComparing(true);
    setRefusal(refused?.code === 'STALE_VERSION' ? null : refused);
    if (refused !== null) return;
    setChecked(false);
    setComparing(false);
    setSaved(true);
    keepEdit(agentId, responseId, null);
  };
  const remove = async () => {
    if (stored === undefined) return;
    setBusy(true);
    const refused = await deleteResponse(stored);
    setBusy(false);
    setDeleting(false);
    setRefusal(refused);
    if (refused !== null) return;
    keepEdit(agentId, responseId, null);
    toasts.show({ text: text.deleted(stored.title) });
    onClose();
  };

  return (
    <article className={css.editor}>
      <header className={css.header}>
        <IconButton icon="chevron-left" label={text.back} className={css.back} onClick={onClose} />
        <h2 className={css.heading}>
          <bdi>{stored?.title ?? text.newResponse}</bdi>
        </h2>
        {stored !== undefined && canEdit && (
          <IconButton
            icon="trash"
            label={text.delete}
            onClick={() => {
              setDeleting(true);
            }}
          />
        )}
      </header>
      {newer !== null && comparing ? (
        <StaleEdit
          mine={edit}
          theirs={newer}
          categories={categories}
          busy={busy}
          onSaveMine={() => void save(onTopOf(edit, newer))}
          onTakeTheirs={discard}
          onEditMine={() => {
            setComparing(false);
            keepEdit(agentId, responseId, onTopOf(edit, newer));
          }}
        />
      ) : (
        <form
          className={css.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          {isGone && <Banner tone="warn">{text.deletedBehind}</Banner>}
          {newer !== null && (
            <Banner
              tone="warn"
              icon="warning"
              action={
                <Button
                  size="small"
                  onClick={() => {
                    setComparing(true);
                  }}
                >
                  {text.compare}
                </Button>
              }
            >
              {text.changedBehind(newer.updatedBy?.displayName ?? null)}
            </Banner>
          )}
          <ResponseFields
            edit={edit}
            categories={categories}
            problems={problems}
            refusal={refusal}
            readOnly={!canEdit}
            onWrite={write}
          />
          {refusal !== null && refusal.field !== 'title' && refusal.field !== 'body' && (
            <Banner tone="danger">{text.errors[refusal.code]}</Banner>
          )}
          <footer className={css.footer}>
            {stored !== undefined && (
              <p className={css.updated}>
                {text.updated(format.full(stored.updatedAt), stored.updatedBy?.displayName ?? null)}
                <span role="status" className={css.saved}>
                  {saved && text.saved}
                </span>
              </p>
            )}
            {canEdit && kept !== null && <Button onClick={discard}>{text.discard}</Button>}
            {canEdit && (
              <Button variant="primary" type="submit" busy={busy} aria-disabled={!isNew && kept === null}>
                {isGone ? text.saveAsNew : isNew ? text.create : text.save}
              </Button>
            )}
          </footer>
        </form>
      )}
      {stored !== undefined && (
        <ConfirmDialog
          open={deleting}
          danger
          busy={busy}
          title={text.deleteResponse(stored.title)}
          confirmLabel={text.delete}
          onCancel={() => {
            setDeleting(false);
          }}
          onConfirm={() => void remove()}
        >
          <p>{text.deleteResponseHint}</p>
        </ConfirmDialog>
      )}
    </article>
  );
}
