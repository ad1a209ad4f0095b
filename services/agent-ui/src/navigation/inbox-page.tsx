import { useEffect, useMemo, useRef, useState, type CSSProperties } from 'react';
import { DetailsPane } from '../details';
import { Dialog } from '../design';
import { useText } from '../i18n';
import { InboxPane } from '../inbox';
import { ThreadPane } from '../thread';
import css from './inbox-page.module.css';
import { ListSeparator, useListWidth } from './list-width';
import { DetailsPaneContext, usePaneLayout, type DetailsPane as DetailsPaneState } from './pane-layout';
import { NothingOpen } from './nothing-open';

/** List, thread and details: side by side, with details as a drawer, or one at a time. */
export function InboxPage({ conversationId }: { conversationId: string | null }) {
  const text = useText().navigation;
  const layout = usePaneLayout();
  const [listWidth, setListWidth] = useListWidth();
  const [detailsOpen, setDetailsOpen] = useState(false);
  const details = useMemo<DetailsPaneState>(
    () => ({ isDrawer: layout !== 'wide', isOpen: detailsOpen, setOpen: setDetailsOpen }),
    [layout, detailsOpen],
  );
  useEffect(() => setDetailsOpen(false), [conversationId, layout]);
  const threadPane = useRef<HTMLElement>(null);
  const listPane = useRef<HTMLElement>(null);

  // One pane at a time: the one that comes into sight takes the focus, because the other one is gone.
  const showsThread = conversationId !== null;
  const before = useRef(showsThread);
  useEffect(() => {
    if (before.current === showsThread) return;
    before.current = showsThread;
    if (layout === 'narrow') (showsThread ? threadPane : listPane).current?.focus();
  }, [showsThread, layout]);

  return (
    <DetailsPaneContext value={details}>
      <div
        className={css.panes}
        style={{ '--list-width': `${listWidth}px` } as CSSProperties}
        data-shown={showsThread ? 'thread' : 'list'}
      >
        <section className={css.list} ref={listPane} tabIndex={-1}>
          <InboxPane openId={conversationId} />
        </section>
        <ListSeparator width={listWidth} onChange={setListWidth} />
        <section className={css.thread} ref={threadPane} tabIndex={-1}>
          {conversationId === null ? <NothingOpen /> : <ThreadPane conversationId={conversationId} />}
        </section>
        {layout === 'wide' && (
          <aside className={css.details} aria-label={text.details}>
            {conversationId !== null && <DetailsPane conversationId={conversationId} />}
          </aside>
        )}
      </div>
      {layout !== 'wide' && conversationId !== null && (
        <Dialog drawer open={detailsOpen} onClose={() => setDetailsOpen(false)} title={text.details}>
          <DetailsPane conversationId={conversationId} />
        </Dialog>
      )}
    </DetailsPaneContext>
  );
}
