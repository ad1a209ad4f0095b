/** Most changes of a letter by which a name may be off. */
const MAX_DISTANCE = 3;

/** The known name that was perhaps meant: differently joined, misspelt, or about the same thing of somebody else. */
export function nearestTag(name: string, known: readonly string[]): string | null {
  const plain = (tag: string) => tag.toLowerCase().replaceAll(/[_-]/gu, '');
  // Every known name is far from one that is so long, and the comparison takes its length times theirs.
  if (name.length > 60) return null;
  const wanted = plain(name);
  const [nearest] = known
    .map((tag) => ({ tag, distance: distanceOf(wanted, plain(tag)) }))
    .sort((a, b) => a.distance - b.distance);
  if (nearest !== undefined && nearest.distance <= MAX_DISTANCE) return nearest.tag;
  const last = (tag: string) => plain(tag).split('.').at(-1);
  return known.find((tag) => last(tag) === last(name)) ?? null;
}

/** Letters to put in, take out or replace until one word is the other (Levenshtein). */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replaced));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
