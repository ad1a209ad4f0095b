/** "French" for `fr-CA`, in the reader's language; null for what is no language. */
export function languageName(tag: string | null, locale: string): string | null {
  if (tag === null) return null;
  try {
    const { language } = new Intl.Locale(tag);
    const name = new Intl.DisplayNames(locale, { type: 'language', fallback: 'none' }).of(language);
    return name === undefined ? null : name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
  } catch (error) {
    // A visitor's browser sends what it likes.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
