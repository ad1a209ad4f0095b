import { useCallback, useEffect, useState } from 'react';
import { request } from '../data';
import { ContactHistoryDocument, type ContactHistoryQuery } from '../generated/documents';

export type EarlierConversation = NonNullable<ContactHistoryQuery['contact']>['conversations']['nodes'][number];
interface History {
  state: 'loading' | 'ready' | 'failed';
  conversations: readonly EarlierConversation[];
  retry: () => void;
}

/** The contact's other conversations, newest first. */
export function useContactHistory(contactId: string | null, besides: string): History {
  const [answer, setAnswer] = useState<{ contactId: string; nodes: EarlierConversation[] | null } | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (contactId === null) return;
    const leave = new AbortController();
    request(ContactHistoryDocument, { contactId }, { signal: leave.signal }).then(
      ({ contact }) => setAnswer({ contactId, nodes: contact?.conversations.nodes ?? [] }),
      () => {
        if (!leave.signal.aborted) setAnswer({ contactId, nodes: null });
      },
    );
    return () => leave.abort();
  }, [contactId, tries]);
  const retry = useCallback(() => {
    setAnswer(null);
    setTries((count) => count + 1);
  }, []);
  const current = answer?.contactId === contactId ? answer : null;
  const conversations = current?.nodes?.filter(({ id }) => id !== besides) ?? [];
  const state = current === null ? 'loading' : current.nodes === null ? 'failed' : 'ready';
  return { state: contactId === null ? 'ready' : state, conversations, retry };
}
