import { useSyncExternalStore } from 'react';
import type { Catalogue } from './en';
import { readChoice, storeChoice } from './stored-choice';

/** Languages that a person can choose; each is named in itself. */
export const LANGUAGES = { en: 'English', fr: 'Français' } as const;

type Language = keyof typeof LANGUAGES;
/** `x-long` is the pseudo-locale of the tests; no menu offers it. */
export type LanguageChoice = Language | 'system' | 'x-long';

const KEY = 'conversations.language';
const CHOICES: readonly LanguageChoice[] = ['system', 'en', 'fr', 'x-long'];

interface Loaded {
  /** For Intl and the page's lang attribute. */
  locale: string;
  text: Catalogue;
}

let loaded: Loaded | undefined;
const listeners = new Set<() => void>();

export const readLanguageChoice = (): LanguageChoice => readChoice(KEY, CHOICES, 'system');

/** The first of the browser's languages that there are texts for; its region decides how dates are written. */
export function pickLocale(wanted: readonly string[]): string {
  const fits = wanted.find((tag) => Object.hasOwn(LANGUAGES, tag.slice(0, 2).toLowerCase()));
  return fits ?? 'en';
}

async function load(choice: LanguageChoice): Promise<Loaded> {
  const browser = navigator.languages;
  if (choice === 'x-long') {
    const [{ en }, { pseudoLocale }] = await Promise.all([import('./en'), import('./pseudo-locale')]);
    return { locale: 'en', text: pseudoLocale(en) };
  }
  const locale =
    choice === 'system'
      ? pickLocale(browser)
      : pickLocale(browser.filter((tag) => tag.startsWith(choice)).concat(choice));
  const text = locale.toLowerCase().startsWith('fr') ? (await import('./fr')).fr : (await import('./en')).en;
  return { locale, text };
}

/** Has to be done before the first component is drawn. */
export async function loadLanguage(): Promise<void> {
  loaded = await load(readLanguageChoice());
  document.documentElement.lang = loaded.locale;
  for (const listener of listeners) listener();
}

export async function chooseLanguage(choice: LanguageChoice): Promise<void> {
  storeChoice(KEY, choice);
  await loadLanguage();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function current(): Loaded {
  if (loaded === undefined) throw new Error('No language is loaded');
  return loaded;
}

export const useText = (): Catalogue => useSyncExternalStore(subscribe, current).text;
export const useLocale = (): string => useSyncExternalStore(subscribe, current).locale;
