import * as Ariakit from '@ariakit/react';
import { type RefObject, useEffect, useState } from 'react';
import { Link } from 'wouter';
import { Banner, Button, EmptyState, Icon, IN_PLACE, Select } from '../design';
import { useText } from '../i18n';
import css from './picker.module.css';
import { savedResponsesStore, useSavedResponses } from './saved-responses-store';
import { useFoundResponses } from './use-found-responses';

/** Saved responses over the composer: search, category, arrow keys. Enter or a click inserts; Escape gives the caret back. */
export function SavedResponsePicker({
  open,
  anchor,
  onInsert,
  onClose,
  onClosed,
}: {
  open: boolean;
  /** Its box stands above this one, as wide as it is. */
  anchor: RefObject<HTMLElement | null>;
  onInsert: (body: string) => void;
  onClose: () => void;
  /** The caret goes back into the reply. */
  onClosed: () => void;
}) {
  const text = useText().savedResponses;
  const popover = Ariakit.usePopoverStore({
    open,
    setOpen: (next) => {
      if (!next) onClose();
    },
    placement: 'top-start',
  });
  useEffect(() => popover.setAnchorElement(anchor.current), [popover, anchor]);
  const view = useSavedResponses();
  const [search, setSearch] = useState('');
  const [categoryId, setCategoryId] = useState<string | null>(null);
  const groups = useFoundResponses(view, search, categoryId);
  // Its own store instead of a provider: a Select inside a ComboboxProvider would take this list for its own.
  const combobox = Ariakit.useComboboxStore({
    open: true,
    inputValue: search,
    setInputValue: setSearch,
    compositeElementInFocusOrder: false,
    focusLoop: false,
    orientation: 'vertical',
  });
  const count = groups.reduce((sum, { responses }) => sum + responses.length, 0);

  const pick = (body: string) => {
    popover.hide();
    onInsert(body);
  };
  return (
    <Ariakit.Popover
      store={popover}
      className={css.picker}
      aria-label={text.title}
      sameWidth
      gutter={8}
      {...IN_PLACE}
      autoFocusOnHide={() => {
        onClosed();
        return false;
      }}
    >
      <div className={css.top}>
        <label className={css.search}>
          <Icon name="search" size={14} />
          <span className="only-read">{text.search}</span>
          <Ariakit.Combobox
            store={combobox}
            className={css.input}
            placeholder={text.search}
            autoSelect="always"
            autoFocus
          />
        </label>
        <Select
          label={text.category}
          value={categoryId ?? ''}
          placement="bottom-end"
          className={css.category}
          onChange={(id) => {
            setCategoryId(id === '' ? null : id);
          }}
          options={[
            { value: '', label: text.allCategories },
            ...view.categories.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </div>
      <Ariakit.ComboboxList store={combobox} className={css.list} alwaysVisible aria-label={text.title}>
        {groups.map(({ category, responses }) => (
          <Ariakit.ComboboxGroup key={category?.id ?? ''}>
            <Ariakit.ComboboxGroupLabel className={css.group}>
              {category?.name ?? text.noCategory}
            </Ariakit.ComboboxGroupLabel>
            {responses.map(({ id, title, body }) => (
              <Ariakit.ComboboxItem
                key={id}
                className={css.item}
                setValueOnClick={false}
                hideOnClick={false}
                focusOnHover
                onClick={() => {
                  pick(body);
                }}
              >
                <span className={css.title}>{title}</span>
                <span className={css.body}>{body.slice(0, 200)}</span>
              </Ariakit.ComboboxItem>
            ))}
          </Ariakit.ComboboxGroup>
        ))}
      </Ariakit.ComboboxList>
      {count === 0 && <Nothing state={view.state} searched={search.trim() !== '' || categoryId !== null} />}
      <p className="only-read" role="status">
        {view.state === 'ready' && text.found(count)}
      </p>
      <footer className={css.footer}>
        <span className={css.keys}>{text.keys}</span>
        <Link
          href="/saved-responses"
          className={css.manage}
          onClick={() => {
            popover.hide();
          }}
        >
          {text.manage}
        </Link>
      </footer>
    </Ariakit.Popover>
  );
}

function Nothing({ state, searched }: { state: 'loading' | 'ready' | 'failed'; searched: boolean }) {
  const text = useText().savedResponses;
  if (state === 'loading') return <p className={css.nothing}>{text.loading}</p>;
  if (state === 'failed')
    return (
      <div className={css.failed}>
        <Banner
          tone="danger"
          action={
            <Button size="small" onClick={savedResponsesStore.retry}>
              {text.tryAgain}
            </Button>
          }
        >
          {text.unavailable}
        </Banner>
      </div>
    );
  if (searched) return <p className={css.nothing}>{text.noneFound}</p>;
  return (
    <EmptyState icon="bolt" title={text.empty}>
      {text.emptyHint}
    </EmptyState>
  );
}
