import { ID_DIGITS, idDigits, idOf, sealedLength, type SigningKeys } from './signing-keys';

/** Between letters and digits it would be part of something else; markers are few, so whoever writes thousands is not read to the end. */
const MARKER = new RegExp(`(?<![0-9a-z])ref-([0-9a-z]{${sealedLength(ID_DIGITS)}})(?![0-9a-z])`, 'gi');
const MOST_MARKERS = 20;

/** A word without spaces that stands below our text; it comes back in what people quote. */
export const bodyMarker = (keys: SigningKeys, conversationId: string): string =>
  `ref-${keys.seal('body-marker', idDigits(conversationId))}`;

/** The first marker of ours in a text: its conversation, and where it stands (UTF-16 code units). */
export function findBodyMarker(keys: SigningKeys, text: string): { conversationId: string; index: number } | null {
  let seen = 0;
  for (const match of text.matchAll(MARKER)) {
    seen += 1;
    if (seen > MOST_MARKERS) return null;
    const digits = keys.open('body-marker', match[1] ?? '', ID_DIGITS);
    if (digits !== null) return { conversationId: idOf('cnv', digits), index: match.index };
  }
  return null;
}
