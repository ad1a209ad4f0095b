import { en } from './en';
import { fr } from './fr';
import { chooseLocale } from './locale';

test.each([
  ['fr', 'fr', fr],
  ['fr-ca', 'fr-CA', fr],
  ['FR', 'fr', fr],
  ['en-GB', 'en-GB', en],
  ['de', 'en', en],
  ['frr', 'en', en],
  ['not a tag', 'en', en],
  ['', 'en', en],
])('a page in "%s" shows the widget in %s', (wished, tag, text) => {
  expect(chooseLocale(wished)).toEqual({ tag, text });
});

test('a page that names no region leaves the dates to the browser’s, in the page’s language', () => {
  expect(chooseLocale('en', 'en-GB').tag).toBe('en-GB');
  expect(chooseLocale('en-US', 'en-GB').tag).toBe('en-US');
  expect(chooseLocale('fr', 'en-GB').tag).toBe('fr');
});
