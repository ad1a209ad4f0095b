export interface Run {
  text: string;
  kind: 'same' | 'removed' | 'added';
}

/** Words on one side past which the middle is shown as replaced in whole: the table would cost too much. */
const MOST_WORDS = 1_500;

const wordsOf = (text: string): string[] => text.match(/\s+|[^\s]+/gu) ?? [];

/** What turns one text into another, word by word. Same and removed runs make the first text, same and added the second. */
export function wordChanges(before: string, after: string): Run[] {
  const old = wordsOf(before);
  const now = wordsOf(after);
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const runs: Run[] = [];
  const add = (kind: Run['kind'], words: readonly string[]) => {
    const text = words.join('');
    const last = runs.at(-1);
    if (text === '') return;
    if (last?.kind === kind) last.text += text;
    else runs.push({ kind, text });
  };
  add('same', old.slice(0, head));
  middle(old.slice(head, old.length - tail), now.slice(head, now.length - tail), add);
  add('same', tail === 0 ? [] : old.slice(-tail));
  return runs;
}

function middle(
  old: readonly string[],
  now: readonly string[],
  add: (kind: Run['kind'], words: readonly string[]) => void,
): void {
  if (old.length > MOST_WORDS || now.length > MOST_WORDS) {
    add('removed', old);
    add('added', now);
    return;
  }
  // longest[i, j]: words that old from i on and now from j on have in common, in order.
  const width = now.length + 1;
  const longest = new Uint16Array((old.length + 1) * width);
  const at = (i: number, j: number) => longest[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = now.length - 1; j >= 0; j -= 1)
      longest[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      add('same', old.slice(i, i + 1));
      i += 1;
      j += 1;
    } else if (i < old.length && (j === now.length || at(i + 1, j) >= at(i, j + 1))) {
      add('removed', old.slice(i, i + 1));
      i += 1;
    } else {
      add('added', now.slice(j, j + 1));
      j += 1;
    }
  }
}
