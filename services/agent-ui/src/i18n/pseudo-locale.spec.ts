import { lengthen, pseudoLocale } from './pseudo-locale';

test('a text grows by two fifths and keeps its spaces', () => {
  const long = lengthen('Search conversations');
  expect(long).toHaveLength(20 + 8);
  expect(long.startsWith('Šéáŕçĥ çóñ')).toBe(true);
});

test('texts inside objects and made by functions are lengthened too', () => {
  const made = pseudoLocale({ list: { held: (count: number) => `${count} new` }, title: 'Inbox' });
  expect(made.list.held(3)).toBe(lengthen('3 new'));
  expect(made.title).toBe(lengthen('Inbox'));
});
