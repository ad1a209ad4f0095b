import { thread as english } from './en/thread';
import { thread as french } from './fr/thread';
import { knownAs } from './known-as';

test.each([
  ['Visitor 4F2A', 'Visiteur 4F2A'],
  ['Facebook visitor 6789', 'Visiteur Facebook 6789'],
  ['Tom Okafor', 'Tom Okafor'],
  ['Visitor Services', 'Visitor Services'],
  ['visitor@example.test', 'visitor@example.test'],
])('%s is %s in French, and the same as before in English', (name, inFrench) => {
  expect(knownAs(name, french.numbered)).toBe(inFrench);
  expect(knownAs(name, english.numbered)).toBe(name);
});
