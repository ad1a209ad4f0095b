import { type RefObject, useEffect, useRef } from 'react';

/** The press that asked for a popup's code opens it when it is there: focus and press go on to the button in its place. */
export function usePressOnArrival(): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null);
  const pressed = useRef(false);
  useEffect(() => {
    if (pressed.current) return;
    pressed.current = true;
    button.current?.focus();
    button.current?.click();
  }, []);
  return button;
}

/** Keys that open a closed menu or choice, besides those that press every button. */
export const opensByKey = (key: string): boolean => key === 'ArrowDown' || key === 'ArrowUp';
