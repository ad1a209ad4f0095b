export interface ExcerptRun {
  text: string;
  marked: boolean;
}

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';

/** Splits a search result's excerpt at the marks (U+2068 … U+2069) that the server sets around what matched. */
export function excerptRuns(excerpt: string): ExcerptRun[] {
  const runs: ExcerptRun[] = [];
  let marked = false;
  let text = '';
  const close = () => {
    if (text !== '') runs.push({ text, marked });
    text = '';
  };
  for (const char of excerpt) {
    if (char === FIRST_STRONG_ISOLATE || char === POP_ISOLATE) {
      close();
      marked = char === FIRST_STRONG_ISOLATE;
    } else text += char;
  }
  close();
  return runs;
}
