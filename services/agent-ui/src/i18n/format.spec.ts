import { createFormat } from './format';

const NOW = new Date(2026, 10, 22, 13, 35).getTime();
const at = (...when: [number, number, number, number, number]): string => new Date(...when).toISOString();

describe('a time in the list', () => {
  const { ago } = createFormat('en');
  test('is "now", then minutes, then hours of the same day', () => {
    expect(ago(new Date(NOW - 59_000).toISOString(), NOW)).toBe('now');
    expect(ago(at(2026, 10, 22, 13, 33), NOW)).toBe('2\u00a0min');
    expect(ago(at(2026, 10, 22, 9, 0), NOW)).toBe('4\u00a0h');
  });
  test('is "Yesterday" from midnight on, whatever the hours between', () => {
    expect(ago(at(2026, 10, 21, 23, 0), NOW)).toBe('Yesterday');
    expect(ago(at(2026, 10, 21, 0, 1), NOW)).toBe('Yesterday');
  });
  test('names the year only when it is another one', () => {
    expect(ago(at(2026, 2, 14, 9, 0), NOW)).toBe('Mar 14');
    expect(ago(at(2025, 2, 14, 9, 0), NOW)).toBe('Mar 14, 2025');
  });
  test('is written in the reader’s language', () => {
    const french = createFormat('fr');
    expect(french.ago(at(2026, 10, 21, 9, 0), NOW)).toBe('Hier');
    expect(french.dayHeading(at(2026, 10, 20, 9, 0), NOW)).toBe('Vendredi 20 novembre');
  });
  test('a clock of the server that runs ahead shows "now"', () => {
    expect(ago(new Date(NOW + 90_000).toISOString(), NOW)).toBe('now');
  });
});

test('a duration has hours and minutes', () => {
  const { duration } = createFormat('en');
  expect(duration(72 * 60_000 + 59_000)).toBe('1\u00a0h 12\u00a0min');
  expect(duration(-5)).toBe('0\u00a0min');
});

test('sizes are given in the unit that reads best', () => {
  const { bytes } = createFormat('en');
  expect(bytes(999)).toBe('999 bytes');
  expect(bytes(1_432_000)).toBe('1.4 MB');
  expect(bytes(999_600)).toBe('1 MB');
});
