import { useEffect } from 'react';
import { useCounters } from '../data';
import { useText } from '../i18n';

/** The tab's name, with the number of unread conversations before it. */
export function usePageTitle(page: string): void {
  const text = useText().navigation;
  const unread = useCounters()?.unread ?? 0;
  const names: Record<string, string> = {
    inbox: text.inbox,
    'saved-responses': text.savedResponses,
    agents: text.agents,
    settings: text.settings,
  };
  const name = names[page] ?? text.notFound;
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${name} – Conversations`;
  }, [name, unread]);
}
