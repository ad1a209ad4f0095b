import { useState } from 'react';
import type { ThreadItem } from '../data';
import { useKnownAs, useText } from '../i18n';

/**
 * Reads a new message of the customer aloud. The log itself is silent: its lines come and go with scrolling, and old
 * ones would be read as if they were new.
 */
export function NewestSpoken({ items }: { items: readonly ThreadItem[] }) {
  const text = useText().thread;
  const knownAs = useKnownAs();
  const newest = items.findLast((item) => item.kind === 'message' && item.message.direction === 'INBOUND');
  const [openedWith] = useState(newest?.key);
  if (newest?.kind !== 'message' || newest.key === openedWith) return <p className="only-read" role="status" />;
  const { author, text: said } = newest.message;
  const name = 'displayName' in author ? knownAs(author.displayName) : text.bot(author.botName);
  return (
    <p className="only-read" role="status">
      {text.said(name, said)}
    </p>
  );
}
