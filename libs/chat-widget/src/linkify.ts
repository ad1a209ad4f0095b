type TextPart = { text: string; href?: string };

/**
 * Characters that change how an address looks without changing where it leads (direction overrides, zero width):
 * an address ends before the first of them.
 */
const ADDRESS = /\bhttps?:\/\/[^\s<>"'`\\\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]+/giu;
const TRAILING = /[.,;:!?…»”’*_~]$/u;
const BRACKETS: Record<string, string> = { ')': '(', ']': '[', '}': '{' };

/** Splits a text into plain parts and http(s) links. The parts put together are the text again. */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimmed(match[0]);
    const href = hrefOf(address);
    if (href === null) continue;
    if (match.index > from) parts.push({ text: text.slice(from, match.index) });
    parts.push({ text: address, href });
    from = match.index + address.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}

/** A sentence's punctuation, and a bracket that was opened before the address, do not belong to it. */
function trimmed(address: string): string {
  let end = address.length;
  const depth: Record<string, number> = {};
  for (const char of address) {
    if ('([{'.includes(char)) depth[char] = (depth[char] ?? 0) + 1;
    const opening = BRACKETS[char];
    if (opening !== undefined) depth[opening] = (depth[opening] ?? 0) - 1;
  }
  for (; end > 0; end--) {
    const last = address.charAt(end - 1);
    const opening = BRACKETS[last];
    if (opening !== undefined && (depth[opening] ?? 0) < 0) depth[opening] = (depth[opening] ?? 0) + 1;
    else if (!TRAILING.test(last)) break;
  }
  return address.slice(0, end);
}

/** `https://bank.example@evil.example` reads as the bank: an address with credentials stays text. */
function hrefOf(address: string): string | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  return url.username === '' && url.password === '' ? url.href : null;
}
