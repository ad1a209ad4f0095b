import {
  type PointerEvent as ReactPointerEvent,
  type RefObject,
  useCallback,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from 'react';
import type { Place } from './edit-steps';

export interface StepDrag {
  /** Id of the step under way; null = none. */
  dragged: string | null;
  /** Key of the place that it would take. */
  target: string | null;
  start: (id: string, event: ReactPointerEvent) => void;
}

/** Pixels from the edge within which the page scrolls along, and how far each time. */
const EDGE = 56;
const SCROLL_STEP = 14;
const SCROLL_MS = 16;

export const placeKey = ({ branch, index }: Place): string =>
  `${branch === null ? '' : `${branch.stepId}.${branch.side}`}:${String(index)}`;

/** The gap nearest to the pointer's height. */
export function nearest<T extends { middle: number }>(gaps: readonly T[], pointer: number): T | undefined {
  return gaps.reduce<T | undefined>(
    (best, gap) =>
      best === undefined || Math.abs(gap.middle - pointer) < Math.abs(best.middle - pointer) ? gap : best,
    undefined,
  );
}

function scrollerOf(element: Element | null): Element | null {
  for (let box = element; box !== null; box = box.parentElement)
    if (box.scrollHeight > box.clientHeight && /auto|scroll/.test(getComputedStyle(box).overflowY)) return box;
  return null;
}

/** Moves steps by a handle to one of the gaps (`data-gap`) of the list, with mouse, pen or finger. Escape puts the step back. */
export function useStepDrag(
  list: RefObject<HTMLElement | null>,
  placesOf: (id: string) => readonly Place[],
  onDrop: (id: string, to: Place) => void,
): StepDrag {
  const [dragged, setDragged] = useState<string | null>(null);
  const [target, setTarget] = useState<string | null>(null);
  const pointer = useRef(0);

  const aim = useEffectEvent(() => {
    if (dragged === null) return;
    const allowed = new Set(placesOf(dragged).map(placeKey));
    const gaps = [...(list.current?.querySelectorAll<HTMLElement>('[data-gap]') ?? [])].flatMap((gap) => {
      const key = gap.dataset['gap'] ?? '';
      const { top, height } = gap.getBoundingClientRect();
      return allowed.has(key) ? [{ key, middle: top + height / 2 }] : [];
    });
    setTarget(nearest(gaps, pointer.current)?.key ?? null);
  });
  const drop = useEffectEvent(() => {
    const to = dragged === null ? undefined : placesOf(dragged).find((place) => placeKey(place) === target);
    if (dragged !== null && to !== undefined) onDrop(dragged, to);
    setDragged(null);
  });
  const scroll = useEffectEvent(() => {
    const box = scrollerOf(list.current);
    if (box === null) return;
    const { top, bottom } = box.getBoundingClientRect();
    const way = pointer.current < top + EDGE ? -1 : pointer.current > bottom - EDGE ? 1 : 0;
    if (way === 0) return;
    box.scrollBy(0, way * SCROLL_STEP);
    aim();
  });
  const isDragging = dragged !== null;
  useEffect(() => {
    if (!isDragging) return;
    const given = new AbortController();
    const { signal } = given;
    window.addEventListener(
      'pointermove',
      ({ clientY }) => {
        pointer.current = clientY;
        aim();
      },
      { signal },
    );
    window.addEventListener('pointerup', () => drop(), { signal });
    window.addEventListener('pointercancel', () => setDragged(null), { signal });
    window.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        setDragged(null);
      },
      { signal, capture: true },
    );
    const timer = setInterval(() => scroll(), SCROLL_MS);
    return () => {
      given.abort();
      clearInterval(timer);
    };
  }, [isDragging]);

  const start = useCallback((id: string, event: ReactPointerEvent) => {
    if (event.button !== 0) return;
    pointer.current = event.clientY;
    setTarget(null);
    setDragged(id);
  }, []);
  return { dragged, target: isDragging ? target : null, start };
}
