import { placeAt } from './use-drag-order';

const middles = [20, 60, 100, 140];

test.each([
  [0, 5, 0],
  [0, 70, 1],
  [0, 200, 3],
  [3, 5, 0],
  [3, 90, 2],
  [2, 100, 2],
])('row %i dropped at height %i takes place %i', (from, pointer, place) => {
  expect(placeAt(middles, from, pointer)).toBe(place);
});
