import { VisitorTokens } from './visitor-token';

const tokens = new VisitorTokens('a secret of more than thirty-two characters');
const tab = 'tab-0123456789abcdef';
const clientId = '0193c1f0-7f4e-4d0a-9a35-0a1b2c3d4e5f';

test('a token is accepted for the site it was made for, and stands for the same visitor', () => {
  const made = tokens.mint('site_a', tab, clientId);
  expect(made.token).toMatch(/^vt_[\w-]{43}\.[\w-]{22}$/);
  expect(made.visitorId).toBe(`vis_${made.tokenHash.slice(0, 32)}`);
  expect(tokens.verify('site_a', made.token)).toEqual(made);
});

test('security row 17: a token of another site, forged, cut, changed or of another installation is refused', () => {
  const { token } = tokens.mint('site_a', tab, clientId);
  const last = token.at(-1) === 'A' ? 'B' : 'A';
  const other = new VisitorTokens('another secret of more than thirty-two characters');
  expect(tokens.verify('site_b', token)).toBeNull();
  expect(other.verify('site_a', token)).toBeNull();
  expect(tokens.verify('site_a', `${token.slice(0, -1)}${last}`)).toBeNull();
  expect(tokens.verify('site_a', `vt_${'A'.repeat(43)}.${token.slice(-22)}`)).toBeNull();
  expect(tokens.verify('site_a', token.slice(0, -1))).toBeNull();
  expect(tokens.verify('site_a', `${token} `)).toBeNull();
  expect(tokens.verify('site_a', '')).toBeNull();
});

test('the first message sent again by the same tab gets the same visitor, by another tab another', () => {
  const first = tokens.mint('site_a', tab, clientId);
  expect(tokens.mint('site_a', tab, clientId)).toEqual(first);
  expect(tokens.mint('site_a', 'tab-0123456789abcdeX', clientId).visitorId).not.toBe(first.visitorId);
  expect(tokens.mint('site_b', tab, clientId).visitorId).not.toBe(first.visitorId);
});

test('a tab id that could be guessed never decides the token', () => {
  expect(tokens.mint('site_a', 'b1c2', clientId).token).not.toBe(tokens.mint('site_a', 'b1c2', clientId).token);
});
