import { faultOfPassword, readDisplayName } from './account-rules';

describe('readDisplayName', () => {
  it.each([
    ['  Zoé Martin ', 'Zoé Martin'],
    ['Zoe\u0301', 'Zoé'],
    ['<b>Bob</b>', '<b>Bob</b>'],
    ['=SUM(A1)', '=SUM(A1)'],
    ['👩‍👩‍👧 Kim', '👩‍👩‍👧 Kim'],
    ['😀'.repeat(80), '😀'.repeat(80)],
    ['می‌خواهم', 'می‌خواهم'],
  ])('takes %j', (given, stored) => {
    expect(readDisplayName(given)).toBe(stored);
  });

  it.each([
    ['nothing', ' \t '],
    ['only zero-width characters', '\u200b\u200d\ufeff'],
    ['81 characters', 'x'.repeat(81)],
    ['10,000 emoji', '😀'.repeat(10_000)],
    ['a line break', 'Ann\nAdmin'],
    ['a NUL', 'Ann\0'],
    ['a right-to-left override', 'Ann \u202enimdA'],
    ['an isolate that is never closed', 'Ann \u2067'],
    ['half a surrogate pair', 'Ann \ud800'],
  ])('security row 25: refuses %s', (_what, given) => {
    expect(readDisplayName(given)).toBeNull();
  });
});

describe('faultOfPassword', () => {
  it.each([
    ['TOO_SHORT', 'eleven char'],
    ['TOO_SHORT', '😀'.repeat(11)],
    ['TOO_LONG', 'x'.repeat(201)],
    ['NOT_TEXT', `${'x'.repeat(20)}\ud800`],
    [null, 'twelve chars'],
    [null, ' '.repeat(12)],
    [null, 'é'.repeat(200)],
  ])('is %s for %j', (fault, password) => {
    expect(faultOfPassword(password)).toBe(fault);
  });
});
