import { useEffect, useMemo, useState } from 'react';
import { request, RequestError } from '../data';
import { SavedResponsesPageDocument } from '../generated/documents';
import { findResponses, type FoundGroup, groupByCategory } from './find-responses';
import { fromRow, type SavedResponse, type SavedResponsesView } from './saved-responses-store';

/** Milliseconds without a key before the server is asked. */
const PAUSE_MS = 200;

/** Found by the server, with what they were searched by. */
interface Answer {
  search: string;
  categoryId: string | null;
  responses: SavedResponse[];
}

/** Searches what is held; only when not all are held, the server. */
export function useFoundResponses(
  { categories, responses, isComplete }: SavedResponsesView,
  search: string,
  categoryId: string | null,
): FoundGroup[] {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const words = search.trim();
  const asks = !isComplete && (words !== '' || categoryId !== null);
  useEffect(() => {
    if (!asks) return;
    const own = new AbortController();
    const ask = async () => {
      try {
        const { savedResponses } = await request(
          SavedResponsesPageDocument,
          { search: words === '' ? null : words.slice(0, 200), categoryId, first: 100 },
          { signal: own.signal },
        );
        if (savedResponses !== null && !own.signal.aborted)
          setAnswer({ search: words, categoryId, responses: savedResponses.nodes.map(fromRow) });
      } catch (error) {
        // What is held is searched instead.
        if (!(error instanceof RequestError) && !own.signal.aborted) throw error;
      }
    };
    const timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      own.abort();
    };
  }, [asks, words, categoryId]);
  return useMemo(() => {
    if (asks && answer?.search === words && answer.categoryId === categoryId)
      return groupByCategory(categories, answer.responses);
    return findResponses(categories, responses, { search: words, categoryId });
  }, [asks, answer, categories, responses, words, categoryId]);
}
