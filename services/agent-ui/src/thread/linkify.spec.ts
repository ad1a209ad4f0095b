import fc from 'fast-check';
import { linkify } from './linkify';

const links = (text: string) => linkify(text).flatMap((part) => (part.href === undefined ? [] : [part.href]));

test('an address in a sentence becomes a link without the punctuation around it', () => {
  expect(linkify('Look at https://shop.test/a?b=1#c, please.')).toEqual([
    { text: 'Look at ' },
    { text: 'https://shop.test/a?b=1#c', href: 'https://shop.test/a?b=1#c' },
    { text: ', please.' },
  ]);
  expect(links('(https://shop.test/x)')).toEqual(['https://shop.test/x']);
  expect(links('https://wiki.test/Shoe_(sport)!')).toEqual(['https://wiki.test/Shoe_(sport)']);
});

test('a mail address becomes a mailto link without a subject or body of the writer', () => {
  expect(links('Write to tom@okafor.test.')).toEqual(['mailto:tom@okafor.test']);
  expect(links('mailto:tom@okafor.test?subject=pay&body=now')).toEqual(['mailto:tom@okafor.test']);
});

test.each([
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'https://user:secret@',
  'https://bank.test@evil/',
  'ftp://files.test/',
  'vbscript:msgbox',
  'https://',
  '@someone',
])('%s stays text', (text) => {
  expect(linkify(text)).toEqual([{ text }]);
});

test('an address with credentials leads nowhere on the web', () => {
  expect(links('https://bank.test@evil.test/').filter((href) => href.startsWith('http'))).toEqual([]);
});

test('a direction override or a zero-width character ends an address', () => {
  expect(links('https://shop.test/\u202Egpj.exe')).toEqual(['https://shop.test/']);
  expect(links('https://shop\u200B.test/')).toEqual(['https://shop/']);
});

test('the parts put together are the text, and every link is http, https or mailto', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      'https://',
      'http://a.test',
      'mailto:',
      'a@b.test',
      '(',
      ')',
      '.',
      ' ',
      '\u202E',
      '@',
      'javascript:',
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      const parts = linkify(text);
      expect(parts.map((part) => part.text).join('')).toBe(text);
      for (const { href } of parts) if (href !== undefined) expect(href).toMatch(/^(https?:\/\/|mailto:)/);
    }),
  );
});

/** What grows with the square of these lengths does not end within the test's time limit. */
test.each([
  ['brackets', `https://a.test/${'(.'.repeat(300_000)}${')'.repeat(300_000)}`],
  ['schemes', 'https://'.repeat(200_000)],
  ['letters', 'a'.repeat(1_000_000)],
  ['labels', 'a.'.repeat(500_000)],
  ['addresses', 'a@a-'.repeat(200_000)],
])('a long text of nothing but %s comes to an end', (_what, text) => {
  expect(
    linkify(text)
      .map((part) => part.text)
      .join(''),
  ).toBe(text);
});
