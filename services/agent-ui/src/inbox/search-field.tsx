import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { InboxFilter } from '../data';
import { Icon, IconButton } from '../design';
import { useText } from '../i18n';
import { useShortcut } from '../navigation';
import { searchOf } from './filter-address';
import { focusPane } from './pane-focus';
import css from './search-field.module.css';

/** So long nobody may have typed before the list is searched. */
const PAUSE_MS = 250;

interface Props {
  filter: InboxFilter;
  onChange: (filter: InboxFilter) => void;
  menu: ReactNode;
}

export function SearchField({ filter, onChange, menu }: Props) {
  const text = useText().inbox;
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(filter.search ?? '');
  const [applied, setApplied] = useState(filter.search);
  // The address changed by other means: back, a link, "Clear filters".
  if (applied !== filter.search) {
    setApplied(filter.search);
    if (searchOf(typed) !== filter.search) setTyped(filter.search ?? '');
  }
  useEffect(() => {
    const search = searchOf(typed);
    if (search === filter.search) return;
    const timer = setTimeout(() => onChange({ ...filter, search }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, filter, onChange]);
  useShortcut('search', () => {
    field.current?.focus();
    field.current?.select();
  });
  const clear = () => {
    setTyped('');
    onChange({ ...filter, search: undefined });
  };
  return (
    <div className={css.search} role="search">
      <Icon name="search" size={14} className={css.icon} />
      <input
        ref={field}
        type="search"
        className={css.field}
        value={typed}
        maxLength={200}
        placeholder={text.search}
        aria-label={text.search}
        aria-keyshortcuts="/"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Escape') {
            event.preventDefault();
            event.nativeEvent.stopImmediatePropagation();
            if (typed === '') focusPane('list');
            else clear();
          } else if (event.key === 'Enter' || event.key === 'ArrowDown') {
            event.preventDefault();
            const search = searchOf(typed);
            if (search !== filter.search) onChange({ ...filter, search });
            focusPane('list');
          }
        }}
      />
      {typed === '' ? (
        <kbd className={css.hint} aria-hidden>
          /
        </kbd>
      ) : (
        <IconButton
          icon="close"
          iconSize={14}
          label={text.clearSearch}
          className={css.clear}
          onClick={() => {
            clear();
            field.current?.focus();
          }}
        />
      )}
      {menu}
    </div>
  );
}
