import { en, type Catalogue } from './en';
import { fr } from './fr';

export interface Locale {
  /** BCP 47 tag for dates, and for the document's `lang`. */
  tag: string;
  text: Catalogue;
}

/**
 * English unless the wished language is French. The region (`fr-CA`) decides how dates are written; where the page names
 * none, the browser's does.
 */
export function chooseLocale(wished: string, browser = ''): Locale {
  const asked = canonical(wished);
  const tag = browser.startsWith(`${asked}-`) ? canonical(browser) : asked;
  if (/^fr\b/i.test(tag)) return { tag, text: fr };
  return { tag: /^en\b/i.test(tag) ? tag : 'en', text: en };
}

function canonical(wished: string): string {
  try {
    return Intl.getCanonicalLocales(wished)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
