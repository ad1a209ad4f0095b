const LONGEST = 200;

/** Control characters, line and paragraph separators, marks that turn the direction of text, and characters without a width. */
const UNSEEN =
  /[\p{Cc}\p{Cs}\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFE00-\uFE0F\uFEFF\uFFF9-\uFFFB]/gu;

/**
 * A name from outside as text to show and to save under: no folder, nothing unseen, at most 200 characters, with its ending.
 * It never becomes a path here.
 */
export function cleanFileName(given: string | undefined): string {
  const name = (given ?? '')
    .toWellFormed()
    .replace(UNSEEN, '')
    .split(/[/\\]/)
    .slice(-1)
    .join('')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  if (name === '') return 'file';
  const characters = Array.from(name);
  if (characters.length <= LONGEST) return name;
  const ending = /\.[^.]{1,12}$/u.exec(name)?.[0] ?? '';
  return characters.slice(0, LONGEST - Array.from(ending).length).join('') + ending;
}
