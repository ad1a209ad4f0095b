import { VisitorTokens } from './visitor-token';

const tokens = new VisitorTokens('a secret of more than thirty-two characters');

test('a token is accepted for the site it was made for, and stands for the same visitor', () => {
  const made = tokens.mint('site_a');
  expect(made.token).toMatch(/^vt_[\w-]{43}\.[\w-]{22}$/);
  expect(made.visitorId).toBe(`vis_${made.tokenHash.slice(0, 32)}`);
  expect(tokens.verify('site_a', made.token)).toEqual(made);
  expect(tokens.mint('site_a').visitorId).not.toBe(made.visitorId);
});

test('security row 17: a token of another site, forged, cut, changed or of another installation is refused', () => {
  const { token } = tokens.mint('site_a');
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
