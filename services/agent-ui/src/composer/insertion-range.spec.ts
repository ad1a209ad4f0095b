import { insertionRange } from './insertion-range';

const caret = (at: number) => ({ start: at, end: at });

test('a response replaces the slash that opened the picker', () => {
  expect(insertionRange('Hi\n/', caret(4), 3)).toEqual([3, 4]);
});

test('a slash that is gone meanwhile costs no other character', () => {
  expect(insertionRange('Hi', caret(2), 3)).toEqual([2, 2]);
  expect(insertionRange('Hi\nx', caret(4), 3)).toEqual([4, 4]);
});

test('without a slash the selection is replaced, and stays inside the text', () => {
  expect(insertionRange('Hello', { start: 1, end: 3 }, null)).toEqual([1, 3]);
  expect(insertionRange('Hi', { start: 5, end: 9 }, null)).toEqual([2, 2]);
});
