import { slashAt } from './slash-trigger';

/** The text after typing a character at the mark. */
function typed(marked: string, character = '/'): [string, string, number] {
  const caret = marked.indexOf('|');
  const before = marked.replace('|', '');
  return [before, before.slice(0, caret) + character + before.slice(caret), caret + 1];
}

test.each([
  ['|', 0],
  ['Hello\n|', 6],
  ['Hello\n|\nBye', 6],
  ['|\nBye', 0],
])('a slash typed at %j opens the saved responses', (marked, at) => {
  expect(slashAt(...typed(marked))).toBe(at);
});

test.each(['a|', ' |', '|a', 'and|or', 'Hello\n |'])('a slash typed at %j is a slash', (marked) => {
  expect(slashAt(...typed(marked))).toBeNull();
});

test('another character, a paste and a deletion open nothing', () => {
  expect(slashAt(...typed('|', 'x'))).toBeNull();
  expect(slashAt('', '/path', 5)).toBeNull();
  expect(slashAt('x/', '/', 1)).toBeNull();
});
