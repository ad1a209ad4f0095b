import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { type ConversationRow, shouldMarkRead, type ThreadView } from '../data';
import { Banner, Button, Skeleton } from '../design';
import { useFormat, useKnownAs, useText } from '../i18n';
import { ActivityLine, DayLine, NewMessagesLine } from './activity-line';
import { NewestSpoken } from './newest-spoken';
import { StoredMessage } from './stored-message';
import css from './thread-log.module.css';
import { firstUnread, newestMessageId, type ThreadLine, threadLines } from './thread-lines';
import { useReading } from './use-reading';
import { WaitingMessage } from './waiting-message';

/** Closer to the end than this counts as the end. */
const NEAR_END = 48;
/** Older messages are asked for when so little is left above. */
const NEAR_START = 600;

type Line = ThreadLine | { kind: 'older'; key: string };

/** The messages of one conversation; mount it with the conversation's id as key. */
export function ThreadLog({ conversation, thread }: { conversation: ConversationRow; thread: ThreadView }) {
  const text = useText().thread;
  const knownAs = useKnownAs();
  const { items, hasOlder, loadingOlder } = thread;
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useRef<VirtualizerHandle>(null);
  // The line stays where it was when the thread was opened, also after it became Read.
  const [firstUnreadId] = useState(() => firstUnread(items, conversation.unread));
  const [atEnd, setAtEnd] = useState(true);
  const [seenKey, setSeenKey] = useState(items.at(-1)?.key);
  const lines = useMemo<Line[]>(() => {
    const all: Line[] = threadLines(items, { hasOlder, firstUnreadId });
    if (hasOlder) all.unshift({ kind: 'older', key: 'older' });
    return all;
  }, [items, hasOlder, firstUnreadId]);

  const firstKey = items[0]?.key;
  const [shownFirst, setShownFirst] = useState(firstKey);
  const prepended = shownFirst !== undefined && firstKey !== shownFirst;
  useLayoutEffect(() => setShownFirst(firstKey), [firstKey]);

  const newest = newestMessageId(items);
  const { shown, look } = useReading({ conversation, newestId: newest, rule: shouldMarkRead });
  const lookAround = () => {
    const list = rows.current;
    if (list === null) return;
    const rest = list.scrollSize - list.scrollOffset - list.viewportSize;
    const near = rest < NEAR_END;
    setAtEnd(near);
    if (near) setSeenKey(items.at(-1)?.key);
    if (hasOlder && loadingOlder === 'idle' && list.scrollOffset < NEAR_START) thread.loadOlder();
    const lowest = list.findItemIndex(list.scrollOffset + list.viewportSize - 24);
    const newestLine = lines.findLastIndex((line) => line.kind === 'message');
    look(near || lowest >= newestLine ? newest : null);
  };

  const opened = useRef(false);
  const stayAtEnd = atEnd && !prepended;
  useLayoutEffect(() => {
    if (lines.length === 0) return;
    const at = opened.current ? -1 : lines.findIndex((line) => line.kind === 'new');
    if (at !== -1) rows.current?.scrollToIndex(at, { align: 'start', offset: -16 });
    else if (!opened.current || stayAtEnd) rows.current?.scrollToIndex(lines.length - 1, { align: 'end', offset: 24 });
    opened.current = true;
  }, [lines, stayAtEnd]);
  useLayoutEffect(() => {
    const frame = requestAnimationFrame(lookAround);
    return () => cancelAnimationFrame(frame);
  });
  const toEnd = () => {
    setAtEnd(true);
    rows.current?.scrollToIndex(lines.length - 1, { align: 'end', offset: 24 });
    scroller.current?.focus({ preventScroll: true });
  };
  const fresh = atEnd ? 0 : countNew(items, seenKey);
  const newestInbound = items.findLast((item) => item.kind === 'message' && item.message.direction === 'INBOUND');
  const read = useReadText(conversation);

  return (
    <div className={css.frame}>
      <div
        className={css.scroller}
        ref={scroller}
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-label={text.logLabel(knownAs(conversation.title))}
      >
        <div className={css.measure}>
          <Virtualizer
            ref={rows}
            scrollRef={scroller}
            startMargin={24}
            shift={prepended}
            bufferSize={600}
            onScroll={lookAround}
            onResize={() => {
              if (atEnd && opened.current) rows.current?.scrollToIndex(lines.length - 1, { align: 'end', offset: 24 });
            }}
            data={lines}
          >
            {(line) => (
              <div key={line.key} className={css.line}>
                <ShownLine
                  line={line}
                  thread={thread}
                  read={line.key === newestInbound?.key && shown !== undefined ? read : null}
                />
              </div>
            )}
          </Virtualizer>
        </div>
      </div>
      {fresh > 0 && (
        <Button className={css.fresh} variant="primary" size="small" icon="arrow-down" onClick={toEnd}>
          {text.showNew(fresh)}
        </Button>
      )}
      <NewestSpoken items={items} />
    </div>
  );
}

function ShownLine({ line, thread, read }: { line: Line; thread: ThreadView; read: string | null }) {
  switch (line.kind) {
    case 'older':
      return <Older thread={thread} />;
    case 'day':
      return <DayLine at={line.at} />;
    case 'new':
      return <NewMessagesLine />;
    case 'activity':
      return <ActivityLine told={line.told} />;
    case 'message':
      return <StoredMessage message={line.message} follows={line.follows} read={read} />;
    case 'pending':
      return <WaitingMessage pending={line.pending} follows={line.follows} replyOptions={thread.replyOptions} />;
  }
}

/** Above the oldest loaded message. */
function Older({ thread }: { thread: ThreadView }) {
  const text = useText().thread;
  if (thread.loadingOlder !== 'failed')
    return (
      <div className={css.older} role="status">
        <span className="only-read">{text.loadingOlder}</span>
        <Skeleton width="48%" height={36} />
        <Skeleton width="30%" height={10} />
      </div>
    );
  return (
    <div className={css.older}>
      <Banner
        tone="danger"
        action={
          <Button size="small" onClick={() => thread.loadOlder()}>
            {text.tryAgain}
          </Button>
        }
      >
        {text.olderFailed}
      </Banner>
    </div>
  );
}

const countNew = (items: ThreadView['items'], seenKey: string | undefined): number =>
  items
    .slice(items.findLastIndex(({ key }) => key === seenKey) + 1)
    .filter((item) => item.kind === 'message' && item.message.direction === 'INBOUND').length;

function useReadText({ read }: ConversationRow): string | null {
  const text = useText().thread;
  const format = useFormat();
  if (read === null) return null;
  const when = format.clock(read.at);
  return read.by === null ? text.readAt(when) : text.readBy(read.by.displayName, when);
}
