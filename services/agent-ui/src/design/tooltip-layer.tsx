import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import css from './tooltip-layer.module.css';

/** Milliseconds: a pointer that only passes shows nothing; on its way to the bubble it does not lose it. */
const SHOW_AFTER = 400;
const HIDE_AFTER = 120;
/** CSS pixels to the target and to the window's edge. */
const GAP = 6;
const EDGE = 4;

const targetOf = (event: Event): HTMLElement | null =>
  event.target instanceof Element ? event.target.closest<HTMLElement>('[data-tooltip]') : null;

/** The one tooltip of the page; a thousand buttons cost no listener. Escape hides it. */
export function TooltipLayer() {
  const [target, setTarget] = useState<HTMLElement | null>(null);
  const bubble = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = (next: HTMLElement | null, after: number): void => {
      clearTimeout(timer);
      timer = setTimeout(() => setTarget(next), after);
    };
    const over = (event: PointerEvent): void => {
      if (event.pointerType === 'touch') return;
      if (event.target instanceof Node && bubble.current?.contains(event.target) === true) clearTimeout(timer);
      else {
        const next = targetOf(event);
        later(next, next === null ? HIDE_AFTER : SHOW_AFTER);
      }
    };
    const focus = (event: FocusEvent): void => {
      const next = targetOf(event);
      if (next?.matches(':focus-visible') === true) later(next, 0);
    };
    const hide = (): void => later(null, 0);
    const press = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') hide();
    };
    document.addEventListener('pointerover', over);
    document.addEventListener('focusin', focus);
    document.addEventListener('focusout', hide);
    document.addEventListener('pointerdown', hide);
    document.addEventListener('scroll', hide, true);
    document.addEventListener('keydown', press, true);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('pointerover', over);
      document.removeEventListener('focusin', focus);
      document.removeEventListener('focusout', hide);
      document.removeEventListener('pointerdown', hide);
      document.removeEventListener('scroll', hide, true);
      document.removeEventListener('keydown', press, true);
    };
  }, []);

  // Placed before it is painted: above its target, or below where there is no room.
  useLayoutEffect(() => {
    const element = bubble.current;
    if (element === null || target === null) return;
    const box = target.getBoundingClientRect();
    const { width, height } = element.getBoundingClientRect();
    const middle = box.left + box.width / 2 - width / 2;
    const above = box.top - height - GAP;
    element.style.left = `${Math.max(EDGE, Math.min(middle, window.innerWidth - width - EDGE))}px`;
    element.style.top = `${above >= EDGE ? above : box.bottom + GAP}px`;
  }, [target]);

  if (target?.isConnected !== true) return null;
  const { tooltip, tooltipKeys } = target.dataset;
  // An open menu says enough, and would lie under it.
  if (tooltip === undefined || target.ariaExpanded === 'true') return null;
  return (
    <div className={css.tooltip} ref={bubble} aria-hidden>
      {tooltip}
      {tooltipKeys !== undefined && <kbd className={css.keys}>{tooltipKeys}</kbd>}
    </div>
  );
}
