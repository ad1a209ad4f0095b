import type { RefObject } from 'react';
import type { VirtualizerHandle } from 'virtua';
import { useShortcut } from '../navigation';
import { stepFrom } from './list-steps';
import { usePaneFocus } from './pane-focus';

interface ListKeys {
  ids: readonly string[];
  openId: string | null;
  scroller: RefObject<HTMLElement | null>;
  rows: RefObject<VirtualizerHandle | null>;
}

/** `j` and `k` move the focus from row to row; the browser's own Enter follows the link that has it. */
export function useListKeys({ ids, openId, scroller, rows }: ListKeys): void {
  const focusAt = (index: number | null) => {
    const id = index === null ? undefined : ids[index];
    if (index === null || id === undefined) scroller.current?.focus();
    else focusRow(id, index, scroller, rows);
  };
  const step = (by: 1 | -1) => {
    const focused = document.activeElement?.closest('[data-conversation]')?.getAttribute('data-conversation');
    focusAt(stepFrom(ids, focused ?? openId, by));
  };
  useShortcut('next', () => step(1));
  useShortcut('previous', () => step(-1));
  usePaneFocus('list', () => focusAt(openId === null ? 0 : Math.max(0, ids.indexOf(openId))));
}

/** A row that is far away exists only after the list was scrolled to it. */
function focusRow(
  id: string,
  index: number,
  scroller: RefObject<HTMLElement | null>,
  rows: RefObject<VirtualizerHandle | null>,
): void {
  const row = () => scroller.current?.querySelector<HTMLElement>(`[data-conversation="${CSS.escape(id)}"]`);
  rows.current?.scrollToIndex(index, { align: 'nearest' });
  const now = row();
  if (now != null) now.focus({ preventScroll: true });
  else requestAnimationFrame(() => requestAnimationFrame(() => row()?.focus({ preventScroll: true })));
}
