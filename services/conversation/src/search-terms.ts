import { hasBeginnings, wordsOf } from './search-words';

const MAX_WORDS = 10;
/** Shorter beginnings stand in nearly every text, so that an index finds too much by them. */
const SHORTEST_INDEXED = 3;
const PIECE = /"([^"]*)("?)|[^\s"]+/g;
/** What people and their keyboards put around a phrase. */
const QUOTES = /[“”„‟«»＂]/g;

/** Words that stand side by side; most often one alone. */
export interface SearchTerm {
  words: string[];
  /** The last one is the beginning of a word. */
  prefix: boolean;
}

/**
 * What a person typed: beginnings of words, and exact phrases in quotes. What stands without a space between ("ann@example",
 * "l'été") is side by side too. Nothing but letters, digits and emoji of the first ten words reaches a query.
 */
export function searchTerms(typed: string): SearchTerm[] {
  const terms = new Map<string, SearchTerm>();
  let left = MAX_WORDS;
  for (const [piece, phrase, closing] of typed.replaceAll(QUOTES, '"').matchAll(PIECE)) {
    const words = Array.from(wordsOf(phrase ?? piece), ({ word }) => word).slice(0, left);
    const last = words.at(-1);
    if (last === undefined) continue;
    left -= words.length;
    // A quote that is still open is being typed.
    const term = { words, prefix: closing !== '"' && hasBeginnings(last) };
    terms.set(termQuery(term), term);
  }
  return [...terms.values()];
}

/** A Postgres tsquery of all terms. */
export function searchQuery(terms: readonly SearchTerm[]): string {
  return terms.map(termQuery).join(' & ');
}

/** A tsquery that an index answers by itself, at once and without looking at a row: it finds all that matches, and more. */
export function indexQuery(terms: readonly SearchTerm[]): string {
  const words = terms.flatMap(({ words, prefix }) =>
    words.map((word, index) => ({ word, prefix: prefix && index === words.length - 1 })),
  );
  const selective = words.filter(({ word, prefix }) => !prefix || word.length >= SHORTEST_INDEXED);
  const used = selective.length > 0 ? selective : words;
  return used.map(({ word, prefix }) => (prefix ? `${word}:*` : word)).join(' & ');
}

function termQuery({ words, prefix }: SearchTerm): string {
  return `(${words.join(' <-> ')}${prefix ? ':*' : ''})`;
}
