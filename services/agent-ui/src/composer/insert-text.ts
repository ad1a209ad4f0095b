/**
 * Replaces a range of the box by text and leaves the caret behind it, as typing would: one step of undo. `execCommand` is
 * deprecated, but nothing else keeps the browser's undo history; where it is gone, the text is set and undo ends there.
 */
export function insertText(box: HTMLTextAreaElement, text: string, start: number, end: number): void {
  box.focus();
  box.setSelectionRange(start, end);
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- see above
  if (document.execCommand('insertText', false, text)) return;
  box.setRangeText(text, start, end, 'end');
  box.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertReplacementText', data: text }));
}

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
