import type { MailPerson } from '@conversations/contracts';
import { addressIn, findHeaderBlock } from './header-block';
import { addressKey, nameOf, peopleIn, readPeople } from './people';
import { historyLine } from './quoted-text';
import { decodeWords, firstOf, type HeaderFields } from './read-header';
import type { Structure } from './scan-structure';

/** What somebody sent on by hand: who wrote it first, and what stands above it. */
export interface Forward {
  from: MailPerson;
  comment: string;
  /** The forwarded words; null where they are an attached message. */
  text: string | null;
  /** Line of these words at which older history seems to begin. */
  historyLine: number;
}

const PREFIX =
  /^\s*(?:(?:re|aw|sv|antw|odp|r)\s*[:：]\s*)*(?:fwd?|tr|wg|rv|enc|i|vs|vb|pd|doorst|přep?\.?|fs|továbbítás|továbbítva|ilt|yml|πρθ|переслать|пересл|转发|轉寄|전달|fwd?-|pd|ynl|prep|zaslat|doorgestuurd|vidarebefordrat)\s*[:：]/iu;
const SEPARATOR =
  /^[\s>]*(?:[-_=*—]{2,}\s*.*(?:forward|weitergeleitet|transf|reenvi|reencam|inoltrat|doorgestuurd|vidarebefordr|videresend|videresendt|przesłan|przekazan|přeposl|preposl|továbbít|redirecț|пересл|переадр|προωθ|iletil|転送|转发|轉寄|전달|proslij|proslje|välitet|uudelleen|послан|original|ursprüng|d'origine|originel|oorspronkelijk).*[-_=*—]{2,}|(?:begin forwarded message|début du message (?:réexpédié|transféré)|anfang der weitergeleiteten nachricht|inizio messaggio inoltrato|inicio del mensaje reenviado|início da mensagem (?:re)?encaminhada).*)\s*$/iu;

/** Without the marks of a quotation, and with where older history begins in it. */
function wordsOf(lines: readonly string[]): Pick<Forward, 'text' | 'historyLine'> {
  const text = lines
    .join('\n')
    .replace(/^(?:> ?)+/gm, '')
    .trim();
  return { text, historyLine: historyLine(text) };
}

export function forwardIn(structure: Structure, header: HeaderFields, text: string): Forward | null {
  const subject = decodeWords(firstOf(header, 'subject') ?? '');
  const attached = attachedMessage(structure, text);
  if (attached) return attached;
  const lines = unglued(text).split('\n');
  const separator = lines.findIndex((line) => line.length < 300 && SEPARATOR.test(line));
  if (!PREFIX.test(subject) && separator < 0) return null;
  return inBlock(lines, separator) ?? inAttribution(lines);
}

/** Some clients write separator and header block into one line. */
const unglued = (text: string): string =>
  text.replace(/^([ \t]*-{4,} [^\n-]{3,60} -{4,})[ \t]+(\S.*)$/gmu, (_, separator: string, rest: string) =>
    [separator, rest.replace(/([>\p{Ll}\d])(?=\p{Lu}[\p{L} ]{1,20}:\s)/gu, '$1\n')].join('\n'),
  );

/** A mail as the only attachment of another one. */
function attachedMessage({ parts }: Structure, text: string): Forward | null {
  const index = parts.findIndex(({ contentType, depth }) => contentType === 'message/rfc822' && depth <= 2);
  const inner = parts[index + 1];
  const [from] = index < 0 || !inner ? [] : peopleIn(inner.header, 'from');
  return from ? { from, comment: text.trim(), text: null, historyLine: 0 } : null;
}

function inBlock(lines: readonly string[], separator: number): Forward | null {
  const block = findHeaderBlock(lines, Math.max(0, separator));
  const from = block ? personIn(block.from) : null;
  if (!block || !from) return null;
  const above = separator >= 0 && separator < block.start ? separator : introStart(lines, block.start);
  return {
    from,
    comment: lines.slice(0, above).join('\n').trim(),
    ...wordsOf(lines.slice(block.end)),
  };
}

/** Clients that forward the way they reply: `On …, Ann <ann@example.com> wrote:`. */
function inAttribution(lines: readonly string[]): Forward | null {
  for (const [index, line] of lines.entries()) {
    if (line.length > 500 || !/[:：]\s*\**\s*$/.test(line)) continue;
    for (let start = index; start >= Math.max(0, index - 2); start -= 1) {
      const joined = lines.slice(start, index + 1).join(' ');
      const from = addressIn(joined) === null ? null : personIn(joined.replace(/^[\s>]*.*?[,，]\s*(?=[^,，]*<)/, ''));
      if (from) {
        return {
          from,
          comment: lines.slice(0, start).join('\n').trim(),
          ...wordsOf(lines.slice(index + 1)),
        };
      }
    }
  }
  return null;
}

function introStart(lines: readonly string[], block: number): number {
  let start = block;
  while (start > 0 && (lines[start - 1] ?? '').trim() === '') start -= 1;
  return start > 0 && /^[\s>]*[-_=*—]{3,}|:\s*$/.test(lines[start - 1] ?? '') ? start - 1 : block;
}

/** `Ann Okafor <ann@example.com>`, `Ann [mailto:ann@example.com]`, `ann@example.com (Ann)` and the like. */
export function personIn(value: string): MailPerson | null {
  const text = value
    .replace(/\*/g, '')
    .replace(/\[?<?mailto:([^\]>\s]+)>?\]?/gi, '<$1>')
    .replace(/<<|>>/g, (twice) => twice[0] ?? '');
  const address = addressKey(addressIn(text) ?? '');
  if (address === null) return null;
  const read = readPeople(text.slice(0, 1_000)).find((person) => person.address === address);
  if (read?.name) return read;
  const before = text.slice(0, text.search(/[<[(]?[^\s<>[(]+@/)).replace(/^.*[:：]/, '');
  return { name: nameOf(before, address), address };
}
