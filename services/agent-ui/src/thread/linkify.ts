export interface TextPart {
  text: string;
  href?: string;
}

/**
 * Characters that change how an address looks without changing where it leads (direction overrides, zero width):
 * an address ends before the first of them.
 */
const BODY = /[^\s<>"'`\\\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]+/.source;
const ADDRESS = new RegExp(`\\b(?:https?://|mailto:)${BODY}|[\\w.+-]{1,64}@[\\w-]+(?:\\.[\\w-]+)+`, 'giu');
const TRAILING = '.,;:!?…»”’*_~';
const BRACKETS: Record<string, string> = { ')': '(', ']': '[', '}': '{' };

/** Splits a text into plain parts and links (http, https, mailto). The parts put together are the text again. */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutPunctuation(match[0]);
    const href = hrefOf(address);
    if (href === null) continue;
    if (match.index > from) parts.push({ text: text.slice(from, match.index) });
    parts.push({ text: address, href });
    from = match.index + address.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}

/** The end of a sentence does not belong to the address in it, nor does a bracket that was opened before it. */
function withoutPunctuation(address: string): string {
  const open: Record<string, number> = {};
  for (const char of address) {
    if ('([{'.includes(char)) open[char] = (open[char] ?? 0) + 1;
    const opening = BRACKETS[char];
    if (opening !== undefined) open[opening] = (open[opening] ?? 0) - 1;
  }
  let end = address.length;
  for (; end > 0; end--) {
    const last = address.charAt(end - 1);
    const opening = BRACKETS[last];
    if (opening !== undefined && (open[opening] ?? 0) < 0) open[opening] = (open[opening] ?? 0) + 1;
    else if (!TRAILING.includes(last)) break;
  }
  return address.slice(0, end);
}

/** `https://bank.example@evil.example` reads as the bank: an address with credentials stays text. */
function hrefOf(address: string): string | null {
  const written = /^(?:https?:\/\/|mailto:)/i.test(address) ? address : `mailto:${address}`;
  const url = URL.canParse(written) ? new URL(written) : null;
  if (url === null) return null;
  if (url.protocol === 'mailto:') return /^[^\s@?]+@[^\s@?]+$/.test(url.pathname) ? `mailto:${url.pathname}` : null;
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  return url.username === '' && url.password === '' ? url.href : null;
}
