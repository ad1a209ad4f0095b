/** Number of partitions in every subject that is stored; two digits in the subject. */
export const PARTITIONS = 64;

/** FNV-1a, 32 bit, over the UTF-16 code units' low bytes then high bytes of `key`, modulo {@link PARTITIONS}. */
export function partitionOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i += 1) {
    const unit = key.charCodeAt(i);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    if (unit > 0xff) hash = Math.imul(hash ^ (unit >> 8), 0x01000193);
  }
  return (hash >>> 0) % PARTITIONS;
}

/** The last token of a stored subject: `00` to `63`. */
export function partitionToken(partition: number): string {
  return String(partition).padStart(2, '0');
}
