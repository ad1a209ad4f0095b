import fc from 'fast-check';
import { linkify } from './linkify';

const links = (text: string) => linkify(text).flatMap((part) => (part.href === undefined ? [] : [part.href]));

test('an address in a sentence becomes a link without the punctuation around it', () => {
  expect(linkify('See https://shop.example/a?b=1#c, please.')).toEqual([
    { text: 'See ' },
    { text: 'https://shop.example/a?b=1#c', href: 'https://shop.example/a?b=1#c' },
    { text: ', please.' },
  ]);
  expect(links('(https://shop.example/x)')).toEqual(['https://shop.example/x']);
  expect(links('https://en.example/wiki/Shoe_(sport)!')).toEqual(['https://en.example/wiki/Shoe_(sport)']);
  expect(links('http://a.example and HTTPS://B.example')).toEqual(['http://a.example/', 'https://b.example/']);
});

test.each([
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'https://bank.example@evil.example/',
  'https://user:secret@evil.example/',
  'xhttps://not.a.word',
  'https://',
  'ftp://files.example/',
  '<a href="javascript:alert(1)">x</a>',
])('%s stays text', (text) => {
  expect(linkify(text)).toEqual([{ text }]);
});

test('a direction override or a zero-width character ends an address', () => {
  expect(links('https://shop.example/\u202Egpj.exe')).toEqual(['https://shop.example/']);
  expect(links('https://shop\u200B.example/')).toEqual(['https://shop/']);
});

test('the parts put together are the text, and every link is http or https', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('https://', 'http://a.example', '(', ')', '.', ' ', '\u202E', '@', '//', 'javascript:'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      const parts = linkify(text);
      expect(parts.map((part) => part.text).join('')).toBe(text);
      for (const { href } of parts) if (href !== undefined) expect(href).toMatch(/^https?:\/\//);
    }),
  );
});

/** What grows with the square of these lengths does not end within the test's time limit. */
test.each([
  ['brackets', `https://a.example/${'(.'.repeat(300_000)}${')'.repeat(300_000)}`],
  ['schemes', 'https://'.repeat(200_000)],
  ['emoji', '😀'.repeat(500_000)],
])('a long text of nothing but %s comes to an end', (_what, text) => {
  expect(
    linkify(text)
      .map((part) => part.text)
      .join(''),
  ).toBe(text);
});
