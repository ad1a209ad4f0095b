/** Marks a matched run in an excerpt, as text that a screen may show as it is: first strong isolate … pop isolate. */
const START = '\u2068';
const END = '\u2069';
const EXCERPT = 160;
const BEFORE = 40;
const MAX_WORDS = 10;
/** Longer runs of letters are no words that anybody types. */
const MAX_WORD = 64;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** The words of a text, lower-cased, each once: texts and searches are split here, so that they agree in every locale. */
function wordsOf(text: string): string[] {
  return [...new Set(text.toLowerCase().match(WORD))].map((word) => wholeCharacters(word.slice(0, MAX_WORD)));
}

/** A Postgres tsvector without positions. The words hold letters and digits only, so that nothing in them needs an escape. */
export function searchVector(text: string): string {
  return wordsOf(text).join(' ');
}

/** The first ten words of what a person typed; nothing else of it reaches a query. */
export function searchWords(typed: string): string[] {
  return wordsOf(typed).slice(0, MAX_WORDS);
}

/** A Postgres tsquery: every word, each the beginning of a word of the text. */
export function prefixQuery(words: readonly string[]): string {
  return words.map((word) => `${word}:*`).join(' & ');
}

/** About 160 characters of the text around its first match, with the matched beginnings of words marked. */
export function excerpt(text: string, words: readonly string[]): string {
  const plain = text.replaceAll(/[\u2068\u2069]/g, '').replaceAll(/\s+/g, ' ');
  // Longest first, so that "informed" wins over "in"; words hold letters and digits only.
  const alternatives = [...words].sort((a, b) => b.length - a.length).join('|');
  const matches = new RegExp(`(?<![\\p{L}\\p{N}\\p{M}])(?:${alternatives})`, 'giu');
  const first = plain.search(matches);
  const from = first > BEFORE ? plain.lastIndexOf(' ', first - BEFORE) + 1 || first - BEFORE : 0;
  const cut = wholeCharacters(plain.slice(from, from + EXCERPT));
  const marked = cut.replaceAll(matches, (run) => START + run + END);
  return `${from > 0 ? '…' : ''}${marked}${from + cut.length < plain.length ? '…' : ''}`;
}

/** Without the halves of characters that a cut left at either end. */
function wholeCharacters(cut: string): string {
  return cut.replace(/^[\udc00-\udfff]/, '').replace(/[\ud800-\udbff]$/, '');
}
