import { Clock } from './clock';

let clock: Clock;
beforeEach(() => {
  clock = new Clock();
  clock.freeze();
});
afterEach(() => clock.stop());

const soon = () => new Promise((done) => setTimeout(done, 20));

test('a frozen clock stands still until it is moved, in both directions', () => {
  const start = clock.now();
  clock.moveBy(90_000);
  expect(clock.now()).toBe(start + 90_000);
  clock.moveBy(-100_000);
  expect(clock.now()).toBe(start - 10_000);
});

test('a clock that runs again goes on from where it was', () => {
  clock.moveTo(Date.now() + 3_600_000);
  clock.run();
  expect(clock.frozen).toBe(false);
  expect(clock.ahead).toBeGreaterThan(3_599_000);
  clock.reset();
  expect(clock.ahead).toBe(0);
});

test('an alarm rings when the clock is moved to it, once, and not before', async () => {
  const rung: string[] = [];
  clock.at(clock.now() + 1_000, () => rung.push('second'));
  clock.at(clock.now() + 500, () => rung.push('first'));
  clock.at(clock.now() + 5_000, () => rung.push('later'));
  const cancel = clock.at(clock.now() + 700, () => rung.push('cancelled'));
  cancel();
  clock.moveBy(499);
  await soon();
  expect(rung).toEqual([]);
  clock.moveBy(501);
  await soon();
  expect(rung).toEqual(['first', 'second']);
});
