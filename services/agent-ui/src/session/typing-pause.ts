import { useEffect, useRef, useState } from 'react';

const PAUSE_MS = 1_000;

/**
 * True from the first pause in typing after it was wanted: what opens under somebody's hands takes the focus, and half a
 * word goes where it was not meant.
 */
export function useTypingPause(wanted: boolean): boolean {
  const [paused, setPaused] = useState(false);
  const typedAt = useRef(-Infinity);
  useEffect(() => {
    const hear = () => {
      typedAt.current = performance.now();
    };
    // Text that is dictated or pasted comes without keys.
    const events = ['keydown', 'input'] as const;
    for (const event of events) window.addEventListener(event, hear, { capture: true });
    return () => {
      for (const event of events) window.removeEventListener(event, hear, { capture: true });
    };
  }, []);
  useEffect(() => {
    if (!wanted) return;
    let timer: ReturnType<typeof setTimeout>;
    const look = () => {
      const left = typedAt.current + PAUSE_MS - performance.now();
      if (left <= 0) setPaused(true);
      else timer = setTimeout(look, left);
    };
    timer = setTimeout(look, 0);
    return () => {
      clearTimeout(timer);
      setPaused(false);
    };
  }, [wanted]);
  return wanted && paused;
}
