/** Source: Meta, "Send API": a text has at most 2,000 characters, which are UTF-16 units. */
export const LONGEST_PART = 2_000;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * A text in parts of at most `longest` UTF-16 units: cut after white space where there is some, else between two characters as people
 * see them; one that is longer than a part is cut between two code points. Nothing is lost but the white space at a cut.
 */
export function splitText(text: string, longest = LONGEST_PART): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > longest) {
    const end = cutOf(rest, longest);
    const part = rest.slice(0, end).trimEnd();
    if (part !== '') parts.push(part);
    rest = rest.slice(end).trimStart();
  }
  return rest === '' ? parts : [...parts, rest];
}

function cutOf(text: string, longest: number): number {
  let afterSpace = 0;
  let afterGrapheme = 0;
  for (const { index, segment } of graphemes.segment(text.slice(0, longest + 200))) {
    if (/^\s/u.test(segment) && index <= longest) afterSpace = index;
    if (index + segment.length > longest) break;
    afterGrapheme = index + segment.length;
  }
  // A word of more than half a part is cut: it is no word that people read.
  if (afterSpace > longest / 2) return afterSpace;
  if (afterGrapheme > 0) return afterGrapheme;
  return /[\ud800-\udbff]$/.test(text.slice(0, longest)) ? longest - 1 : longest;
}
