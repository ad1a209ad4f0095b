import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { actions, type ConversationRow, READ_AFTER_MS, type Reading } from '../data';
import { useViewer } from '../session';
import { useReportRefusal } from './report-refusal';

interface Options {
  conversation: ConversationRow;
  newestId: string | null;
  rule: (reading: Reading) => boolean;
}

/**
 * Makes the conversation Read for everybody when its newest message was on the screen long enough. `look` is told
 * which message that is, after every scroll.
 */
export function useReading({ conversation, newestId, rule }: Options) {
  const { agent } = useViewer();
  const report = useReportRefusal();
  const [shown, setShown] = useState<string | null>(null);
  const { id, unread } = conversation;

  // "Mark unread" of a message that stands on the screen means it: only a newer one is marked by looking again.
  const keptUnread = useRef<string | null>(null);
  const wasUnread = useRef(unread);
  const lastNewest = useRef(newestId);
  useEffect(() => {
    if (unread && !wasUnread.current && lastNewest.current === newestId) keptUnread.current = newestId;
    wasUnread.current = unread;
    lastNewest.current = newestId;
  }, [unread, newestId]);

  const mark = useEffectEvent((since: number) => {
    if (keptUnread.current !== null && keptUnread.current === newestId) return;
    const reading: Reading = {
      unread,
      newestId,
      shownId: shown,
      tabIsFocused: document.hasFocus() && document.visibilityState === 'visible',
      visibleForMs: performance.now() - since,
    };
    if (rule(reading)) void report(actions.markRead(id, shown ?? undefined));
  });
  useEffect(() => {
    if (!unread || agent.role === 'VIEWER' || newestId === null || shown !== newestId) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const begin = () => {
      clearTimeout(timer);
      if (!document.hasFocus()) return;
      const since = performance.now();
      timer = setTimeout(() => mark(since), READ_AFTER_MS + 5);
    };
    const end = () => clearTimeout(timer);
    begin();
    addEventListener('focus', begin);
    addEventListener('blur', end);
    return () => {
      end();
      removeEventListener('focus', begin);
      removeEventListener('blur', end);
    };
  }, [unread, agent.role, newestId, shown]);

  return { shown, look: setShown };
}
