import { useEffect, useState } from 'react';
import { previewReply, type ReplyPreview } from './preview-reply';
import { mayHaveTags } from './shown-tags';

/** Milliseconds without a key before the server is asked. */
const PAUSE_MS = 150;

/** What the server said of a text, which may be older than the one in the box. */
export interface CheckedText {
  text: string;
  preview: ReplyPreview;
}

/**
 * What a text becomes, asked in a pause of typing and only while it may hold a tag. Without a conversation it is asked once
 * in any case, for the tags there are.
 */
export function useReplyPreview(conversationId: string | null, text: string, asOf = 0): CheckedText | null {
  const [checked, setChecked] = useState<CheckedText | null>(null);
  const asks = mayHaveTags(text) || (conversationId === null && checked === null);
  useEffect(() => {
    if (!asks) return;
    const own = new AbortController();
    const ask = async () => {
      const preview = await previewReply(conversationId, text, own.signal);
      if (preview !== null && !own.signal.aborted) setChecked({ text, preview });
    };
    const timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      own.abort();
    };
  }, [asks, conversationId, text, asOf]);
  return checked;
}
