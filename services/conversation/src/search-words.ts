import { folded } from '@conversations/persistence';

/** Longer runs of letters are no words that anybody types. */
const MAX_WORD = 64;
/** Postgres keeps so many places of one word in one text; a phrase is not found beyond them. */
const MAX_PLACES = 255;
/** Scripts that put no space between words: each of their letters counts as a word, and a run of them as a phrase. */
const UNSPACED = '\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\u30fc\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}';
const PICTURE = '\\p{Extended_Pictographic}\\u{1f1e6}-\\u{1f1ff}';
const WORD = new RegExp(
  `[${UNSPACED}]\\p{M}*|(?![${UNSPACED}])[\\p{L}\\p{N}](?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}])*|[${PICTURE}]`,
  'gu',
);
const WHOLE = new RegExp(`^[${UNSPACED}${PICTURE}]`, 'u');
/** What is plain ASCII needs no folding beyond its case. */
const ASCII = /^[\0-\x7f]*$/;
/** What decomposing a letter may leave that is neither letter nor digit, and marks that only choose how an emoji is drawn. */
const NO_LETTERS = new RegExp(`[^\\p{L}\\p{N}\\p{M}${PICTURE}]|[\\ufe0e\\ufe0f\\u20d0-\\u20ff]`, 'gu');

/** A word as it stands in a text. */
export interface Word {
  /** Folded. It holds letters, digits and emoji only, so that nothing in it needs an escape in a query. */
  word: string;
  start: number;
  end: number;
}

/** The words of a text in their order: texts, searches and excerpts are split here, so that they agree in every locale. */
export function* wordsOf(text: string): Generator<Word> {
  for (const { 0: raw, index } of text.matchAll(WORD)) {
    const word = foldedWord(raw);
    if (word !== '') yield { word, start: index, end: index + raw.length };
  }
}

/** Whether beginnings of this word are words too. A letter of a script without spaces and an emoji are whole. */
export const hasBeginnings = (word: string): boolean => !WHOLE.test(word);

export function foldedWord(raw: string): string {
  const word = ASCII.test(raw) ? raw.toLowerCase() : folded(raw).normalize('NFC').replaceAll(NO_LETTERS, '');
  return word.length > MAX_WORD ? word.slice(0, MAX_WORD).replace(/[\ud800-\udbff]$/, '') : word;
}

/**
 * A Postgres tsvector of several texts, with the places of the words; no phrase reaches from one text into the next. Postgres
 * counts 16,383 places and puts later words at the last one: they are found, but not as a phrase.
 */
export function searchVector(...texts: readonly string[]): string {
  const places = new Map<string, number[]>();
  let place = 0;
  for (const text of texts) {
    for (const { word } of wordsOf(text)) {
      place += 1;
      const known = places.get(word);
      if (known === undefined) places.set(word, [place]);
      else if (known.length < MAX_PLACES) known.push(place);
    }
    place += 1;
  }
  return Array.from(places, ([word, at]) => `${word}:${at.join(',')}`).join(' ');
}
