import {
  type PointerEvent as ReactPointerEvent,
  type RefObject,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from 'react';

export interface DragOrder {
  list: RefObject<HTMLUListElement | null>;
  /** Id of the row under way; null = none. */
  dragged: string | null;
  from: number;
  /** Place that it would take. */
  target: number;
  start(id: string, event: ReactPointerEvent): void;
}

/** Place of a dragged row: as many rows as have their middle above the pointer, itself left out. */
export function placeAt(middles: readonly number[], from: number, pointer: number): number {
  return middles.filter((middle, index) => index !== from && middle < pointer).length;
}

/** Moves rows (`data-id`) of a list by a handle, with mouse, pen or finger. Escape puts the row back. */
export function useDragOrder(ids: readonly string[], onDrop: (id: string, to: number) => void): DragOrder {
  const list = useRef<HTMLUListElement>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const [target, setTarget] = useState(0);
  const from = dragged === null ? -1 : ids.indexOf(dragged);

  const move = useEffectEvent((event: PointerEvent) => {
    const rows = [...(list.current?.querySelectorAll('[data-id]') ?? [])];
    const middles = rows.map((row) => {
      const { top, height } = row.getBoundingClientRect();
      return top + height / 2;
    });
    setTarget(placeAt(middles, from, event.clientY));
  });
  const drop = useEffectEvent(() => {
    if (dragged !== null && from !== -1 && target !== from) onDrop(dragged, target);
    setDragged(null);
  });
  const cancel = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    setDragged(null);
  });
  const isDragging = dragged !== null;
  useEffect(() => {
    if (!isDragging) return;
    const end = () => {
      setDragged(null);
    };
    const onMove = (event: PointerEvent) => {
      move(event);
    };
    const onUp = () => {
      drop();
    };
    const onKey = (event: KeyboardEvent) => {
      cancel(event);
    };
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', onUp);
    window.addEventListener('pointercancel', end);
    window.addEventListener('keydown', onKey, { capture: true });
    return () => {
      window.removeEventListener('pointermove', onMove);
      window.removeEventListener('pointerup', onUp);
      window.removeEventListener('pointercancel', end);
      window.removeEventListener('keydown', onKey, { capture: true });
    };
  }, [isDragging]);

  return {
    list,
    dragged,
    from,
    target,
    start: (id, event) => {
      if (event.button !== 0) return;
      setTarget(ids.indexOf(id));
      setDragged(id);
    },
  };
}
