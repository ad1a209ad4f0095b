/** One or two letters for a name; an address gives its first letter as written. */
export function initialsOf(name: string): string {
  const trimmed = name.trim();
  if (trimmed.includes('@')) return firstLetter(trimmed);
  const words = trimmed.split(/\s+/);
  const first = firstLetter(words[0] ?? '');
  const last = words.length > 1 ? firstLetter(words[words.length - 1] ?? '') : '';
  return (first + last).toLocaleUpperCase();
}

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A letter that is whole by itself: what follows it is no accent or joiner that would belong to it. */
const plainLetter = /^[a-z0-9\u00c0-\u024f](?=[ -~\u00c0-\u024f]|$)/i;

function firstLetter(word: string): string {
  // Most names begin so; to cut one into graphemes costs a hundred times as much, and a list draws many.
  const plain = plainLetter.exec(word);
  if (plain !== null) return plain[0];
  for (const { segment } of letters.segment(word)) if (/[\p{L}\p{N}]/u.test(segment)) return segment;
  return '';
}

/** Degrees on the colour wheel, the same for the same id in every browser. */
export function hueOf(id: string): number {
  let hash = 2166136261;
  for (let index = 0; index < id.length; index++) hash = Math.imul(hash ^ id.charCodeAt(index), 16777619);
  return (hash >>> 0) % 360;
}
