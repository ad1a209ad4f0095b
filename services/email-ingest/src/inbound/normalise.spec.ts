import fc from 'fast-check';
import { authenticationOf } from './authentication';
import { automaticOf, isInCircles } from './automatic';
import { charsetOf, decodeBytes } from './charset';
import { cleanHtml, isTooDeep } from './clean-html';
import { sentAt } from './dates';
import { forwardIn } from './forward';
import { mendRaw } from './mend-raw';
import { messageIdIn, referencesIn, repliesTo } from './message-ids';
import { scanMail } from './parse-mail';
import type { ParseOptions } from './parsed-mail';
import { addressKey, nameOf, peopleIn, senderOf } from './people';
import { historyLine, splitQuoted } from './quoted-text';
import { decodeWords, type HeaderFields, readHeader } from './read-header';
import { scanStructure } from './scan-structure';
import { textOfHtml } from './text-of-html';

const options: ParseOptions = {
  rawId: 'a'.repeat(64),
  ownAddresses: ['inbox@shop.example'],
  authservId: 'mx.shop.example',
  nullSender: false,
  receivedAt: new Date('2026-11-22T12:00:00Z'),
};
const header = (text: string): HeaderFields => readHeader(Buffer.from(text, 'latin1'));
const nobody = () => false;

describe('charsets', () => {
  test.each([
    ['UTF-8 under another name', Buffer.from('Grüße'), 'us-ascii', 'Grüße'],
    ['windows-1252 declared as UTF-8', Buffer.from('Gr\xfc\xdfe aus K\xf6ln', 'latin1'), 'utf-8', 'Grüße aus Köln'],
    ['an unknown charset', Buffer.from('caf\xe9 cr\xe8me', 'latin1'), 'x-nothing', 'café crème'],
    ['no charset', Buffer.from('ça va'), null, 'ça va'],
    ['UTF-7 is never read as such', Buffer.from('+ADw-script+AD4-'), 'utf-7', '+ADw-script+AD4-'],
  ])('%s', (_what, bytes, declared, text) => {
    expect(decodeBytes(bytes, charsetOf(bytes, declared))).toBe(text);
  });

  test.each([
    ['=?utf-8?q?Gr=C3=BC=C3=9Fe?=', 'Grüße'],
    ['=?UTF-8?B?4oI=?= =?UTF-8?B?rA==?=', '€'],
    ['=?iso-8859-1?Q?a?= b =?utf-8?q?c?=', 'a b c'],
    ['=?x-unknown?q?caf=E9?=', 'café'],
    ['=?iso-2022-jp?b?GyRCRnxLXDhsGyhC?=', '日本語'],
    ['plain =? words', 'plain =? words'],
  ])('%s is %s', (encoded, text) => expect(decodeWords(encoded)).toBe(text));

  test('raw 8-bit headers are read in the charset they look like', () => {
    expect(readHeader(Buffer.from('Subject: Größe\r\n'))).toEqual([['subject', 'Größe']]);
    expect(header('Subject: Gr\xf6\xdfe und Ma\xdfe\r\n')).toEqual([['subject', 'Größe und Maße']]);
  });
});

describe('people', () => {
  test.each([
    ['Ann@Example.COM', 'ann@example.com'],
    ['ann@bücher.example', 'ann@xn--bcher-kva.example'],
    ['<ann@example.com>', 'ann@example.com'],
    ['ann', null],
    ['ann@exa mple', null],
    ['a\r\nb@example.com', null],
  ])('%j is the address %j', (given, key) => expect(addressKey(given)).toBe(key));

  test('the sender is the first valid mailbox of From, Reply-To, Return-Path and Sender, and never one of ours', () => {
    const fields = header('From: nonsense\nFrom: "B, B" <b@example.com>, c@example.com\nReply-To: d@example.com\n');
    expect(senderOf(fields, nobody)).toEqual({ name: 'B, B', address: 'b@example.com' });
    expect(
      senderOf(header('From: inbox@shop.example\nReply-To: d@example.com\n'), (one) => one.startsWith('inbox')),
    ).toEqual({
      name: null,
      address: 'd@example.com',
    });
    expect(senderOf(header('Subject: x\n'), nobody)).toBeNull();
  });

  test('a name is one line without anything unseen', () => {
    expect(nameOf('=?utf-8?q?A=0D=0AB=E2=80=AEC?=', 'x@y')).toBe('A BC');
    expect(nameOf('ann@example.com', 'ann@example.com')).toBeNull();
  });
});

