import sanitizeHtml from 'sanitize-html';

export const MAX_HTML = 1_000_000;
/** The sanitiser's time grows with the square of it: 1 MB of nothing but `<div>` holds it for half a minute. */
const MAX_NESTING = 1_000;

/** Without an end, or with one that writers leave out. */
const UNENDED = new Set(
  'area base br col embed hr img input link meta param source track wbr p li td th tr dt dd option tbody thead'.split(
    ' ',
  ),
);
const TAG = /<(\/?)([a-z][a-z0-9]*)[^<>]*?(\/?)>/gi;

/** True for HTML that is nested deeper than anybody writes. One pass; it counts, it does not parse. */
export function isTooDeep(html: string): boolean {
  let depth = 0;
  for (const [, closing, name = '', selfClosing] of html.matchAll(TAG)) {
    if (selfClosing === '/' || UNENDED.has(name.toLowerCase())) continue;
    depth = closing === '/' ? Math.max(0, depth - 1) : depth + 1;
    if (depth > MAX_NESTING) return true;
  }
  return false;
}

const COLOR = [/^#[0-9a-f]{3,8}$/i, /^rgba?\([\d\s.,%]+\)$/i, /^[a-z]{3,30}$/i];
const LENGTH = [/^-?[\d.]{1,8}(px|pt|em|rem|%|ex|ch)?$/i, /^auto$/i];
const BOX = [/^(-?[\d.]{1,8}(px|pt|em|rem|%)?|auto)(\s+(-?[\d.]{1,8}(px|pt|em|rem|%)?|auto)){0,3}$/i];
const WORD = [/^[a-z-]{1,30}$/i];
const BORDER = [/^[\w\s#.(),%-]{1,80}$/];

/** Looks only: nothing that loads, moves out of its place or lies over something else. */
const STYLES: Record<string, RegExp[]> = {
  ...Object.fromEntries(['color', 'background-color'].map((name) => [name, COLOR])),
  ...Object.fromEntries(
    ['width', 'height', 'max-width', 'min-width', 'font-size', 'line-height', 'text-indent', 'letter-spacing'].map(
      (name) => [name, LENGTH],
    ),
  ),
  ...Object.fromEntries(['padding', 'margin', 'border-radius', 'border-spacing'].map((name) => [name, BOX])),
  ...Object.fromEntries(
    ['padding', 'margin'].flatMap((name) =>
      ['top', 'right', 'bottom', 'left'].map((side) => [`${name}-${side}`, LENGTH]),
    ),
  ),
  ...Object.fromEntries(
    [
      'text-align',
      'vertical-align',
      'font-style',
      'text-decoration',
      'text-transform',
      'white-space',
      'border-collapse',
      'direction',
      'list-style-type',
    ].map((name) => [name, WORD]),
  ),
  'font-weight': [/^(\d{3}|[a-z]{4,7})$/i],
  'font-family': [/^[\w\s"',-]{1,200}$/],
  display: [/^(block|inline|inline-block|table|table-row|table-cell|none)$/i],
  ...Object.fromEntries(
    ['border', 'border-top', 'border-right', 'border-bottom', 'border-left'].map((name) => [name, BORDER]),
  ),
};

const TAGS =
  'a abbr b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strike strong sub sup table tbody td tfoot th thead tr tt u ul var wbr'.split(
    ' ',
  );
/** Their text is no text for people. */
const DROPPED = [
  'script',
  'style',
  'textarea',
  'option',
  'noscript',
  'title',
  'template',
  'xmp',
  'iframe',
  'noembed',
  'noframes',
  'plaintext',
  'svg',
  'math',
  'select',
];

const LINK = /^(https?:\/\/|mailto:|tel:)/i;
const REMOTE = /^https?:\/\//i;
/** What mail clients put around the history that they quote. */
const HISTORY = /\b(gmail_quote|yahoo_quoted|moz-cite-prefix|protonmail_quote|zmail_extra)\b/;
const HISTORY_IDS = /^(divRplyFwdMsg|appendonsend|mail-editor-reference-message-container|isReplyContent)$/;

/**
 * HTML by allow-list. Pictures of the mail itself become `data-attachment="<attachment id>"`, those from elsewhere
 * `data-remote-src`: nothing is loaded until a screen does it. `data-quoted` marks history.
 */
export function cleanHtml(html: string, attachmentOfCid: (cid: string) => string | null): string {
  return sanitizeHtml(html, {
    allowedTags: TAGS,
    nonTextTags: DROPPED,
    disallowedTagsMode: 'discard',
    allowedAttributes: {
      '*': ['style', 'dir', 'lang', 'align', 'valign', 'title', 'data-quoted'],
      a: ['href', 'target', 'rel'],
      img: ['alt', 'width', 'height', 'data-attachment', 'data-remote-src'],
      table: ['width', 'border', 'cellpadding', 'cellspacing', 'bgcolor'],
      tr: ['bgcolor', 'height'],
      td: ['width', 'height', 'colspan', 'rowspan', 'bgcolor', 'nowrap'],
      th: ['width', 'height', 'colspan', 'rowspan', 'bgcolor', 'nowrap'],
      col: ['width', 'span'],
      font: ['color', 'size', 'face'],
      ol: ['start', 'type'],
      li: ['value'],
    },
    allowedStyles: { '*': STYLES },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowProtocolRelative: false,
    parser: { lowerCaseTags: true },
    transformTags: {
      '*': (tagName, given) => {
        const attributes = without(given, ['data-quoted', 'data-attachment', 'data-remote-src']);
        const isHistory =
          (tagName === 'blockquote' && attributes['type'] === 'cite') ||
          HISTORY.test(attributes['class'] ?? '') ||
          HISTORY_IDS.test(attributes['id'] ?? '');
        if (tagName === 'a') return { tagName, attribs: linkOf(attributes) };
        if (tagName === 'img') return { tagName, attribs: pictureOf(attributes, attachmentOfCid) };
        return { tagName, attribs: isHistory ? { ...attributes, 'data-quoted': 'true' } : attributes };
      },
    },
  });
}

const without = (attributes: Record<string, string>, names: string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => !names.includes(name)));

function linkOf(attributes: Record<string, string>): Record<string, string> {
  const href = (attributes['href'] ?? '').trim();
  const rest = without(attributes, ['href', 'target', 'rel']);
  return LINK.test(href) ? { ...rest, href, target: '_blank', rel: 'noopener noreferrer nofollow' } : rest;
}

function pictureOf(
  attributes: Record<string, string>,
  attachmentOfCid: (cid: string) => string | null,
): Record<string, string> {
  const source = (attributes['src'] ?? '').trim();
  const rest = without(attributes, ['src', 'srcset']);
  const id = /^cid:/i.test(source) ? attachmentOfCid(cidOf(source)) : null;
  if (id !== null) return { ...rest, 'data-attachment': id };
  const absolute = source.startsWith('//') ? `https:${source}` : source;
  return REMOTE.test(absolute) ? { ...rest, 'data-remote-src': absolute } : rest;
}

function cidOf(source: string): string {
  const cid = source.slice(4);
  try {
    return decodeURIComponent(cid);
  } catch {
    // A stray percent sign.
    return cid;
  }
}
