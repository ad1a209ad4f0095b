import { readChoice, storeChoice } from '../i18n/stored-choice';

const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** public/theme.js reads the same key before the first paint. */
const KEY = 'conversations.theme';

export const readTheme = (): Theme => readChoice(KEY, THEMES, 'system');

export function chooseTheme(theme: Theme): void {
  storeChoice(KEY, theme);
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}
