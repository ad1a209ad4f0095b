import { wholeTime } from './whole-time';

test.each([
  ['9', '09:00'],
  ['930', '09:30'],
  ['9:30', '09:30'],
  ['17h30', '17:30'],
  ['24', '24:00'],
  ['1730', '17:30'],
  ['soon', 'soon'],
  ['', ''],
])('%s is %s', (typed, whole) => {
  expect(wholeTime(typed)).toBe(whole);
});
