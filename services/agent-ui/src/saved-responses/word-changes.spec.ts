import fc from 'fast-check';
import { type Run, wordChanges } from './word-changes';

const side = (runs: readonly Run[], kind: Run['kind']) =>
  runs
    .filter((run) => run.kind === 'same' || run.kind === kind)
    .map(({ text }) => text)
    .join('');

test('only the changed words are marked', () => {
  expect(wordChanges('We refund within 30 days.', 'We refund within 14 days.')).toEqual([
    { kind: 'same', text: 'We refund within ' },
    { kind: 'removed', text: '30' },
    { kind: 'added', text: '14' },
    { kind: 'same', text: ' days.' },
  ]);
});

test('equal texts have no change, and an emptied one is all removed', () => {
  expect(wordChanges('Same text', 'Same text')).toEqual([{ kind: 'same', text: 'Same text' }]);
  expect(wordChanges('Gone now', '')).toEqual([{ kind: 'removed', text: 'Gone now' }]);
});

test('both texts can be read from the runs, character for character', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', ' ', '\n', 'c d', 'é', '👩‍👩‍👧'), { maxLength: 40 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const runs = wordChanges(before, after);
      expect(side(runs, 'removed')).toBe(before);
      expect(side(runs, 'added')).toBe(after);
    }),
  );
});

test('two unlike texts of the longest allowed size are compared', () => {
  const long = (word: string) =>
    Array.from({ length: 2_500 }, (_, index) => `${word}${String(index % 7)}`)
      .join(' ')
      .slice(0, 10_000);
  const runs = wordChanges(long('abc'), long('xyz'));
  expect(side(runs, 'added')).toBe(long('xyz'));
});
