import { RateLimit } from './limits';

test('a burst of the whole limit passes, the next waits for its share of the window', () => {
  const limit = new RateLimit(20, 60_000);
  for (let i = 0; i < 20; i += 1) expect(limit.take('a', 1_000)).toBe(0);
  expect(limit.take('a', 1_000)).toBe(3_000);
  expect(limit.take('a', 3_000)).toBe(1_000);
  expect(limit.take('a', 4_000)).toBe(0);
  expect(limit.take('a', 4_000)).toBe(3_000);
});

test('one who is refused does not wait longer for having asked', () => {
  const limit = new RateLimit(1, 10_000);
  expect(limit.take('a', 0)).toBe(0);
  for (let i = 0; i < 100; i += 1) limit.take('a', 5_000);
  expect(limit.take('a', 10_000)).toBe(0);
});

test('keys do not share a bucket, and a bucket never holds more than the limit', () => {
  const limit = new RateLimit(2, 1_000);
  expect([limit.take('a', 0), limit.take('a', 0), limit.take('b', 0)]).toEqual([0, 0, 0]);
  const later = 1_000_000;
  expect([limit.take('a', later), limit.take('a', later)]).toEqual([0, 0]);
  expect(limit.take('a', later)).toBe(500);
});

test('a limit that does not divide the window is allowed whole', () => {
  const limit = new RateLimit(7, 60_000);
  for (let i = 0; i < 7; i += 1) expect(limit.take('a', 123)).toBe(0);
  expect(limit.take('a', 123)).toBeGreaterThan(0);
});
