import { OwnTyping } from './typing';

test('writing is told at most every 3 s, and its end once', () => {
  const told: [boolean, number][] = [];
  let now = 0;
  const typing = new OwnTyping((on) => told.push([on, now]));
  for (now = 0; now <= 7_000; now += 100) typing.changed('Hel', now);
  typing.changed('  ', now);
  typing.ended();
  expect(told).toEqual([
    [true, 0],
    [true, 3_000],
    [true, 6_000],
    [false, 7_100],
  ]);
});
