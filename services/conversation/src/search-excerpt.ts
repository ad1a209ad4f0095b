import type { SearchTerm } from './search-terms';
import type { Word } from './search-words';
import { foldedWord, wordsOf } from './search-words';

/** Marks a matched run, as text that a screen may show as it is: first strong isolate … pop isolate. */
const START = '\u2068';
const END = '\u2069';
const EXCERPT = 160;
const BEFORE = 40;

interface Run {
  start: number;
  end: number;
}

/** About 160 characters of the text around its first match, with what matches marked. Null when nothing does. */
export function excerpt(text: string, terms: readonly SearchTerm[]): string | null {
  const plain = text.replaceAll(/[\u2068\u2069]/g, '').replaceAll(/\s+/g, ' ');
  const [first] = runsIn(plain, terms);
  if (first === undefined) return null;
  const from = first.start > BEFORE ? plain.lastIndexOf(' ', first.start - BEFORE) + 1 || first.start - BEFORE : 0;
  const cut = wholeCharacters(plain.slice(from, from + EXCERPT));
  let marked = '';
  let done = 0;
  for (const { start, end } of runsIn(cut, terms)) {
    marked += cut.slice(done, start) + START + cut.slice(start, end) + END;
    done = end;
  }
  return `${from > 0 ? '…' : ''}${marked}${cut.slice(done)}${from + cut.length < plain.length ? '…' : ''}`;
}

/** What matches, from left to right, none inside another; found as it is asked for. */
function* runsIn(text: string, terms: readonly SearchTerm[]): Generator<Run> {
  const longest = Math.max(...terms.map(({ words }) => words.length));
  const ahead: Word[] = [];
  let done = 0;
  const words = wordsOf(text);
  for (let ended = false; ;) {
    while (!ended && ahead.length < longest) {
      const next = words.next();
      if (next.done === true) ended = true;
      else ahead.push(next.value);
    }
    const [first] = ahead;
    if (first === undefined) return;
    const ends = terms.map((term) => endOf(term, ahead, text));
    const end = Math.max(...ends);
    if (end > first.start && first.start >= done) {
      yield { start: first.start, end };
      done = end;
    }
    ahead.shift();
  }
}

/** Where the term ends when it begins with the first of these words; -1 when it does not. */
function endOf({ words, prefix }: SearchTerm, ahead: readonly Word[], text: string): number {
  const last = words.length - 1;
  const matches = words.every((word, index) => {
    const found = ahead[index]?.word;
    return prefix && index === last ? found?.startsWith(word) === true : found === word;
  });
  const end = ahead[last];
  if (!matches || end === undefined) return -1;
  return prefix ? end.start + beginning(text.slice(end.start, end.end), words[last] ?? '') : end.end;
}

/** How many characters of a word, as it is written, make its folded beginning. */
function beginning(raw: string, word: string): number {
  if (foldedWord(raw) === word) return raw.length;
  let end = 0;
  for (const letter of raw) {
    // A mark belongs to the letter before it.
    if (foldedWord(raw.slice(0, end)).length >= word.length && !/^\p{M}/u.test(letter)) break;
    end += letter.length;
  }
  return end;
}

/** Without the halves of characters that a cut left at either end. */
function wholeCharacters(cut: string): string {
  return cut.replace(/^[\udc00-\udfff]/, '').replace(/[\ud800-\udbff]$/, '');
}
