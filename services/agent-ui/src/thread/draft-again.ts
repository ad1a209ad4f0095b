import type { Draft, PendingMessage } from '../data';

/** A refused message goes back before what was typed meanwhile; neither is lost. */
export function backInto(draft: Draft, { text, channel, attachments }: PendingMessage): Draft {
  const parts = [text, draft.text].filter((part) => part.trim() !== '');
  return { text: parts.join('\n\n'), channel, attachments: [...attachments, ...draft.attachments] };
}
