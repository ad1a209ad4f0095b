import { analyse } from 'chardet';
import { decode as decodeLegacy, encodingExists } from 'iconv-lite';

/** Names that senders use and no registry knows. */
const ALIASES: Record<string, string> = {
  'cp-850': 'cp850',
  utf8mb4: 'utf-8',
  'utf-8-sig': 'utf-8',
  ansi: 'windows-1252',
};
/** Enough to tell a charset by. */
const SAMPLE = 64 * 1024;
/** Below it a guess says more about the guesser than about the text. */
const CONFIDENT = 35;

const clean = (label: string): string => {
  const name = label
    .trim()
    .replace(/^["']|["']$/g, '')
    .toLowerCase();
  return ALIASES[name] ?? name;
};

/** Whether text in this charset can be read at all. UTF-7 hides markup from whoever checks the bytes and is not. */
export function isKnownCharset(label: string): boolean {
  const name = clean(label);
  if (name === '' || name.includes('utf-7') || name === 'utf7' || name === 'x-user-defined') return false;
  return decoderOf(name) !== null || encodingExists(name);
}

function decoderOf(name: string): InstanceType<typeof TextDecoder> | null {
  try {
    return new TextDecoder(name);
  } catch {
    // Not one of the web's charsets.
    return null;
  }
}

/** `isCut`: the bytes may end within a character. */
function isUtf8(bytes: Uint8Array, isCut: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut });
    return true;
  } catch {
    // Some other charset.
    return false;
  }
}

/** The text, in a charset for which {@link isKnownCharset} holds. */
export function decodeBytes(bytes: Uint8Array, label: string): string {
  const name = clean(label);
  const decoder = decoderOf(name);
  return decoder ? decoder.decode(bytes) : decodeLegacy(Buffer.from(bytes), name);
}

/**
 * The charset that bytes are really in: what is declared where that can be, UTF-8 where they are valid UTF-8, what they look like, and
 * windows-1252, in which everything is something.
 */
export function charsetOf(bytes: Uint8Array, declared: string | null): string {
  const sample = bytes.subarray(0, SAMPLE);
  const name = declared === null ? '' : clean(declared);
  const ascii = name === '' || name === 'us-ascii' || name === 'ascii' || !isKnownCharset(name);
  if (!ascii && !(name === 'utf-8' || name === 'utf8')) return name;
  if (isUtf8(sample, bytes.length >= SAMPLE)) return 'utf-8';
  const [guess] = analyse(sample);
  return guess && guess.confidence >= CONFIDENT && isKnownCharset(guess.name)
    ? guess.name.toLowerCase()
    : 'windows-1252';
}
