import { useState } from 'react';
import { Button } from '../design';
import { useFormat, useText } from '../i18n';
import css from './category-list.module.css';
import { CategoryName } from './category-name';
import { CategoryRow } from './category-row';
import { updateCategory } from './changes';
import { DeleteCategory } from './delete-category';
import { NO_CATEGORY } from './no-category';
import { type SavedCategory, savedResponsesStore, type SavedResponsesView } from './saved-responses-store';
import { useDragOrder } from './use-drag-order';

/** The categories in the order of the picker, with counts. Admins make, rename, move and delete them. */
export function CategoryList({
  view: { categories, responses, isComplete },
  chosen,
  isAdmin,
  onChoose,
}: {
  view: SavedResponsesView;
  chosen: string | null;
  isAdmin: boolean;
  onChoose: (id: string | null) => void;
}) {
  const text = useText().savedResponses;
  const format = useFormat();
  const [naming, setNaming] = useState<SavedCategory | 'new' | null>(null);
  const [deleting, setDeleting] = useState<SavedCategory | null>(null);
  const [said, setSaid] = useState('');
  const [failure, setFailure] = useState<string | null>(null);

  const countOf = (id: string | null) => responses.filter(({ categoryId }) => categoryId === id).length;
  const counted = (count: number) => (isComplete ? format.number(count) : undefined);
  const move = async (id: string, to: number) => {
    const from = categories.findIndex((category) => category.id === id);
    const category = categories[from];
    const place = Math.max(0, Math.min(to, categories.length - 1));
    if (category === undefined || place === from) return;
    setFailure(null);
    const ids = categories.map((one) => one.id);
    ids.splice(place, 0, ...ids.splice(from, 1));
    savedResponsesStore.reorder(ids);
    setSaid(text.moved(category.name, place + 1, categories.length));
    const refusal = await updateCategory(category, { position: place });
    if (refusal === null) return;
    setFailure(text.errors[refusal.code]);
    savedResponsesStore.refresh();
  };
  const drag = useDragOrder(
    categories.map(({ id }) => id),
    (id, to) => void move(id, to),
  );
  const withoutCategory = countOf(null);
  return (
    <nav className={css.categories} aria-label={text.categories}>
      <ul className={css.list} ref={drag.list}>
        <li>
          <button
            type="button"
            className={css.choice}
            aria-current={chosen === null ? 'true' : undefined}
            onClick={() => {
              onChoose(null);
            }}
          >
            <span className={css.name}>{text.all}</span>
            <span className={css.count}>{counted(responses.length)}</span>
          </button>
        </li>
        {categories.map((category, index) => (
          <CategoryRow
            key={category.id}
            category={category}
            count={counted(countOf(category.id))}
            isChosen={chosen === category.id}
            position={index}
            last={categories.length - 1}
            isAdmin={isAdmin}
            drag={drag}
            onChoose={() => {
              onChoose(category.id);
            }}
            onMove={(to) => void move(category.id, to)}
            onRename={() => {
              setNaming(category);
            }}
            onDelete={() => {
              setDeleting(category);
            }}
          />
        ))}
        {withoutCategory > 0 && (
          <li>
            <button
              type="button"
              className={css.choice}
              aria-current={chosen === NO_CATEGORY ? 'true' : undefined}
              onClick={() => {
                onChoose(NO_CATEGORY);
              }}
            >
              <span className={css.name}>{text.noCategory}</span>
              <span className={css.count}>{counted(withoutCategory)}</span>
            </button>
          </li>
        )}
      </ul>
      <p className="only-read" role="status">
        {said}
      </p>
      {failure !== null && (
        <p className={css.failure} role="alert">
          {failure}
        </p>
      )}
      {isAdmin ? (
        <Button
          variant="quiet"
          icon="plus"
          onClick={() => {
            setNaming('new');
          }}
        >
          {text.newCategory}
        </Button>
      ) : (
        <p className={css.why}>{text.adminsOnly}</p>
      )}
      {naming !== null && (
        <CategoryName
          category={naming === 'new' ? null : naming}
          onClose={() => {
            setNaming(null);
          }}
        />
      )}
      {deleting !== null && (
        <DeleteCategory
          category={categories.find(({ id }) => id === deleting.id) ?? deleting}
          count={countOf(deleting.id)}
          others={categories.filter(({ id }) => id !== deleting.id)}
          onClose={() => {
            setDeleting(null);
          }}
          onDeleted={() => {
            setDeleting(null);
            if (chosen === deleting.id) onChoose(null);
          }}
        />
      )}
    </nav>
  );
}
