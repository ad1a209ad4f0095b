import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChatSession } from './chat-session';
import { DownIcon, SpeechIcon } from './icons';
import type { Locale } from './i18n/locale';
import { MessageBubble } from './message-bubble';
import type { Unsent } from './outbox';
import { timeline, type TimelineItem } from './timeline';

/** Closer to the end than this counts as being there, pixels. */
const END = 24;
/** Older messages load when the beginning comes so near, pixels. */
const BEGINNING = 80;

interface ListProps {
  session: ChatSession;
  locale: Locale;
  onEdit: (unsent: Unsent) => void;
}

export function MessageList({ session, locale, onEdit }: ListProps) {
  const { text } = locale;
  const { thread, older, outbox, delivery, connection } = session;
  const unsent = outbox.entries();
  const items = timeline(thread, unsent);
  const { box, atEnd, onScroll, toEnd } = useScrolling(session, items);
  const first = outbox.next()?.entry.clientId;
  const live = connection.state === 'live';
  const typing = session.theirTyping.by;
  const welcomed = thread.oldest !== null || items.length > 0;
  return (
    <div class="thread">
      <div
        class="scroll"
        ref={box}
        role="log"
        aria-label={text.conversation}
        // History that loads is not news.
        aria-live={welcomed && older !== 'loading' ? 'polite' : 'off'}
        tabIndex={0}
        onScroll={onScroll}
      >
        {thread.hasMore && (
          <p class="note">
            {older === 'failed' && <span class="danger">{text.earlierFailed} </span>}
            <button class="small" type="button" onClick={() => void session.loadOlder()}>
              {older === 'loading' ? text.loading : older === 'failed' ? text.tryAgain : text.earlier}
            </button>
          </p>
        )}
        {items.length === 0 && (
          <div class="empty">
            <span class="mark">
              <SpeechIcon />
            </span>
            <h2>{text.welcomeTitle}</h2>
            <p>{text.welcomeText}</p>
          </div>
        )}
        {items.map((item) =>
          item.kind === 'day' ? (
            <p class="note day" key={item.key}>
              {dayLabel(item.at, locale)}
            </p>
          ) : (
            <MessageBubble
              key={item.key}
              bubble={item}
              session={session}
              locale={locale}
              live={live}
              stuck={live && delivery.troubled && item.key === first}
              onRetry={() => {
                session.retry();
              }}
              onEdit={onEdit}
            />
          ),
        )}
        {thread.state === 'completed' && unsent.length === 0 && <p class="note">{text.completed}</p>}
        {typing !== null && (
          <p class="typing">
            <span class="dots" aria-hidden="true">
              <i />
              <i />
              <i />
            </span>
            <bdi>{text.writing(typing.name)}</bdi>
          </p>
        )}
      </div>
      {!atEnd && (
        <button class="to-end" type="button" onClick={toEnd}>
          <DownIcon />
          {text.newMessages}
        </button>
      )}
    </div>
  );
}

/** Keeps the end in view while it was in view, and the reading position when older messages come before it. */
function useScrolling(session: ChatSession, items: TimelineItem[]) {
  const box = useRef<HTMLDivElement>(null);
  const end = useRef(true);
  const before = useRef({ first: '', last: '', height: 0 });
  const [atEnd, setAtEnd] = useState(true);

  const toEnd = () => {
    box.current?.scrollTo({ top: box.current.scrollHeight });
    end.current = true;
    setAtEnd(true);
    session.seen();
  };

  const onScroll = () => {
    const element = box.current;
    if (element === null) return;
    end.current = element.scrollHeight - element.scrollTop - element.clientHeight < END;
    if (end.current) {
      setAtEnd(true);
      session.seen();
    }
    if (element.scrollTop < BEGINNING && session.older === 'idle') void session.loadOlder();
  };

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const bubbles = items.filter((item) => item.kind === 'bubble');
    const first = bubbles[0]?.key ?? '';
    const newest = bubbles.at(-1);
    const last = newest?.key ?? '';
    const was = before.current;
    const grown = element.scrollHeight - was.height;
    const wroteNow = last !== was.last && newest?.author.kind === 'visitor';
    if (end.current || wroteNow) toEnd();
    else if (was.first !== '' && first !== was.first) element.scrollTop += grown;
    else if (last !== was.last) setAtEnd(false);
    before.current = { first, last, height: element.scrollHeight };
  });

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const settle = () => {
      if (end.current) toEnd();
    };
    const size = new ResizeObserver(settle);
    size.observe(element);
    document.addEventListener('visibilitychange', settle);
    return () => {
      size.disconnect();
      document.removeEventListener('visibilitychange', settle);
    };
  }, [session]);

  return { box, atEnd, onScroll, toEnd };
}

function dayLabel(day: Date, { tag, text }: Locale): string {
  const midnight = (date: Date) => new Date(date).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(new Date()) - midnight(day)) / 86_400_000);
  if (days <= 1) return days === 1 ? text.yesterday : text.today;
  const sameYear = day.getFullYear() === new Date().getFullYear();
  return day.toLocaleDateString(tag, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  });
}
