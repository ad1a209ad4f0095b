import fc from 'fast-check';
import { retryDelay } from './back-off';

test('the wait grows, never ends above 10 s and is never shorter than a quarter second', () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempt, chance) => {
      const delay = retryDelay(attempt, () => chance);
      expect(delay).toBeGreaterThanOrEqual(250);
      expect(delay).toBeLessThanOrEqual(10_000);
      expect(retryDelay(attempt + 1, () => chance)).toBeGreaterThanOrEqual(delay);
    }),
  );
});

test('two browsers that lost the same server do not come back together', () => {
  expect(retryDelay(4, () => 0)).toBe(4_000);
  expect(retryDelay(4, () => 0.5)).toBe(6_000);
});
