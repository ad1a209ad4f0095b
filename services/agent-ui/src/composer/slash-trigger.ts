/**
 * Position of a "/" that was just typed alone on its line, null when the caret does not stand behind one. The slash stays
 * in the text until a saved response takes its place, so that Esc leaves what was typed.
 */
export function slashAt(before: string, after: string, caret: number): number | null {
  const at = caret - 1;
  // One character more than before: a paste or a restored draft opens nothing.
  if (after.length !== before.length + 1 || after[at] !== '/') return null;
  if (before !== after.slice(0, at) + after.slice(caret)) return null;
  const startsLine = at === 0 || after[at - 1] === '\n';
  const endsLine = caret === after.length || after[caret] === '\n';
  return startsLine && endsLine ? at : null;
}
