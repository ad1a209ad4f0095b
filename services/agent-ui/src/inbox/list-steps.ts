/** Where `j` (by = 1) and `k` (by = -1) lead from a row, or from the open conversation; the first row without either. */
export function stepFrom(ids: readonly string[], from: string | null, by: 1 | -1): number | null {
  if (ids.length === 0) return null;
  const at = from === null ? -1 : ids.indexOf(from);
  if (at === -1) return 0;
  return Math.min(ids.length - 1, Math.max(0, at + by));
}
