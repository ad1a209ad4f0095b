/** Where the picked response goes: the slash that opened the picker, if it still stands there, otherwise the selection. */
export function insertionRange(
  text: string,
  selection: { start: number; end: number },
  slash: number | null,
): [start: number, end: number] {
  if (slash !== null && text[slash] === '/') return [slash, slash + 1];
  const limit = (position: number) => Math.max(0, Math.min(position, text.length));
  const [start, end] = [limit(selection.start), limit(selection.end)];
  return start <= end ? [start, end] : [end, start];
}
