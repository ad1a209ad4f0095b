import type { ReplyTag } from './preview-reply';
import type { CheckedText } from './use-reply-preview';

/** False for nearly every text: the server sends it as it stands, and is not asked. */
export const mayHaveTags = (text: string): boolean => text.includes('{{');

/** A tag at the place where it stands now. */
export type ShownTag = ReplyTag & { at: number };

/**
 * Tags of the text in the box, as far as the last answer knows them: those that keep it from being sent, and of the others
 * each once. What was taken out since is not shown, what was moved stands at its new place.
 */
export function shownTags(checked: CheckedText | null, text: string): { open: ShownTag[]; filled: ShownTag[] } {
  if (checked === null || !mayHaveTags(text)) return { open: [], filled: [] };
  let from = 0;
  const standing = checked.preview.tags.flatMap((tag) => {
    const at = text.startsWith(tag.written, tag.start) ? tag.start : text.indexOf(tag.written, from);
    if (at < 0) return [];
    from = at + tag.written.length;
    return [{ ...tag, at }];
  });
  const filled = new Map(standing.filter(({ value }) => value !== null).map((tag) => [tag.written, tag]));
  return { open: standing.filter(({ problem }) => problem !== null), filled: [...filled.values()] };
}

/** The tag with the name that was perhaps meant; its fallback stays. */
export const corrected = (written: string, name: string): string => written.replace(/[A-Za-z][\w.-]*/u, name);
