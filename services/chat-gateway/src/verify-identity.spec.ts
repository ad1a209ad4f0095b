import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { verifyIdentity } from './verify-identity';

const secret = 'the secret that the site and the gateway share';
const now = Date.parse('2026-11-22T13:00:00.000Z');
const seconds = now / 1000;
const ann = { sub: 'u_7', email: 'ann@example.com', name: 'Ann', exp: seconds + 300 };

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
function jwt(claims: object, header: object = { alg: 'HS256', typ: 'JWT' }, key = secret): string {
  const text = `${part(header)}.${part(claims)}`;
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
}

test('an identity signed with the site’s secret is believed', () => {
  expect(verifyIdentity(jwt(ann), secret, now)).toEqual({ externalId: 'u_7', email: 'ann@example.com', name: 'Ann' });
  expect(verifyIdentity(jwt({ ...ann, name: undefined }), secret, now)?.name).toBeNull();
});

test('security row 18: alg none, another algorithm and another key are refused', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const rs256 = `${part({ alg: 'RS256' })}.${part(ann)}`;
  expect(verifyIdentity(`${part({ alg: 'none' })}.${part(ann)}.`, secret, now)).toBeNull();
  expect(verifyIdentity(jwt(ann, { alg: 'none' }), secret, now)).toBeNull();
  expect(verifyIdentity(jwt(ann, { alg: 'HS512' }), secret, now)).toBeNull();
  expect(verifyIdentity(jwt(ann, { alg: 'HS256', crit: ['x'] }), secret, now)).toBeNull();
  expect(
    verifyIdentity(`${rs256}.${sign('sha256', Buffer.from(rs256), privateKey).toString('base64url')}`, secret, now),
  ).toBeNull();
  expect(verifyIdentity(jwt(ann, undefined, 'another secret that is long enough too'), secret, now)).toBeNull();
});

test('security row 18: an expired, endless, too long, not yet valid or changed token is refused', () => {
  const [header = '', , signature = ''] = jwt(ann).split('.');
  expect(verifyIdentity(jwt({ ...ann, exp: seconds }), secret, now)).toBeNull();
  expect(verifyIdentity(jwt({ ...ann, exp: undefined }), secret, now)).toBeNull();
  expect(verifyIdentity(jwt({ ...ann, exp: seconds + 601 }), secret, now)).toBeNull();
  expect(verifyIdentity(jwt({ ...ann, exp: String(seconds + 60) }), secret, now)).toBeNull();
  expect(verifyIdentity(jwt({ ...ann, nbf: seconds + 1 }), secret, now)).toBeNull();
  expect(
    verifyIdentity(`${header}.${part({ ...ann, email: 'eve@example.com' })}.${signature}`, secret, now),
  ).toBeNull();
});

test('a token without a subject or an address, or that is no token at all, is refused', () => {
  expect(verifyIdentity(jwt({ ...ann, sub: '' }), secret, now)).toBeNull();
  expect(verifyIdentity(jwt({ ...ann, email: 'not an address' }), secret, now)).toBeNull();
  expect(verifyIdentity(jwt({ ...ann, name: 'A\u0000' }), secret, now)).toBeNull();
  for (const text of ['', '.', '..', 'a.b', 'a.b.c', 'a.b.c.d']) expect(verifyIdentity(text, secret, now)).toBeNull();
});
