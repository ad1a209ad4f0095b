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
