const MAX_WORDS = 10;
/** Longer runs of letters are no words that anybody types. */
const MAX_WORD = 64;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const ACCENTS = /[\u0300-\u036f]/g;
/** Letters that Unicode does not take apart, and people type in two. */
const LIGATURES: Record<string, string> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l', đ: 'd' };

/** Without case and accents, the same for texts, searches and the order of titles, whatever locale the database has. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(ACCENTS, '')
    .toLowerCase()
    .replaceAll(/[œæßøłđ]/g, (letter) => LIGATURES[letter] ?? letter);
}

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
