/** Longest local part of an address, RFC 5321 4.5.3.1.1. */
const MAX_LOCAL_PART = 64;

/** Local part and domain at the last `@`; null for what has none. */
export function splitAddress(address: string): { local: string; domain: string } | null {
  const at = address.lastIndexOf('@');
  return at < 1 || at === address.length - 1 ? null : { local: address.slice(0, at), domain: address.slice(at + 1) };
}

/** `inbox+tag@domain`, or null where that local part would be too long for a mail server. */
export function withTag(address: string, tag: string): string | null {
  const parts = splitAddress(address);
  if (!parts) throw new Error('not an address');
  const local = `${parts.local}+${tag}`;
  return local.length > MAX_LOCAL_PART ? null : `${local}@${parts.domain}`;
}

/** What stands behind the last `+` of the local part. */
export function tagOf(address: string): string | null {
  const local = splitAddress(address.trim().replace(/^<|>$/g, ''))?.local ?? '';
  const plus = local.lastIndexOf('+');
  return plus < 0 ? null : local.slice(plus + 1);
}

/**
 * True for an address that stands in a header and in an SMTP command as it is: no spaces, quotes, brackets, control characters, and so no
 * second header and no second recipient.
 */
export const isPlainAddress = (address: string): boolean =>
  address.length <= 320 &&
  address.isWellFormed() &&
  /^[^\s\p{C}@<>()[\]\\,;:"]+@[^\s\p{C}@<>()[\]\\,;:"]+$/u.test(address);
