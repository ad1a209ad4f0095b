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
