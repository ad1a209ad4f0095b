const FIRST_MS = 500;
const LONGEST_MS = 10_000;

/**
 * Milliseconds before the next try: doubles from 0.5 s to 10 s, and only the upper half is drawn by chance, so that
 * thousands of browsers do not come back in the same instant after a restart.
 */
export function retryDelay(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 16));
  return Math.round(ceiling / 2 + random() * (ceiling / 2));
}
