import * as fc from 'fast-check';
import { LONGEST_PART, splitText } from './split-text';

it('a text that fits stays as it is', () => {
  expect(splitText('Yes, in all sizes.')).toEqual(['Yes, in all sizes.']);
  expect(splitText('x'.repeat(LONGEST_PART))).toHaveLength(1);
  expect(splitText(' \n ')).toEqual([]);
});

it('it is cut between words, and the white space at a cut is left out', () => {
  expect(splitText('one two three four', 9)).toEqual(['one two', 'three', 'four']);
  expect(splitText('one two three', 7)).toEqual(['one two', 'three']);
});

it('a word that is too long is cut, never within what people see as one character', () => {
  const family = '👨‍👩‍👧‍👦';
  expect(splitText(family.repeat(3), 25)).toEqual([family.repeat(2), family]);
  expect(splitText('e\u0301'.repeat(5), 5)).toEqual(['e\u0301e\u0301', 'e\u0301e\u0301', 'e\u0301']);
});

it('one character that is longer than a part is cut between code points', () => {
  const parts = splitText(`a${'\u0301'.repeat(50)}`, 20);
  expect(parts.every((part) => part.length <= 20)).toBe(true);
  expect(splitText('👨‍👩‍👧‍👦', 5).every((part) => part.isWellFormed())).toBe(true);
});

it('whatever the text: parts fit, are not empty, are well formed, and together are all of it', () => {
  const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.string({ unit: 'binary', maxLength: 200 }));
  fc.assert(
    fc.property(text, fc.integer({ min: 4, max: 40 }), (given, longest) => {
      const wellFormed = given.toWellFormed();
      const parts = splitText(wellFormed, longest);
      for (const part of parts) {
        expect(part.length).toBeGreaterThan(0);
        expect(part.length).toBeLessThanOrEqual(longest);
        expect(part.isWellFormed()).toBe(true);
      }
      expect(parts.join('').replaceAll(/\s/gu, '')).toBe(wellFormed.replaceAll(/\s/gu, ''));
    }),
    { numRuns: 1_000 },
  );
});