describe('what a mail is', () => {
  test.each([
    ['Auto-Submitted: auto-replied\n', 'reply'],
    ['Auto-Submitted: auto-generated\n', 'other'],
    ['Auto-Submitted: no\n', 'no'],
    ['Precedence: bulk\n', 'other'],
    ['X-Autoreply: yes\n', 'reply'],
    ['List-Id: <news.example.com>\n', 'other'],
    ['X-Auto-Response-Suppress: All\n', 'other'],
    ['Subject: Automatische Antwort: Urlaub\n', 'reply'],
    ['Subject: Where is my order?\n', 'no'],
  ])('%j is automatic: %s', (text, kind) => expect(automaticOf(header(text), false)).toBe(kind));

  test('a null sender is a machine', () => {
    expect(automaticOf(header('Subject: x\n'), true)).toBe('other');
    expect(automaticOf(header('In-Reply-To: <a@b>\n'), true)).toBe('reply');
  });

  test('more than 30 hops are a circle', () => {
    expect(isInCircles(header('Received: x\n'.repeat(30)))).toBe(false);
    expect(isInCircles(header('Received: x\n'.repeat(31)))).toBe(true);
  });

  test('a date that cannot be gives way to the receipt', () => {
    const received = options.receivedAt;
    expect(sentAt('Sun, 22 Nov 2026 13:00:00 +0200 (CEST)', received)).toEqual(new Date('2026-11-22T11:00:00Z'));
    for (const wrong of [null, 'yesterday', 'Sun, 22 Nov 2026 12:06:00 +0000', 'Sat, 14 Nov 2026 12:00:00 +0000'])
      expect(sentAt(wrong, received)).toEqual(received);
  });

  test('ids are read between their brackets; of many references the first and the last ones stay', () => {
    expect(messageIdIn(header('Message-ID: <a@b>\n'))).toBe('a@b');
    expect(messageIdIn(header('Message-ID: garbage\n'))).toBeNull();
    expect(repliesTo(header('In-Reply-To: <a@b> <c@d>\n'))).toEqual(['a@b', 'c@d']);
    const ids = Array.from({ length: 80 }, (_, index) => `<${index}@x>`);
    const kept = referencesIn(header(`References: ${ids.join(' ')}\n`));
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([50, '0@x', '79@x']);
  });

  test('authentication results of a stranger are none', () => {
    expect(authenticationOf(header('Authentication-Results: evil.example; dmarc=pass\n'), 'mx.shop.example')).toBe(
      'NONE',
    );
    expect(authenticationOf(header('Authentication-Results: mx.shop.example 1; dmarc=pass\n'), 'mx.shop.example')).toBe(
      'PASS',
    );
    expect(authenticationOf(header('Authentication-Results: mx.shop.example; dmarc=pass\n'), undefined)).toBe('NONE');
  });
});

describe('what the parser is given', () => {
  const mended = (text: string) => {
    const raw = Buffer.from(text.replaceAll('\n', '\r\n'), 'latin1');
    return mendRaw(raw, scanStructure(raw)).toString('latin1').replaceAll('\r\n', '\n');
  };
  const people = Array.from({ length: 5_000 }, (_, index) => `p${index}@example.com`).join(',\n ');

  test('of a header only what is about the body, and of a long header inside as well', () => {
    const body = '--b\nContent-Type: text/plain; charset=utf-8\nX-Kept: 1\n\nHello\n';
    const long = `--b\nContent-Type: text/html; charset=utf-8\nX-Long: ${people}\n\n<p>Hello\n--b--\n`;
    const head = 'Content-Type: multipart/mixed;\n boundary=b\n';
    expect(mended(`From: a@example.com\nTo: ${people}\n${head}Subject: Hi\n\n${body}${long}`)).toBe(
      `MIME-Version: 1.0\n${head}\n${body}--b\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<p>Hello\n--b--\n`,
    );
  });

  test('a text with the charset that it has, whatever is declared', () => {
    expect(
      mended('Subject: Hi\nContent-Type: text/plain; charset=utf-8; format=flowed\n\nGr\xfc\xdfe aus K\xf6ln'),
    ).toBe(
      'MIME-Version: 1.0\nContent-Type: text/plain; charset="iso-8859-1"; format="flowed"\n\nGr\xfc\xdfe aus K\xf6ln',
    );
    expect(mended('Subject: Hi\n\nHello')).toMatch(
      /^MIME-Version: 1\.0\nContent-Type: text\/plain; charset="[^"]+"\n\nHello$/,
    );
  });
});

