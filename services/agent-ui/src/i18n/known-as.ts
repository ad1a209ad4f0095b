import type { Catalogue } from './en';
import { useText } from './language';

/** The server speaks no language: who gave no name is "Visitor 4F2A" or "Facebook visitor 6789" there. */
const NUMBERED = /^(Visitor|Facebook visitor) ([0-9A-Za-z]{4})$/;

/** What the reader calls a person: "Visiteur 4F2A" in French. A name that somebody gave stays as it is. */
export function knownAs(name: string, words: Catalogue['thread']['numbered']): string {
  const [, kind, number = ''] = NUMBERED.exec(name) ?? [];
  if (kind === undefined) return name;
  return kind === 'Visitor' ? words.visitor(number) : words.facebookVisitor(number);
}

export function useKnownAs(): (name: string) => string {
  const words = useText().thread.numbered;
  return (name) => knownAs(name, words);
}
