import { useEffect, useMemo, useRef, useState, type CSSProperties } from 'react';
import { Dialog } from '../design';
import { useText } from '../i18n';
import { InboxPane } from '../inbox';
import { focusPane } from '../inbox/pane-focus';
import css from './inbox-page.module.css';
import { ListSeparator, useListWidth } from './list-width';
import { NothingOpen } from './nothing-open';
import { useConversationPanes } from './conversation-panes';
import { DetailsPaneContext, usePaneLayout, type DetailsPaneState } from './pane-layout';

/** List, thread and details: side by side, with details as a drawer, or one at a time. */
export function InboxPage({ conversationId }: { conversationId: string | null }) {
  const text = useText().navigation;
  const layout = usePaneLayout();
  const panes = useConversationPanes();
  const [listWidth, setListWidth] = useListWidth();
  const [detailsOpen, setDetailsOpen] = useState(false);
  const details = useMemo<DetailsPaneState>(
    () => ({ isDrawer: layout !== 'wide', isOpen: detailsOpen, setOpen: setDetailsOpen }),
    [layout, detailsOpen],
  );
  useEffect(() => setDetailsOpen(false), [conversationId, layout]);

  // One pane at a time: when the pane with the focus is gone, the one in its place takes it.
  const showsThread = conversationId !== null;
  const before = useRef(showsThread);
  useEffect(() => {
    if (before.current === showsThread) return;
    before.current = showsThread;
    if (layout !== 'narrow') return;
    requestAnimationFrame(() => {
      const hasFocus = document.activeElement !== null && document.activeElement !== document.body;
      if (!hasFocus) focusPane(showsThread ? 'thread' : 'list');
    });
  }, [showsThread, layout]);

  return (
    <DetailsPaneContext value={details}>
      <div
        className={css.panes}
        style={{ '--list-width': `${listWidth}px` } as CSSProperties}
        data-shown={showsThread ? 'thread' : 'list'}
      >
        <div className={css.list}>
          <InboxPane openId={conversationId} />
        </div>
        <ListSeparator width={listWidth} onChange={setListWidth} />
        <div className={css.thread}>
          {conversationId === null ? <NothingOpen /> : panes && <panes.ThreadPane conversationId={conversationId} />}
        </div>
        {layout === 'wide' && conversationId !== null && (
          <aside className={css.details} aria-label={text.details}>
            {panes && <panes.DetailsPane conversationId={conversationId} />}
          </aside>
        )}
      </div>
      {layout !== 'wide' && conversationId !== null && (
        <Dialog drawer open={detailsOpen} onClose={() => setDetailsOpen(false)} title={text.details}>
          {panes && <panes.DetailsPane conversationId={conversationId} />}
        </Dialog>
      )}
    </DetailsPaneContext>
  );
}
