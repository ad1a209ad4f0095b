/** Characters that count against a limit: those the server counts, UTF-16 units after trimming. */
export const lengthOf = (text: string): number => text.trim().length;

/** Characters left from which on the counter shows. */
export const COUNTER_FROM = 200;
