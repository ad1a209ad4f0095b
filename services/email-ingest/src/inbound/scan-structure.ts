import { type HeaderFields, firstOf, readHeader, readParameters } from './read-header';

/** What a mail may be made of; more of it is not parsed. */
export const CAPS = { parts: 500, depth: 20, headerBytes: 1024 * 1024, attachments: 100 };

/** A part of a mail by its place in the raw bytes. The first is the mail itself. */
export interface Part {
  depth: number;
  headerStart: number;
  bodyStart: number;
  bodyEnd: number;
  header: HeaderFields;
  contentType: string;
  parameters: ReadonlyMap<string, string>;
  encoding: string;
}

export interface Structure {
  parts: Part[];
  /** Why the mail is not given to the parser; null when it may be. */
  excess: 'parts' | 'depth' | 'header' | null;
}

interface Open {
  boundary: Buffer;
  depth: number;
}

const DASHES = Buffer.from('--');

/** Where the parts of a mail are, in one pass over its lines, whatever somebody built into it. Stops at the first excess. */
export function scanStructure(raw: Buffer): Structure {
  const parts: Part[] = [];
  const open: Open[] = [];
  let excess: Structure['excess'] = null;
  let current: Part | null = null;

  const beginPart = (at: number, depth: number): number => {
    if (depth > CAPS.depth) excess = 'depth';
    if (parts.length >= CAPS.parts) excess = 'parts';
    if (excess !== null) return raw.length;
    const { end, bodyStart } = headerEnd(raw, at, open);
    if (end - at > CAPS.headerBytes) excess = 'header';
    const header = readHeader(raw.subarray(at, Math.min(end, at + CAPS.headerBytes)));
    const { value, parameters } = readParameters(firstOf(header, 'content-type') ?? '');
    const encoding = (firstOf(header, 'content-transfer-encoding') ?? '').toLowerCase().trim();
    current = {
      depth,
      headerStart: at,
      bodyStart,
      bodyEnd: raw.length,
      header,
      contentType: value,
      parameters,
      encoding,
    };
    parts.push(current);
    const boundary = parameters.get('boundary');
    if (value.startsWith('multipart/') && boundary !== undefined && boundary !== '') {
      open.push({ boundary: Buffer.from(`--${boundary}`, 'latin1'), depth: depth + 1 });
      return bodyStart;
    }
    return value === 'message/rfc822' && (encoding === '' || /^(7bit|8bit|binary)$/.test(encoding))
      ? beginPart(bodyStart, depth + 1)
      : bodyStart;
  };

  let at = beginPart(0, 0);
  while (at < raw.length && excess === null) {
    let end = raw.indexOf(10, at);
    if (end < 0) end = raw.length;
    const found = raw[at] === 45 && raw[at + 1] === 45 ? boundaryAt(raw, at, end, open) : null;
    if (found === null) {
      at = end + 1;
      continue;
    }
    closeParts(parts, open[found.index]?.depth ?? 0, at);
    current = null;
    open.length = found.isLast ? found.index : found.index + 1;
    at = found.isLast ? end + 1 : beginPart(end + 1, open[found.index]?.depth ?? 1);
  }
  return { parts, excess };
}

function closeParts(parts: Part[], depth: number, at: number): void {
  for (let index = parts.length - 1; index >= 0; index -= 1) {
    const part = parts[index];
    if (!part || part.depth < depth) return;
    if (part.bodyEnd > at) part.bodyEnd = Math.max(part.bodyStart, at);
  }
}

function boundaryAt(
  raw: Buffer,
  at: number,
  end: number,
  open: readonly Open[],
): { index: number; isLast: boolean } | null {
  const line = raw.subarray(at, Math.min(end, at + 1_024));
  const trimmed = line.subarray(0, line.findLastIndex((byte) => byte !== 13 && byte !== 32 && byte !== 9) + 1);
  for (let index = open.length - 1; index >= 0; index -= 1) {
    const boundary = open[index]?.boundary;
    if (!boundary || !trimmed.subarray(0, boundary.length).equals(boundary)) continue;
    const rest = trimmed.subarray(boundary.length);
    if (rest.length === 0) return { index, isLast: false };
    if (rest.equals(DASHES)) return { index, isLast: true };
  }
  return null;
}

/** A header ends with an empty line, or where a boundary shows that its body was left out. */
function headerEnd(raw: Buffer, from: number, open: readonly Open[]): { end: number; bodyStart: number } {
  let at = from;
  while (at < raw.length) {
    let end = raw.indexOf(10, at);
    if (end < 0) end = raw.length;
    const length = end > at && raw[end - 1] === 13 ? end - 1 - at : end - at;
    if (length === 0) return { end: at, bodyStart: end + 1 };
    if (raw[at] === 45 && raw[at + 1] === 45 && boundaryAt(raw, at, end, open) !== null)
      return { end: at, bodyStart: at };
    at = end + 1;
  }
  return { end: raw.length, bodyStart: raw.length };
}

/** The bytes of a leaf, without its transfer encoding, at most `maxBytes` of them. */
export function bodyOf(raw: Buffer, part: Part, maxBytes: number): Buffer {
  const encoded = raw.subarray(part.bodyStart, Math.min(part.bodyEnd, part.bodyStart + maxBytes * 3));
  if (part.encoding === 'base64') return Buffer.from(encoded.toString('latin1'), 'base64').subarray(0, maxBytes);
  if (part.encoding !== 'quoted-printable') return encoded.subarray(0, maxBytes);
  const text = encoded
    .toString('latin1')
    .replace(/[ \t]*=\r?\n/g, '')
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(text, 'latin1').subarray(0, maxBytes);
}
