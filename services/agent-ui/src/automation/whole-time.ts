/** A time of day as people type it, in the one form that is published: 9 → 09:00, 930 and 9h30 → 09:30. */
export function wholeTime(typed: string): string {
  const [, hours, minutes] = /^\s*(\d{1,2})(?:\s*[:.hH]?\s*(\d{2})?)?\s*$/.exec(typed) ?? [];
  return hours === undefined ? typed.trim() : `${hours.padStart(2, '0')}:${minutes ?? '00'}`;
}
