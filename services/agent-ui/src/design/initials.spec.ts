import { initialsOf } from './initials';

test.each([
  ['Tom Miller', 'TM'],
  ['  élodie  de la  tour ', 'ÉT'],
  ['Øystein', 'Ø'],
  ['tom@example.com', 't'],
  ['7 dwarfs', '7D'],
  ['李小龙', '李'],
  ['"Quoted" (name)', 'QN'],
  ['👩‍🚀 Ada', 'A'],
  ['', ''],
  ['!!!', ''],
])('%s has the initials %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

test('a letter keeps the accents that are written after it', () => {
  expect(initialsOf('e\u0301ric o\u0308zil')).toBe('E\u0301O\u0308');
});
