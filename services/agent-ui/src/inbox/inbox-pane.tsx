import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useLocation, useSearch } from 'wouter';
import { type InboxFilter, useInboxList } from '../data';
import { useText } from '../i18n';
import { usePaneLayout, useShortcut } from '../navigation';
import { useViewer } from '../session';
import { ConversationList } from './conversation-list';
import { addressOf, filterOf, withoutNarrowing } from './filter-address';
import css from './inbox-pane.module.css';
import { ListHeader } from './list-header';
import { focusPane } from './pane-focus';

/** The list of conversations. What is open stays open, whatever the list is narrowed to. */
export function InboxPane({ openId }: { openId: string | null }) {
  const text = useText().inbox;
  const query = useSearch();
  const [, navigate] = useLocation();
  const { agent: viewer } = useViewer();
  const filter = useMemo(() => filterOf(query, viewer.id), [query, viewer.id]);
  const list = useInboxList(filter);
  const showsOnePane = usePaneLayout() === 'narrow';
  const hrefOf = useCallback((next: InboxFilter) => addressOf(openId, next), [openId]);
  const change = useCallback(
    (next: InboxFilter) => {
      // Back undoes each choice; a search that is typed is one of them.
      const isTyped = filter.search !== undefined && next.search !== undefined && filter.search !== next.search;
      navigate(hrefOf(next), { replace: isTyped });
    },
    [filter.search, hrefOf, navigate],
  );

  // Opening hands the focus to the thread: keys act on it, and the list is free to move again.
  const wanted = useRef(false);
  const open = useCallback(
    (id: string) => {
      if (id === openId) requestAnimationFrame(() => focusPane('thread'));
      else wanted.current = true;
    },
    [openId],
  );
  useEffect(() => {
    if (openId === null || !wanted.current) return;
    wanted.current = false;
    focusPane('thread');
  }, [openId]);

  // One step out each time: from the reply field to the thread, from there to the list, from the list to no thread.
  useShortcut('back', () => {
    const focused = document.activeElement;
    if (openId === null) return;
    if (focused?.closest('[data-pane=composer]') != null) {
      focusPane('thread');
      return;
    }
    const leaves = focused?.closest('[data-pane=list]') != null || showsOnePane;
    if (leaves) navigate(addressOf(null, filter));
    if (showsOnePane) requestAnimationFrame(() => focusPane('list'));
    else focusPane('list');
  });

  return (
    <div className={css.pane} data-pane="list" role="region" aria-label={text.listLabel}>
      <ListHeader filter={filter} hrefOf={hrefOf} onChange={change} />
      <ConversationList
        list={list}
        filter={filter}
        openId={openId}
        onOpen={open}
        hrefOf={hrefOf}
        onClearFilters={() => change(withoutNarrowing(filter))}
      />
    </div>
  );
}
