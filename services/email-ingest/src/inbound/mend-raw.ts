import { charsetOf, isKnownCharset } from './charset';
import { bodyOf, type Part, type Structure } from './scan-structure';

const SAMPLE = 64 * 1024;
/** Of a text that is longer only the beginning is read: it is more than is shown, however it is encoded. */
const MAX_BODY = 3_500_000;
const LONG_HEADER = 64 * 1024;

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
 * The mail as the parser gets it. A charset that a text does not have gives way to the one that it has: the parser believes what is
 * declared. Texts that are far too long are cut, and of the mail's own header, or another long one, only what is about the body is left:
 * the parser would read all of it to the end, were it 50,000 recipients.
 */
export function mendRaw(raw: Buffer, { parts }: Structure): Buffer {
  const pieces: Buffer[] = [];
  let copied = 0;
  for (const [index, part] of parts.entries()) {
    const type = part.contentType === '' ? 'text/plain' : part.contentType;
    const isText = /^text\/(plain|html)$/.test(type) && parts[index + 1]?.headerStart !== part.bodyStart;
    const charset = isText ? charsetInstead(raw, part) : null;
    const text = charset === null ? null : { type, charset };
    if (index === 0 || text !== null || part.bodyStart - part.headerStart > LONG_HEADER) {
      pieces.push(raw.subarray(copied, part.headerStart), headerWith(raw, part, text));
      copied = part.bodyStart;
    }
    if (isText && part.bodyEnd - part.bodyStart > MAX_BODY) {
      pieces.push(raw.subarray(copied, part.bodyStart + MAX_BODY), Buffer.from('\r\n'));
      copied = part.bodyEnd;
    }
  }
  return Buffer.concat([...pieces, raw.subarray(copied)]);
}

/** Null when the declared one is right. */
function charsetInstead(raw: Buffer, part: Part): string | null {
  const declared = part.parameters.get('charset') ?? null;
  const real = charsetOf(bodyOf(raw, part, SAMPLE), declared);
  return declared === null || !isKnownCharset(declared) || !same(declared, real) ? real : null;
}

const same = (declared: string, real: string): boolean =>
  declared.toLowerCase() === real || (real === 'utf-8' && /^(utf-?8|us-ascii)$/i.test(declared));

const ABOUT_BODY = /^content-[a-z-]+[ \t]*:/i;

function headerWith(raw: Buffer, part: Part, text: { type: string; charset: string } | null): Buffer {
  const lines = raw
    .subarray(part.headerStart, part.bodyStart)
    .toString('latin1')
    .split(/\r?\n(?![ \t])/)
    .filter((line) => ABOUT_BODY.test(line) && !(text && /^content-type[ \t]*:/i.test(line)));
  const others = [...part.parameters]
    .filter(([name]) => name !== 'charset')
    .map(([name, value]) => `; ${name}="${value}"`);
  const type = text ? [`Content-Type: ${text.type}; charset="${text.charset}"${others.join('')}`] : [];
  return Buffer.from(`${['MIME-Version: 1.0', ...lines, ...type].join('\r\n')}\r\n\r\n`, 'latin1');
}
