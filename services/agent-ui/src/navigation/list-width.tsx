import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useText } from '../i18n';
import { readNumber, storeChoice } from '../i18n/stored-choice';
import css from './list-width.module.css';

/** CSS pixels. */
const LEAST = 280;
const MOST = 520;
const USUAL = 340;
const STEP = 16;
const KEY = 'conversations.list-width';

const within = (width: number): number => Math.round(Math.min(MOST, Math.max(LEAST, width)));

/** Width of the list as this browser remembers it. */
export function useListWidth(): [number, (width: number) => void] {
  const [width, setWidth] = useState(() => within(readNumber(KEY, USUAL)));
  return [
    width,
    (next) => {
      setWidth(within(next));
      storeChoice(KEY, String(within(next)));
    },
  ];
}

/** The line between list and thread: dragged, or moved by the arrow keys; a double click brings back the usual width. */
export function ListSeparator({ width, onChange }: { width: number; onChange: (width: number) => void }) {
  const text = useText().navigation;

  function press(event: KeyboardEvent) {
    const moves: Partial<Record<string, number>> = {
      ArrowLeft: width - STEP,
      ArrowRight: width + STEP,
      Home: LEAST,
      End: MOST,
    };
    const target = moves[event.key];
    if (target === undefined) return;
    event.preventDefault();
    onChange(target);
  }

  function drag(event: PointerEvent<HTMLDivElement>) {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    onChange(event.clientX - (event.currentTarget.parentElement?.getBoundingClientRect().left ?? 0));
  }

  return (
    <div
      className={css.separator}
      role="separator"
      aria-orientation="vertical"
      aria-label={text.listWidth}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      aria-valuenow={width}
      tabIndex={0}
      onKeyDown={press}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onDoubleClick={() => onChange(USUAL)}
    />
  );
}
