import { charsetOf, isKnownCharset } from './charset';
import { bodyOf, type Part, type Structure } from './scan-structure';

const SAMPLE = 64 * 1024;
/** Of a text that is longer only the beginning is read: it is more than is shown, however it is encoded. */
const MAX_BODY = 3_500_000;

/** Bytes as they should have come: without a byte order mark, an mbox `From ` line, empty lines above the header, and NUL. */
export function stripPreamble(raw: Buffer): Buffer {
  let at = raw[0] === 0xef && raw[1] === 0xbb && raw[2] === 0xbf ? 3 : 0;
  while (raw[at] === 13 || raw[at] === 10) at += 1;
  if (/^>?From \S/.test(raw.subarray(at, at + 8).toString('latin1'))) {
    const end = raw.indexOf(10, at);
    at = end < 0 ? raw.length : end + 1;
  }
  const rest = raw.subarray(at);
  return rest.includes(0) ? (rest.filter((byte) => byte !== 0) as Buffer) : rest;
}

/**
 * A charset that the text does not have gives way to the one that it has: the parser believes what is declared. Texts that are far too
 * long are cut: it would read them to the end.
 */
export function mendTexts(raw: Buffer, { parts }: Structure): Buffer {
  const pieces: Buffer[] = [];
  let copied = 0;
  for (const [index, part] of parts.entries()) {
    const type = part.contentType === '' ? 'text/plain' : part.contentType;
    if (!/^text\/(plain|html)$/.test(type) || parts[index + 1]?.headerStart === part.bodyStart) continue;
    const declared = part.parameters.get('charset') ?? null;
    const real = charsetOf(bodyOf(raw, part, SAMPLE), declared);
    if (declared === null || !isKnownCharset(declared) || !same(declared, real)) {
      pieces.push(raw.subarray(copied, part.headerStart), headerWith(raw, part, type, real));
      copied = part.bodyStart;
    }
    if (part.bodyEnd - part.bodyStart > MAX_BODY) {
      pieces.push(raw.subarray(copied, part.bodyStart + MAX_BODY), Buffer.from('\r\n'));
      copied = part.bodyEnd;
    }
  }
  return pieces.length === 0 ? raw : Buffer.concat([...pieces, raw.subarray(copied)]);
}

const same = (declared: string, real: string): boolean =>
  declared.toLowerCase() === real || (real === 'utf-8' && /^(utf-?8|us-ascii)$/i.test(declared));

function headerWith(raw: Buffer, part: Part, type: string, charset: string): Buffer {
  const lines = raw
    .subarray(part.headerStart, part.bodyStart)
    .toString('latin1')
    .split(/\r?\n(?![ \t])/)
    .filter((line) => line.trim() !== '' && !/^content-type[ \t]*:/i.test(line));
  const others = [...part.parameters]
    .filter(([name]) => name !== 'charset')
    .map(([name, value]) => `; ${name}="${value}"`);
  return Buffer.from(
    `${[...lines, `Content-Type: ${type}; charset="${charset}"${others.join('')}`].join('\r\n')}\r\n\r\n`,
    'latin1',
  );
}
