import { SendEmail } from '@conversations/contracts';
import * as fc from 'fast-check';
import { type ParsedMail, simpleParser } from 'mailparser';
import { buffer } from 'node:stream/consumers';
import { generateKeyPairSync } from 'node:crypto';
import { Readable } from 'node:stream';
import { findBodyMarker } from '../threading/body-marker';
import { isOwnMail } from '../threading/loop-header';
import { readOwnMessageId } from '../threading/message-id';
import { readReplyAddress } from '../threading/reply-token';
import { SigningKeys } from '../threading/signing-keys';
import { AddressRefused, composeEmail, type OutgoingFile, type SendCommand, type Sender } from './compose-email';
import { trimReferences } from './references';

const keys = new SigningKeys([{ id: 'a', secret: 'a-secret-of-at-least-32-characters-!!' }]);
const sender: Sender = {
  keys,
  inbox: 'inbox@shop.example',
  domain: 'shop.example',
  name: '{agent} · Demo shop',
  signature: '{agent}\nDemo shop',
  timeZone: 'Europe/Paris',
  subAddressing: true,
  dkim: null,
};
const answer: SendCommand = SendEmail.schema.parse(SendEmail.example);

async function composed(
  change: Partial<SendCommand> = {},
  { files = [], by = sender }: { files?: OutgoingFile[]; by?: Sender } = {},
): Promise<{ raw: string; head: string; mail: ParsedMail }> {
  const bytes = await buffer(composeEmail({ ...answer, ...change }, files, by));
  const raw = bytes.toString('latin1');
  return {
    raw,
    head: raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]/g, ' '),
    mail: await simpleParser(bytes),
  };
}

const headerNames = (head: string) => head.split('\r\n').map((line) => line.slice(0, line.indexOf(':')).toLowerCase());

it('an answer says who writes, to whom, about what, and what it answers', async () => {
  const { mail, head } = await composed();
  expect(mail.from?.value).toEqual([{ name: 'Amélie Roux · Demo shop', address: 'inbox@shop.example' }]);
  expect(mail.to).toMatchObject({ value: [{ name: 'Ann Okafor', address: 'ann@example.com' }] });
  expect(mail.subject).toBe('Re: Where is my order?');
  expect(mail.inReplyTo).toBe('<CAF=1@mail.example.com>');
  expect(mail.references).toBe('<CAF=1@mail.example.com>');
  expect(headerNames(head)).not.toContain('auto-submitted');
  expect(headerNames(head)).not.toContain('bcc');
});

it('every id in it leads back to the message and its conversation', async () => {
  const { mail } = await composed();
  expect(readOwnMessageId(keys, mail.messageId ?? '')).toBe(answer.messageId);
  expect(readReplyAddress(keys, mail.replyTo?.value[0]?.address ?? '')).toBe(answer.conversationId);
  expect(findBodyMarker(keys, mail.text ?? '')?.conversationId).toBe(answer.conversationId);
  expect(findBodyMarker(keys, String(mail.html))?.conversationId).toBe(answer.conversationId);
});

it('a mail of ours that comes back is known as ours, by its own header and by its Message-ID', async () => {
  const { mail } = await composed();
  const loop = new Map([['x-conversations-loop', [mail.headers.get('x-conversations-loop') as string]]]);
  expect(isOwnMail(keys, loop)).toBe(true);
  expect(isOwnMail(keys, new Map([['message-id', [mail.messageId ?? '']]]))).toBe(true);
  expect(isOwnMail(keys, new Map([['x-conversations-loop', ['a0']]]))).toBe(false);
});

it('the same message has the same Message-ID whenever it is composed', async () => {
  const [first, second] = [await composed(), await composed({ attempt: 2 })];
  expect(second.mail.messageId).toBe(first.mail.messageId);
});

it('without sub-addressing answers go to the inbox itself', async () => {
  const { mail } = await composed({}, { by: { ...sender, subAddressing: false } });
  expect(mail.replyTo).toBeUndefined();
});

describe('the conversation so far', () => {
  const transcript: SendCommand['transcript'] = [
    {
      name: 'Ann Okafor',
      channel: 'email',
      at: '2026-11-22T13:35:38.000Z',
      text: 'Not arrived.',
      files: ['photo 1.jpg'],
    },
    { name: 'Tom', channel: 'chat', at: '2026-11-21T09:00:00.000Z', text: 'Hello,\n\nsoon.', files: [] },
  ];

  it('stands below the reply, newest first, with who, channel, time, text and files', async () => {
    const { mail } = await composed({ transcript, transcriptCut: true });
    expect(mail.text?.replace(/ref-\w+/, 'ref')).toBe(
      [
        'It arrives tomorrow.',
        'Amélie Roux\nDemo shop',
        'Reference: ref',
        '—— Earlier in this conversation ——',
        'Ann Okafor · Email · 22 November 2026 at 14:35 CET\nNot arrived.\nFiles: photo 1.jpg',
        'Tom · Chat · 21 November 2026 at 10:00 CET\nHello,\n\nsoon.',
        'Older messages are left out.\n',
      ].join('\n\n'),
    );
  });

  it('is French in a French conversation', async () => {
    const { mail } = await composed({ transcript, transcriptCut: true, locale: 'fr' });
    expect(mail.text).toContain('Ann Okafor · E-mail · 22 novembre 2026 à 14:35');
    expect(mail.text).toContain('Fichiers : photo 1.jpg');
    expect(mail.text).toContain('Les messages plus anciens ne sont pas repris.');
    expect(mail.html).toContain('<html lang="fr">');
  });

  it('is said in the HTML too, as text', async () => {
    const hostile = '<img src=x onerror=alert(1)> "quoted" & https://shop.example/a?b=1&c=2.';
    const { mail } = await composed({ transcript: [{ ...transcript[0]!, name: '<b>Eve</b>', text: hostile }] });
    const html = String(mail.html);
    expect(html).toContain('&lt;b&gt;Eve&lt;/b&gt;');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; &quot;quoted&quot; &amp; ');
    expect(html).toContain('<a href="https://shop.example/a?b=1&amp;c=2">https://shop.example/a?b=1&amp;c=2</a>.');
    expect(html).not.toMatch(/<(img|script|link|iframe|form|object)\b/i);
  });
});

