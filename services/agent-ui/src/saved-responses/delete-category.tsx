import { useState } from 'react';
import { Banner, ConfirmDialog, Select } from '../design';
import { useText } from '../i18n';
import { deleteCategory, type Refusal } from './changes';
import css from './category-list.module.css';
import type { SavedCategory } from './saved-responses-store';

/** Asks before a category goes, and where its responses go. */
export function DeleteCategory({
  category,
  count,
  others,
  onClose,
  onDeleted,
}: {
  category: SavedCategory;
  count: number;
  others: readonly SavedCategory[];
  onClose: () => void;
  onDeleted: () => void;
}) {
  const text = useText().savedResponses;
  const [moveTo, setMoveTo] = useState(others[0]?.id ?? '');
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  // Responses that came meanwhile are known by the refusal, before the list has them.
  const isFull = count > 0 || refusal?.code === 'CATEGORY_NOT_EMPTY';

  const run = async () => {
    setBusy(true);
    const refused = await deleteCategory(category, isFull ? moveTo : null);
    setBusy(false);
    setRefusal(refused);
    if (refused === null) onDeleted();
  };
  const stuck = isFull && others.length === 0;
  return (
    <ConfirmDialog
      open
      danger
      busy={busy}
      title={text.deleteCategory(category.name)}
      confirmLabel={text.delete}
      onCancel={onClose}
      onConfirm={() => {
        if (!stuck) void run();
      }}
    >
      <div className={css.question}>
        {!isFull && <p>{text.deleteEmptyCategory}</p>}
        {stuck && <p>{text.noOtherCategory}</p>}
        {isFull && !stuck && (
          <>
            <p>{text.deleteFullCategory(count)}</p>
            <div>
              <Select
                label={text.moveTo}
                labelShown
                value={moveTo}
                onChange={setMoveTo}
                options={others.map(({ id, name }) => ({ value: id, label: name }))}
              />
            </div>
          </>
        )}
        {refusal !== null && <Banner tone="danger">{text.errors[refusal.code]}</Banner>}
      </div>
    </ConfirmDialog>
  );
}
