import { readAnswer } from './upload-file';

const stored = { id: 'up_1', filename: 'a.png', contentType: 'image/png', byteSize: 3 };

test('a stored file comes back with its id', () => {
  expect(readAnswer(201, JSON.stringify({ ...stored, more: true }))).toEqual({ attachment: stored });
});

test.each([
  [413, 'TOO_LARGE', 'TOO_LARGE'],
  [400, 'EMPTY', 'EMPTY'],
  [415, 'TYPE_NOT_ALLOWED', 'TYPE_NOT_ALLOWED'],
  [429, 'TOO_MANY', 'STORAGE_UNAVAILABLE'],
  [503, 'STORAGE_UNAVAILABLE', 'STORAGE_UNAVAILABLE'],
  [500, 'SOMETHING_NEW', 'FAILED'],
])('%i %s is said as %s', (status, code, problem) => {
  expect(readAnswer(status, JSON.stringify({ error: { code, message: '…' } }))).toEqual({ problem });
});

test('an answer that is not the service’s own is understood by its status', () => {
  expect(readAnswer(413, '<html>too big</html>')).toEqual({ problem: 'TOO_LARGE' });
  expect(readAnswer(502, '<html>bad gateway</html>')).toEqual({ problem: 'FAILED' });
  expect(readAnswer(201, '{}')).toEqual({ problem: 'FAILED' });
  expect(readAnswer(401, '')).toEqual({ problem: 'SIGNED_OUT' });
  expect(readAnswer(403, '')).toEqual({ problem: 'NOT_ALLOWED' });
});
