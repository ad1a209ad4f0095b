import { folded } from '@conversations/persistence';

const MAX_WORDS = 10;
/** Longer runs of letters are no words that anybody types. */
const MAX_WORD = 64;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** The words of a text, folded, each once. */
function wordsOf(text: string): string[] {
  const words = folded(text).match(WORD) ?? [];
  return [...new Set(words.map((word) => word.slice(0, MAX_WORD).replace(/[\ud800-\udbff]$/, '')))];
}

/** A Postgres tsvector without positions. The words hold letters and digits only, so that nothing in them needs an escape. */
export function searchVector(text: string): string {
  return wordsOf(text).join(' ');
}

/** A Postgres tsquery: each of the first ten words typed, as the beginning of a word of the text. Null when no word was typed. */
export function prefixQuery(typed: string): string | null {
  const words = wordsOf(typed).slice(0, MAX_WORDS);
  return words.length === 0 ? null : words.map((word) => `${word}:*`).join(' & ');
}
