import { Button, Icon } from '../design';
import { useText } from '../i18n';
import { NO_CATEGORY } from './no-category';
import type { ResponseEdit } from './response-edit';
import css from './response-list.module.css';
import type { SavedResponsesView } from './saved-responses-store';
import { NEW } from './unsaved-edits';
import { useFoundResponses } from './use-found-responses';

/** Responses of the chosen category that have the words searched for. */
export function ResponseList({
  view,
  category,
  search,
  onSearch,
  openId,
  unsaved,
  canEdit,
  onOpen,
}: {
  view: SavedResponsesView;
  category: string | null;
  search: string;
  onSearch: (search: string) => void;
  openId: string | null;
  unsaved: ReadonlyMap<string, ResponseEdit>;
  canEdit: boolean;
  onOpen: (id: string) => void;
}) {
  const text = useText().savedResponses;
  const found = useFoundResponses(view, search, category === NO_CATEGORY ? null : category);
  const groups = category === NO_CATEGORY ? found.filter((group) => group.category === null) : found;
  const count = groups.reduce((sum, { responses }) => sum + responses.length, 0);
  const nothing = view.responses.length === 0 ? text.empty : search.trim() === '' ? text.categoryEmpty : text.noneFound;
  return (
    <div className={css.responses}>
      <div className={css.top}>
        <label className={css.search}>
          <Icon name="search" size={14} />
          <span className="only-read">{text.search}</span>
          <input
            type="search"
            className={css.input}
            value={search}
            placeholder={text.searchHere}
            onChange={(event) => {
              onSearch(event.target.value);
            }}
          />
        </label>
        {canEdit && (
          <Button
            icon="plus"
            onClick={() => {
              onOpen(NEW);
            }}
          >
            {text.newResponse}
          </Button>
        )}
      </div>
      {!canEdit && <p className={css.why}>{text.viewersCannot}</p>}
      <p className="only-read" role="status">
        {search.trim() !== '' && text.found(count)}
      </p>
      <div className={css.scroll}>
        {unsaved.has(NEW) && (
          <ul>
            <Row
              title={unsaved.get(NEW)?.title.trim() === '' ? text.newResponse : (unsaved.get(NEW)?.title ?? '')}
              body={unsaved.get(NEW)?.body ?? ''}
              isOpen={openId === NEW}
              isUnsaved
              onOpen={() => {
                onOpen(NEW);
              }}
            />
          </ul>
        )}
        {groups.map(({ category: group, responses }) => (
          <section key={group?.id ?? ''} aria-label={group?.name ?? text.noCategory}>
            {category === null && <h2 className={css.group}>{group?.name ?? text.noCategory}</h2>}
            <ul>
              {responses.map(({ id, title, body }) => (
                <Row
                  key={id}
                  title={title}
                  body={body}
                  isOpen={openId === id}
                  isUnsaved={unsaved.has(id)}
                  onOpen={() => {
                    onOpen(id);
                  }}
                />
              ))}
            </ul>
          </section>
        ))}
        {count === 0 && <p className={css.nothing}>{nothing}</p>}
      </div>
    </div>
  );
}

function Row({
  title,
  body,
  isOpen,
  isUnsaved,
  onOpen,
}: {
  title: string;
  body: string;
  isOpen: boolean;
  isUnsaved: boolean;
  onOpen: () => void;
}) {
  const text = useText().savedResponses;
  return (
    <li>
      <button type="button" className={css.row} aria-current={isOpen ? 'true' : undefined} onClick={onOpen}>
        <span className={css.title}>
          <bdi>{title}</bdi>
          {isUnsaved && <span className={css.unsaved}>{text.unsaved}</span>}
        </span>
        <span className={css.body}>{body.slice(0, 200)}</span>
      </button>
    </li>
  );
}
