import { charsetOf, decodeBytes, isKnownCharset } from './charset';

/** The fields of one header block, in their order. Names are lower-cased; values unfolded, as text, with encoded words still encoded. */
export type HeaderFields = readonly (readonly [name: string, value: string])[];

const LONGEST_VALUE = 64 * 1024;
const MOST_FIELDS = 2_000;

/** Reads fields out of a header block; what is no field is passed over. */
export function readHeader(block: Buffer): HeaderFields {
  const fields: [string, string][] = [];
  let name = '';
  let parts: Buffer[] = [];
  let size = 0;
  const end = () => {
    if (name !== '' && fields.length < MOST_FIELDS) fields.push([name, textOf(Buffer.concat(parts))]);
    name = '';
    parts = [];
    size = 0;
  };
  for (const line of linesOf(block)) {
    if (line[0] === 32 || line[0] === 9) {
      size += line.length;
      if (name !== '' && size < LONGEST_VALUE) parts.push(Buffer.from(' '), trimStart(line));
      continue;
    }
    end();
    if (fields.length >= MOST_FIELDS) break;
    const colon = line.indexOf(58);
    if (colon < 1 || colon > 200) continue;
    const label = line.subarray(0, colon).toString('latin1').trimEnd();
    if (!/^[\x21-\x7e]+$/.test(label)) continue;
    name = label.toLowerCase();
    parts = [line.subarray(colon + 1, colon + 1 + LONGEST_VALUE)];
    size = line.length;
  }
  end();
  return fields;
}

export function* linesOf(block: Buffer): Generator<Buffer> {
  for (let at = 0; at < block.length;) {
    let end = block.indexOf(10, at);
    if (end < 0) end = block.length;
    yield block.subarray(at, end > at && block[end - 1] === 13 ? end - 1 : end);
    at = end + 1;
  }
}

function trimStart(line: Buffer): Buffer {
  let at = 0;
  while (line[at] === 32 || line[at] === 9) at += 1;
  return line.subarray(at);
}

/** Raw 8-bit headers are forbidden and common. */
function textOf(bytes: Buffer): string {
  const text = decodeBytes(bytes, bytes.some((byte) => byte > 127) ? charsetOf(bytes, null) : 'utf-8');
  return plain(text.trim());
}

/** Text without what Postgres and screens refuse: NUL, other control characters but tab and line end, halves of characters. */
export const plain = (text: string): string =>
  text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '');

const WORD = /=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=/g;

/** Decodes encoded words (RFC 2047), also those that cut a character in two or stand inside quotation marks. */
export function decodeWords(value: string): string {
  let text = '';
  let last = 0;
  const waiting: { word: { charset: string; bytes: Buffer[] } | null } = { word: null };
  const flush = () => {
    if (waiting.word) text += decodeIn(waiting.word.charset, Buffer.concat(waiting.word.bytes));
    waiting.word = null;
  };
  for (const match of value.matchAll(WORD)) {
    const [whole, label = '', kind = '', content = ''] = match;
    const between = value.slice(last, match.index);
    const charset = label.split('*')[0]?.toLowerCase() ?? '';
    const bytes = kind.toLowerCase() === 'b' ? Buffer.from(content, 'base64') : quotedWord(content);
    const held = waiting.word;
    if (held !== null && held.charset === charset && between.trim() === '') held.bytes.push(bytes);
    else {
      const joined = held !== null && between.trim() === '';
      flush();
      if (!joined) text += between;
      waiting.word = { charset, bytes: [bytes] };
    }
    last = match.index + whole.length;
  }
  flush();
  return plain(text + value.slice(last));
}

const quotedWord = (content: string): Buffer =>
  Buffer.from(
    content
      .replace(/_/g, ' ')
      .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

const decodeIn = (charset: string, bytes: Buffer): string =>
  decodeBytes(
    bytes,
    isKnownCharset(charset) && !/^(utf-?8|us-ascii)$/.test(charset) ? charset : charsetOf(bytes, charset),
  );

/** All values of a field, first to last. */
export const valuesOf = (fields: HeaderFields, name: string): string[] =>
  fields.filter(([found]) => found === name).map(([, value]) => value);

export const firstOf = (fields: HeaderFields, name: string): string | null => valuesOf(fields, name)[0] ?? null;

/** A value with parameters, such as Content-Type; values of parameters with RFC 2231 encodings are left to the parser. */
export function readParameters(value: string): { value: string; parameters: Map<string, string> } {
  const [first = '', ...rest] = partsOf(value.slice(0, 8_192));
  const parameters = new Map<string, string>();
  for (const part of rest) {
    const equals = part.indexOf('=');
    if (equals < 1) continue;
    const name = part.slice(0, equals).trim().toLowerCase();
    if (!parameters.has(name))
      parameters.set(
        name,
        part
          .slice(equals + 1)
          .trim()
          .replace(/^"(.*)"$/, '$1'),
      );
  }
  return { value: first.trim().toLowerCase(), parameters };
}

/** At each semicolon that stands outside of quotation marks. */
function partsOf(value: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at < value.length; at += 1) {
    const character = value[at];
    if (character === '"') isQuoted = !isQuoted;
    if (character !== ';' || isQuoted) continue;
    parts.push(value.slice(start, at));
    start = at + 1;
  }
  return [...parts, value.slice(start)];
}