describe('history', () => {
  test.each([
    ['New.\n\nOn Mon, Nov 2, 2026 at 9:31 AM Ann <ann@example.com>\nwrote:\n\n> Old.', 'New.'],
    ['Neu.\n\nAm 02.11.2026 um 09:31 schrieb Ann <ann@example.com>:\n> Alt.', 'Neu.'],
    ['Nouveau.\n\nLe lun. 2 nov. 2026 à 09:31, Ann <ann@example.com> a écrit :\n> Vieux.', 'Nouveau.'],
    ['New.\n\n-----Original Message-----\nFrom: Ann\nSent: Monday\nTo: Bea\nSubject: x\n\nOld.', 'New.'],
    ['Only new words.\nFrom: here on it is fine.', 'Only new words.\nFrom: here on it is fine.'],
    ['> all of it\n> is quoted', '> all of it\n> is quoted'],
  ])('%j: %j is new', (full, text) => expect(splitQuoted(full, historyLine(full), null).text).toBe(text));

  test('nothing is cut away: what is not new is quoted', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 500 }), fc.option(fc.nat(500)), (full, at) => {
        const { text, quoted } = splitQuoted(full, historyLine(full), at === null || at > full.length ? null : at);
        const words = (part: string) => part.replace(/\s+/g, '');
        expect(words(text) + words(quoted ?? '')).toBe(words(full));
      }),
    );
  });
});

describe('whatever comes', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 2_000 }).map((array) => Buffer.from(array)),
    fc
      .array(
        fc.constantFrom(
          'From: ',
          'a@b',
          '<',
          '>',
          '"',
          '=?utf-8?b?',
          '?=',
          '\r\n',
          '\n',
          '\n\n',
          ' ',
          '\t',
          ';',
          'boundary=b',
          '--b',
          '--b--',
          'Content-Type: multipart/mixed; ',
          'Content-Type: message/rfc822',
          'Content-Transfer-Encoding: base64',
          'Subject: ',
          '\u0000',
          '\xff',
        ),
        { maxLength: 200 },
      )
      .map((words) => Buffer.from(words.join(''), 'latin1')),
  );

  test('bytes are scanned without a failure into text that Postgres takes', () => {
    fc.assert(
      fc.property(bytes, (raw) => {
        const { parts } = scanStructure(raw);
        for (const part of parts) expect(part.bodyStart).toBeLessThanOrEqual(raw.length + 1);
        const mail = scanMail(raw, options, 'test');
        const texts = [
          mail.subject,
          mail.text,
          mail.from?.name ?? '',
          mail.from?.address ?? '',
          mail.rfcMessageId ?? '',
        ];
        for (const text of texts) expect(text.isWellFormed() && !text.includes('\u0000')).toBe(true);
        expect(mail.subject.length).toBeLessThanOrEqual(500);
        expect(mail.to.length).toBeLessThanOrEqual(100);
      }),
      { numRuns: 500 },
    );
  });

  test('HTML is cleaned into what loads and runs nothing', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '/',
      '"',
      "'",
      '=',
      ' ',
      'script',
      'img',
      'src',
      'svg',
      'style',
      'onerror',
      'javascript:',
      'a href',
      'url(',
      'x',
      '&lt;',
      '<!--',
      '-->',
      'math',
      'iframe',
      'data:',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 80 }), (words) => {
        const html = cleanHtml(words.join(''), () => null);
        expect(html).not.toMatch(/<(script|svg|style|iframe|math|base|form|object|embed)\b/i);
        for (const [tag] of html.matchAll(/<[a-z][^>]*>/gi)) expect(tag).not.toMatch(/\s(on\w+|src|srcset)\s*=/i);
        expect(textOfHtml(html).isWellFormed()).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('names, addresses and forwards of any text are read without a failure', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: 'binary' }), (text) => {
        for (const { address, name } of peopleIn([['from', text]], 'from')) {
          expect(address).toBe(addressKey(address));
          expect(name ?? '').not.toMatch(/[\r\n\u0000]/);
        }
        forwardIn({ parts: [], excess: null }, [['subject', 'Fwd: x']], text);
      }),
      { numRuns: 500 },
    );
  });

  test('nested markup is told by counting', () => {
    expect(isTooDeep('<div>'.repeat(1_001))).toBe(true);
    expect(isTooDeep('<div></div>'.repeat(5_000))).toBe(false);
    expect(isTooDeep('<p>'.repeat(5_000))).toBe(false);
  });
});
