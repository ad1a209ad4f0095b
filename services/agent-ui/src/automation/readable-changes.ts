import { type Run, wordChanges } from '../saved-responses/word-changes';

/** Share of a text's characters that has to stay for changes within it to be easier to read than both texts. */
const SAME_SHARE = 0.5;

/** Word by word where most stayed; else the old text, and the new one below. */
export function readableChanges(before: string, after: string): Run[] {
  const runs = wordChanges(before, after);
  const kept = runs.reduce((sum, { kind, text }) => sum + (kind === 'same' ? text.length : 0), 0);
  if (kept >= SAME_SHARE * Math.max(before.length, after.length)) return runs;
  return blocks([before], [after]);
}

/** Lines that went, and lines that came; those that stayed are left out. */
export function lineChanges(before: string, after: string): Run[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  return blocks(
    old.filter((line) => !now.includes(line)),
    now.filter((line) => !old.includes(line)),
  );
}

function blocks(removed: readonly string[], added: readonly string[]): Run[] {
  const lines = [
    ...removed.map((text): Run => ({ kind: 'removed', text })),
    ...added.map((text): Run => ({ kind: 'added', text })),
  ].filter(({ text }) => text !== '');
  return lines.flatMap((run, index) => (index === 0 ? [run] : [{ kind: 'same' as const, text: '\n' }, run]));
}
