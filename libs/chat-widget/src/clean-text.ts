/** Postgres takes neither U+0000 nor half a surrogate pair. */
export function cleanText(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed();
}
