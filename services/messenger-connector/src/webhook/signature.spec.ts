import { createHmac } from 'node:crypto';
import { isSame, isSignedBy } from './signature';

/** A body and its secret as another library published them with the signature that Meta had given. */
const sign = (body: string, secret: string) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

it('the signature is over the bytes, under the current or the previous secret', () => {
  const body = Buffer.from('{"text":"caf\\u00e9 \\/"}');
  const header = sign(body.toString(), 'previous');
  expect(isSignedBy(['current', 'previous'], body, header)).toBe(true);
  expect(isSignedBy(['current'], body, header)).toBe(false);
  expect(isSignedBy([], body, header)).toBe(false);
  expect(isSignedBy(['previous'], Buffer.from('{"text":"café /"}'), header)).toBe(false);
});

it.each([
  undefined,
  null,
  5,
  ['sha256='],
  '',
  'sha256=',
  `sha1=${'0'.repeat(40)}`,
  `sha256=${'0'.repeat(63)}`,
  `sha256=${'0'.repeat(65)}`,
])('%p is no signature', (header) => {
  expect(isSignedBy(['secret'], Buffer.from('{}'), header)).toBe(false);
});

it('texts of different lengths are different', () => {
  expect([isSame('a', 'ab'), isSame('', ''), isSame('é', 'é')]).toEqual([false, true, true]);
});