it('nothing in the HTML is fetched, whatever people wrote', async () => {
  const { mail } = await composed({
    text: 'javascript:alert(1) http://x.example/"onmouseover="a url(http://y.example)',
  });
  const html = String(mail.html).replace(/<a href="https?:[^"]*">/g, '');
  expect(html).not.toMatch(/<[^>]*\b(src|background|srcset|href)\s*=/i);
  expect(html).not.toContain('"onmouseover="');
});

describe('row 10: line breaks in what becomes a header', () => {
  const breaks = fc.constantFrom('\r\n', '\n', '\r', '\u2028', '\u0085', '\r\n ');
  const injected = fc
    .tuple(fc.string(), breaks)
    .map(([text, end]) => `${text}${end}Bcc: victim@example.net${end}${end}body`);

  it('in subjects and names never start a header of their own', async () => {
    await fc.assert(
      fc.asyncProperty(injected, injected, injected, async (subject, name, agentName) => {
        const { head } = await composed({
          subject,
          to: { name, address: 'ann@example.com' },
          agent: { id: 'agt_1', name: agentName },
        });
        expect(headerNames(head)).not.toContain('bcc');
        expect(headerNames(head).filter((one) => one === 'subject')).toHaveLength(1);
      }),
      { numRuns: 40 },
    );
  });

  it('in file names never do either', async () => {
    const file = { contentType: 'text/plain', content: Readable.from(['x']) };
    const { raw, mail } = await composed(
      {},
      { files: [{ ...file, filename: 'a\r\nBcc: victim@example.net\r\n.txt' }] },
    );
    expect(raw).not.toMatch(/^bcc:/im);
    expect(mail.attachments[0]?.filename).toBe('a Bcc: victim@example.net .txt');
  });

  it.each([
    'ann@example.com\r\nBcc: victim@example.net',
    'ann@example.com, victim@example.net',
    'ann@example.com>',
    '<ann@example.com',
    'ann',
    'a b@example.com',
    'ann@example.com\u0000',
  ])('an address like %j is refused', (address) => {
    expect(() => composeEmail({ ...answer, to: { name: null, address } }, [], sender)).toThrow(AddressRefused);
    expect(() => composeEmail({ ...answer, cc: [{ name: null, address }] }, [], sender)).toThrow(AddressRefused);
  });

  it('ids with line breaks or brackets are left out', async () => {
    const { head } = await composed({ inReplyTo: 'a@b>\r\nBcc: x@y', references: ['ok@b', 'a\r\nBcc: x@y'] });
    expect(headerNames(head)).not.toContain('bcc');
    expect(headerNames(head)).not.toContain('in-reply-to');
    expect(head).toContain('References: <ok@b>');
  });
});

it('files travel byte for byte, with their names in every script', async () => {
  const content = Buffer.from(Array.from({ length: 5_000 }, (_, index) => index % 256));
  const names = ['Rechnung für Zoë 2026.pdf', '請求書.pdf', 'a"b\\c.txt', `${'very long '.repeat(15)}.pdf`];
  const { mail, head, raw } = await composed(
    {},
    {
      files: names.map((filename) => ({ filename, contentType: 'application/pdf', content: Readable.from([content]) })),
    },
  );
  expect(mail.attachments.map(({ filename }) => filename)).toEqual(names);
  for (const attachment of mail.attachments) expect(attachment.content.equals(content)).toBe(true);
  expect(head).toContain('multipart/mixed');
  expect(raw).toMatch(/filename\*0\*=utf-8''/i);
});

it('a file that calls itself a mail or a multipart travels as plain bytes', async () => {
  const content = () => Readable.from(['Subject: inner\r\n\r\nx']);
  const { mail } = await composed(
    {},
    {
      files: ['message/rfc822', 'multipart/mixed; boundary=x', 'text/html\r\nX: y'].map((contentType) => ({
        filename: 'a.bin',
        contentType,
        content: content(),
      })),
    },
  );
  expect(mail.attachments.map(({ contentType }) => contentType)).toEqual(Array(3).fill('application/octet-stream'));
});

describe('References', () => {
  const ids = fc.array(fc.stringMatching(/^[a-z0-9]{1,200}@[a-z]{1,20}$/), { maxLength: 50 });

  it('keep the first and the last ids in order, within 2 kB', () => {
    fc.assert(
      fc.property(ids, (all) => {
        const unique = [...new Set(all)];
        const kept = trimReferences(all);
        expect(kept.map((id) => `<${id}>`).join(' ').length).toBeLessThanOrEqual(2_000);
        expect(kept[0]).toBe(unique[0]);
        expect(kept.slice(1)).toEqual(unique.slice(unique.length - kept.length + 1));
      }),
    );
  });
});

it('is signed when a key is given, and the signature covers what identifies the mail', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const dkim = {
    domainName: 'shop.example',
    keySelector: 's1',
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
  const { head } = await composed({}, { by: { ...sender, dkim } });
  const signature = head.split('\r\n').find((line) => line.startsWith('DKIM-Signature')) ?? '';
  expect(signature).toMatch(/d=shop\.example;.*s=s1;/);
  for (const header of ['from', 'subject', 'message-id', 'reply-to']) expect(signature.toLowerCase()).toContain(header);
});
