import { excerptRuns } from './excerpt-runs';

test('what matched is marked, the rest is not', () => {
  expect(excerptRuns('the \u2068refund\u2069 of the \u2068order\u2069')).toEqual([
    { text: 'the ', marked: false },
    { text: 'refund', marked: true },
    { text: ' of the ', marked: false },
    { text: 'order', marked: true },
  ]);
});

test('an excerpt without marks is one run', () => {
  expect(excerptRuns('plain')).toEqual([{ text: 'plain', marked: false }]);
  expect(excerptRuns('')).toEqual([]);
});

test('marks that do not match swallow no text', () => {
  const text = (excerpt: string) =>
    excerptRuns(excerpt)
      .map((run) => run.text)
      .join('');
  expect(text('\u2068open')).toBe('open');
  expect(text('a\u2069b\u2068\u2068c')).toBe('abc');
});
