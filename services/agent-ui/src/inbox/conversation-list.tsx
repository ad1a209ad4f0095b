import { useEffect, useEffectEvent, useRef, type RefObject } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import type { InboxFilter, InboxListView } from '../data';
import { Banner, Button, ButtonLink, EmptyState, SkeletonRows } from '../design';
import { useText } from '../i18n';
import { usePaneLayout } from '../navigation';
import { useIsFirstRun } from '../settings/first-run';
import css from './conversation-list.module.css';
import { ConversationRow } from './conversation-row';
import { addressOf, narrows, queryOf } from './filter-address';
import { ListItem, ROW_HEIGHT } from './list-item';
import { useListKeys } from './list-keys';
import { NothingFound } from './nothing-found';

/** The next page is asked for when so many rows are left below. */
const ROWS_AHEAD = 15;

interface Props {
  list: InboxListView;
  filter: InboxFilter;
  openId: string | null;
  onOpen: (id: string) => void;
  /** Address of the list with another filter; the open conversation stays. */
  hrefOf: (filter: InboxFilter) => string;
  onClearFilters: () => void;
}

export function ConversationList({ list, filter, openId, onOpen, hrefOf, onClearFilters }: Props) {
  const text = useText().inbox;
  const frame = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useRef<VirtualizerHandle>(null);
  const query = queryOf(filter);
  useListKeys({ ids: list.ids, openId, scroller, rows });
  useHeldWhileInUse(list, frame);
  useEffect(() => {
    rows.current?.scrollTo(0);
  }, [query]);

  const loadAhead = (offset: number) => {
    const shown = rows.current?.findItemIndex(offset + (rows.current.viewportSize ?? 0)) ?? 0;
    if (list.hasMore && list.loadingMore === 'idle' && shown >= list.ids.length - ROWS_AHEAD) list.loadMore();
  };
  // A page may be short although more follow: then nothing can be scrolled that would ask for them.
  const tooShort =
    list.state === 'ready' && list.hasMore && list.loadingMore === 'idle' && list.ids.length < ROWS_AHEAD;
  const loadOn = useEffectEvent(() => list.loadMore());
  useEffect(() => {
    if (tooShort) loadOn();
  }, [tooShort, list.ids.length]);
  const showHeld = () => {
    list.release();
    rows.current?.scrollTo(0);
  };

  return (
    <div className={css.frame} ref={frame}>
      {list.held > 0 && (
        <button type="button" className={css.held} onClick={showHeld} aria-label={text.showNewOnes(list.held)}>
          {text.newOnes(list.held)}
        </button>
      )}
      <div className={css.scroller} ref={scroller} tabIndex={-1} aria-busy={list.state === 'loading'}>
        {list.state === 'loading' && list.ids.length === 0 && <SkeletonRows count={8} label={text.loading} />}
        {list.state === 'failed' && (
          <div className={css.notice}>
            <Banner
              tone="danger"
              action={
                <Button size="small" onClick={() => list.retry()}>
                  {text.tryAgain}
                </Button>
              }
            >
              {text.failed}
            </Banner>
          </div>
        )}
        {list.state === 'ready' && list.ids.length === 0 && (
          <Nothing filter={filter} hrefOf={hrefOf} onClearFilters={onClearFilters} />
        )}
        <Virtualizer
          ref={rows}
          as="ul"
          item={ListItem}
          itemSize={ROW_HEIGHT}
          onScroll={loadAhead}
          scrollRef={scroller}
          data={list.ids}
        >
          {(id) => (
            <ConversationRow
              key={id}
              id={id}
              href={addressOf(id, filter)}
              current={id === openId}
              match={list.excerpts.get(id)}
              onOpen={onOpen}
            />
          )}
        </Virtualizer>
        {list.loadingMore === 'loading' && <SkeletonRows count={2} label={text.loadingMore} />}
        {list.loadingMore === 'failed' && (
          <div className={css.notice}>
            <Banner
              tone="danger"
              action={
                <Button size="small" onClick={() => list.loadMore()}>
                  {text.tryAgain}
                </Button>
              }
            >
              {text.moreFailed}
            </Banner>
          </div>
        )}
      </div>
    </div>
  );
}

function Nothing({ filter, hrefOf, onClearFilters }: Pick<Props, 'filter' | 'hrefOf' | 'onClearFilters'>) {
  const text = useText().inbox;
  if (narrows(filter)) return <NothingFound filter={filter} hrefOf={hrefOf} onClearFilters={onClearFilters} />;
  return filter.status === 'OPEN' ? (
    <NothingToAnswer />
  ) : (
    <EmptyState icon="inbox" title={text.nothingCompleted}>
      {text.nothingCompletedHint}
    </EmptyState>
  );
}

/** The steps of a new installation stand beside the list; where there is no room for both, a link leads to them. */
function NothingToAnswer() {
  const text = useText().inbox;
  const firstRun = useIsFirstRun();
  const alone = usePaneLayout() === 'narrow';
  if (firstRun !== true)
    return (
      <EmptyState icon="check" good title={text.allAnswered}>
        {text.allAnsweredHint}
      </EmptyState>
    );
  return (
    <EmptyState
      icon="inbox"
      title={text.noneYet}
      action={
        alone && (
          <ButtonLink href="/settings/installation" variant="primary">
            {text.setUpChannels}
          </ButtonLink>
        )
      }
    >
      {text.allAnsweredHint}
    </EmptyState>
  );
}

/** Rows do not move under a pointer that is about to click, nor away from the keyboard's focus. */
function useHeldWhileInUse(list: InboxListView, frame: RefObject<HTMLDivElement | null>): void {
  const hold = useEffectEvent((on: boolean) => list.hold(on));
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    let pointerInside = false;
    let focusInside = false;
    const tell = () => hold(pointerInside || focusInside);
    const enter = (event: PointerEvent) => {
      // A finger does not hover: it leaves nothing behind that could be released.
      if (event.pointerType === 'touch') return;
      pointerInside = true;
      tell();
    };
    const leave = () => {
      pointerInside = false;
      tell();
    };
    const focus = () => {
      focusInside = true;
      tell();
    };
    const blur = (event: FocusEvent) => {
      focusInside = event.relatedTarget instanceof Node && element.contains(event.relatedTarget);
      tell();
    };
    element.addEventListener('pointerenter', enter);
    element.addEventListener('pointerleave', leave);
    element.addEventListener('focusin', focus);
    element.addEventListener('focusout', blur);
    return () => {
      element.removeEventListener('pointerenter', enter);
      element.removeEventListener('pointerleave', leave);
      element.removeEventListener('focusin', focus);
      element.removeEventListener('focusout', blur);
      hold(false);
    };
  }, [frame]);
}
