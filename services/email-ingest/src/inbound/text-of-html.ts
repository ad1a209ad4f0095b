const BREAKS = /<(?:br|hr)\b[^<>]*>|<\/(?:p|div|tr|li|h[1-6]|table|ul|ol|dl|dt|dd|pre|blockquote|caption|center)>/gi;
const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', amp: '&' };

/** The words of HTML that clean-html.ts made: its entities are few, its tags end. Quoted blocks get the `>` that text has. */
export function textOfHtml(html: string): string {
  const lines = html
    .replace(/\r?\n|\t/g, ' ')
    .replace(/<blockquote\b[^<>]*>/gi, '\n\u0001\n')
    .replace(/<\/blockquote>/gi, '\n\u0002\n')
    .replace(/<(?:p|div|h[1-6]|table|ul|ol|pre)\b[^<>]*>/gi, '\n')
    .replace(/<li\b[^<>]*>/gi, '\n- ')
    .replace(/<\/t[dh]>/gi, ' ')
    .replace(BREAKS, '\n')
    .replace(/<[^<>]*>/g, '')
    .replace(/&(#?\w{1,10});/g, (whole, name: string) => entity(name) ?? whole)
    .split('\n')
    .map((line) => line.replace(/[ \u00a0]+/g, ' ').trim());
  return withQuotes(lines)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function entity(name: string): string | undefined {
  if (!name.startsWith('#')) return ENTITIES[name];
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code > 31 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '';
}

function withQuotes(lines: string[]): string[] {
  let depth = 0;
  const out: string[] = [];
  for (const line of lines) {
    if (line === '\u0001') depth += 1;
    else if (line === '\u0002') depth = Math.max(0, depth - 1);
    else out.push(depth === 0 ? line : `${'>'.repeat(Math.min(depth, 20))} ${line}`.trimEnd());
  }
  return out;
}

/** The words of HTML that is too large or too deep to be cleaned: tags are dropped where they stand, one pass. */
export const roughTextOf = (html: string): string =>
  textOfHtml(
    html
      .replace(/<(script|style|title)\b[^>]{0,500}>[^<]{0,100000}<\/\1>/gi, '')
      .replace(/<!--[^<>]{0,10000}>/g, '')
      .replace(/</g, '\n<'),
  );
