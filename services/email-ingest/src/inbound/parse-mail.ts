import { contentTypeOf, cleanFileName, SAMPLE_BYTES } from '@conversations/blob-store/content';
import { newId } from '@conversations/runtime/ids';
import { createHash } from 'node:crypto';
import { type Attachment, type ParsedMail as LibraryMail, simpleParser } from 'mailparser';
import { bounceIn } from './bounce-report';
import { charsetOf, decodeBytes } from './charset';
import { cleanHtml, isTooDeep, MAX_HTML } from './clean-html';
import { forwardIn } from './forward';
import { mendRaw, stripPreamble } from './mend-raw';
import { contentHash } from './message-ids';
import type { ParsedFile, ParsedMail, ParseOptions } from './parsed-mail';
import { readFacts } from './read-facts';
import { historyLine } from './quoted-text';
import { type HeaderFields, plain } from './read-header';
import { bodyOf, CAPS, scanStructure, type Structure } from './scan-structure';
import { roughTextOf, textOfHtml } from './text-of-html';

const IMAGES = /^image\/(png|jpeg|gif|webp)$/;
/** Of which a person reads the beginning; the original has the rest. */
const MAX_TEXT = 400_000;

const LIBRARY_OPTIONS = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipTextLinks: true,
  skipImageLinks: true,
  keepCidLinks: true,
  keepDeliveryStatus: true,
  checksumAlgo: 'sha256',
  maxHeadSize: CAPS.headerBytes,
  maxChildNodes: CAPS.parts,
};

interface Body {
  text: string;
  html: string | null;
  files: ParsedFile[];
  incomplete: string | null;
}

/** Reads a whole mail. May run for long, or out of memory, on what was built for it: only called where that can be ended. */
export async function parseMail(bytes: Buffer, options: ParseOptions): Promise<ParsedMail> {
  const raw = stripPreamble(bytes);
  const structure = scanStructure(raw);
  const header = structure.parts[0]?.header ?? [];
  if (structure.excess !== null) return partOf(raw, structure, header, options, `too much of it: ${structure.excess}`);
  const mail = await simpleParser(mendRaw(raw, structure), LIBRARY_OPTIONS);
  return assemble(raw, structure, header, options, await readBody(mail));
}

/** What can be told of a mail that is not parsed: its header, and the first text in it. One pass, no parser. */
export function scanMail(bytes: Buffer, options: ParseOptions, reason: string): ParsedMail {
  const raw = stripPreamble(bytes);
  const structure = scanStructure(raw);
  return partOf(raw, structure, structure.parts[0]?.header ?? [], options, reason);
}

function partOf(
  raw: Buffer,
  structure: Structure,
  header: HeaderFields,
  options: ParseOptions,
  incomplete: string,
): ParsedMail {
  const leaf = structure.parts.find(({ contentType }) => contentType === 'text/plain' || contentType === '');
  const bytes = leaf && structure.excess !== 'header' ? bodyOf(raw, leaf, MAX_TEXT) : Buffer.alloc(0);
  const text = plain(decodeBytes(bytes, charsetOf(bytes, leaf?.parameters.get('charset') ?? null))).trim();
  return assemble(raw, structure, header, options, { text, html: null, files: [], incomplete });
}

function assemble(
  raw: Buffer,
  structure: Structure,
  header: HeaderFields,
  options: ParseOptions,
  body: Body,
): ParsedMail {
  const facts = readFacts(header, options);
  const bounce = bounceIn(raw, structure);
  return {
    ...facts,
    ...body,
    historyLine: historyLine(body.text),
    bounce,
    // What machines return, nobody sent on.
    forward: bounce !== null || facts.automatic !== 'no' ? null : forwardIn(structure, header, body.text),
    contentHash: contentHash({
      from: facts.from?.address ?? '',
      subject: facts.subject,
      text: body.text,
      // Ids of inline pictures are new each time.
      html: body.html?.replace(/data-attachment="[^"]*"/g, '') ?? null,
      files: body.files.map(({ content }) => createHash('sha256').update(content).digest('hex')),
    }),
  };
}

async function readBody(mail: LibraryMail): Promise<Body> {
  const { files, cids, left } = await readFiles(mail.attachments);
  const markup = typeof mail.html === 'string' ? plain(mail.html) : '';
  const shown = new Set<string>();
  const tooMuch = markup.length > MAX_HTML || isTooDeep(markup);
  const html =
    markup === '' || tooMuch
      ? null
      : cleanHtml(markup, (cid) => {
          const id = cids.get(cid) ?? null;
          if (id !== null) shown.add(id);
          return id;
        });
  // A picture that nothing shows is a file like others, whatever its header says.
  for (const file of files)
    file.inline = shown.has(file.id) || (file.inline && (html === null || file.content.byteLength === 0));
  const words = plain(mail.text ?? '')
    .replace(/\r\n?/g, '\n')
    .trim();
  const text = words !== '' ? words : html !== null ? textOfHtml(html) : roughTextOf(markup.slice(0, MAX_HTML));
  const incomplete = tooMuch
    ? 'too much HTML'
    : text.length > MAX_TEXT
      ? 'too much text'
      : left > 0
        ? 'too many files'
        : null;
  return { text: text.slice(0, MAX_TEXT).toWellFormed(), html: html === '' ? null : html, files, incomplete };
}

async function readFiles(
  attachments: Attachment[],
): Promise<{ files: ParsedFile[]; cids: Map<string, string>; left: number }> {
  const files: ParsedFile[] = [];
  const cids = new Map<string, string>();
  for (const attachment of attachments.slice(0, CAPS.attachments)) {
    const filename = cleanFileName(attachment.filename ?? nameFor(attachment));
    const { content } = attachment;
    // The type is never the sender's word; what would run on a double click is passed on as bytes.
    const contentType =
      (await contentTypeOf(content.subarray(0, SAMPLE_BYTES), filename)) ?? 'application/octet-stream';
    const id = newId('up');
    const cid = attachment.cid;
    // An empty one is nothing that anybody could save.
    const inline =
      (IMAGES.test(contentType) || content.byteLength === 0) &&
      (attachment.related === true || attachment.contentDisposition === 'inline');
    files.push({ id, filename, contentType, inline, content: new Uint8Array(content) });
    if (cid !== undefined && IMAGES.test(contentType)) cids.set(cid, id);
  }
  return { files, cids, left: Math.max(0, attachments.length - CAPS.attachments) };
}

/** An attachment without a name gets one that says what it is. */
function nameFor({ contentType }: Attachment): string {
  if (contentType === 'message/rfc822') return 'message.eml';
  const ending = /^[a-z]+\/(?:x-)?([a-z0-9]{2,5})$/i.exec(contentType)?.[1];
  return ending === undefined ? 'file' : `file.${ending === 'plain' ? 'txt' : ending}`;
}
