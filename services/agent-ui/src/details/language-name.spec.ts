import { shownPage } from '../thread/shown-page';
import { languageName } from './language-name';

test('a browser’s language is named in the reader’s language, without the region', () => {
  expect(languageName('fr-CA', 'en')).toBe('French');
  expect(languageName('en', 'fr')).toBe('Anglais');
  expect(languageName('pt-BR', 'fr')).toBe('Portugais');
});

test('what is no language is not named', () => {
  for (const tag of [null, '', 'not a language', '<b>', 'zz']) expect(languageName(tag, 'en')).toBeNull();
});

test('a page is shown by its path', () => {
  expect(shownPage('https://shop.test/pricing?utm=1#top')).toBe('/pricing');
  expect(shownPage('https://shop.test/caf%C3%A9')).toBe('/café');
  expect(shownPage('https://shop.test/%E0%A4%A')).toBe('/%E0%A4%A');
  expect(shownPage('nowhere')).toBe('nowhere');
});
