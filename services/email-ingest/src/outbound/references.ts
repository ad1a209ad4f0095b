/** Bytes that the References header may have; some servers cut or refuse longer ones. */
const MAX_BYTES = 2_000;

/** An id that fits between angle brackets on one line. */
const isClean = (id: string) => /^[\x21-\x3b\x3d\x3f-\x7e]{1,900}$/.test(id);

/** The ids of a thread as headers hold them: the first one and as many of the last ones as fit, in their order. */
export function trimReferences(ids: readonly string[], maxBytes = MAX_BYTES): string[] {
  const [first, ...rest] = [...new Set(ids.filter(isClean))];
  if (first === undefined) return [];
  let left = maxBytes - lengthOf(first);
  const last: string[] = [];
  for (const id of rest.reverse()) {
    left -= lengthOf(id);
    if (left < 0) break;
    last.unshift(id);
  }
  return [first, ...last];
}

/** With its brackets and the space before it. */
const lengthOf = (id: string) => id.length + 3;

/** Null for an id that no header can hold. */
export const cleanId = (id: string | null): string | null => (id !== null && isClean(id) ? id : null);
