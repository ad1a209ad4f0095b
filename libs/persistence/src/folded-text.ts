const ACCENTS = /[\u0300-\u036f]/g;
/** Letters that Unicode does not take apart, and people type in two. */
const LIGATURES: Record<string, string> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l', đ: 'd' };

/** Without case and accents, the same for texts, searches and the order of titles, whatever locale the database has. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(ACCENTS, '')
    .toLowerCase()
    .replaceAll(/[œæßøłđ]/g, (letter) => LIGATURES[letter] ?? letter);
}
