import { Banner, Button } from '../design';
import { useFormat, useText } from '../i18n';
import type { ResponseInput } from './changes';
import css from './response-editor.module.css';
import type { SavedCategory, SavedResponse } from './saved-responses-store';
import { type Run, wordChanges } from './word-changes';

/** Two agents changed the same response: both versions side by side, what differs marked; nothing is overwritten unseen. */
export function StaleEdit({
  mine,
  theirs,
  categories,
  busy,
  onSaveMine,
  onTakeTheirs,
  onEditMine,
}: {
  mine: ResponseInput;
  theirs: SavedResponse;
  categories: readonly SavedCategory[];
  busy: boolean;
  onSaveMine: () => void;
  onTakeTheirs: () => void;
  onEditMine: () => void;
}) {
  const text = useText().savedResponses;
  const format = useFormat();
  const nameOf = (id: string | null) => categories.find((category) => category.id === id)?.name ?? text.noCategory;
  const changes = {
    title: wordChanges(theirs.title, mine.title),
    category: wordChanges(nameOf(theirs.categoryId), nameOf(mine.categoryId)),
    body: wordChanges(theirs.body, mine.body),
  };
  const by = theirs.updatedBy?.displayName ?? null;
  const side = (of: 'mine' | 'theirs', label: string, note?: string) => {
    const show = of === 'mine' ? 'added' : 'removed';
    return (
      <section className={css.side} aria-label={label}>
        <h3 className={css.sideHeading}>{label}</h3>
        {note !== undefined && <p className={css.hint}>{note}</p>}
        <p className={css.sideTitle}>
          <Marked runs={changes.title} show={show} />
        </p>
        <p className={css.hint}>
          <Marked runs={changes.category} show={show} />
        </p>
        <div className={css.sideBody} dir="auto">
          <Marked runs={changes.body} show={show} />
        </div>
      </section>
    );
  };
  return (
    <div className={css.stale}>
      <Banner tone="warn" icon="warning">
        {text.staleTitle(by)}. {text.staleHint}
      </Banner>
      <div className={css.sides}>
        {side('mine', text.mine)}
        {side('theirs', text.theirs, text.updated(format.full(theirs.updatedAt), by))}
      </div>
      <footer className={css.footer}>
        <Button onClick={onTakeTheirs}>{text.takeTheirs}</Button>
        <Button onClick={onEditMine}>{text.editMine}</Button>
        <Button variant="primary" busy={busy} onClick={onSaveMine}>
          {text.keepMine}
        </Button>
      </footer>
    </div>
  );
}

/** One side of a comparison; what the other side lacks is marked. */
function Marked({ runs, show }: { runs: readonly Run[]; show: 'added' | 'removed' }) {
  return runs
    .filter(({ kind }) => kind === 'same' || kind === show)
    .map(({ kind, text }, index) =>
      kind === 'same' ? (
        text
      ) : (
        <mark key={index} className={css.changed}>
          {text}
        </mark>
      ),
    );
}
