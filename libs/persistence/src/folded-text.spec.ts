import { folded } from './folded-text';

it.each([
  ['œuvre', 'oeuvre'],
  ['Straße', 'strasse'],
  ['Ærø', 'aero'],
  ['ＦＵＬＬ', 'full'],
  ['İstanbul', 'istanbul'],
])('%s is found as %s', (written, typed) => {
  expect(folded(written)).toBe(typed);
});
