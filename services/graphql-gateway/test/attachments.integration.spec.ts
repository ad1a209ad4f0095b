import { randomBytes, randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { type AgentClient, eventually, type Stack, startStack, type WidgetClient } from '@conversations/testing';
import { Client } from 'pg';

const PNG = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8BQDwAEgAF/pooBPQAAAABJRU5ErkJggg==',
    'base64',
  ),
);
const MB = 1024 * 1024;

let stack: Stack;
let amelie: AgentClient;
let tom: AgentClient;
let vera: AgentClient;
let visitor: WidgetClient;
let conversationId: string;

beforeAll(async () => {
  stack = await startStack({ replicas: 2, env: { UPLOAD_SWEEP_MINUTES: '0.01' } });
  [amelie, tom, vera] = await Promise.all([stack.signIn('amelie'), stack.signIn('tom'), stack.signIn('vera')]);
  ({ visitor, conversationId } = await begin('Hello'));
}, 120_000);
afterAll(async () => {
  await visitor.close();
  await stack.stop();
});

async function begin(text: string) {
  const browser = stack.widget();
  await browser.connect();
  const { id } = await browser.write(text);
  const inbox = await amelie.inbox();
  const found = inbox.find(({ lastMessage }) => lastMessage?.id === id);
  if (found === undefined) throw new Error('not in the inbox');
  return { visitor: browser, conversationId: found.id };
}

const refusalOf = async (answer: Response) => [
  answer.status,
  ((await answer.json()) as { error: { code: string } }).error.code,
];
const download = (url: string, agent: AgentClient = amelie, init: RequestInit = {}) =>
  fetch(url, { ...init, headers: { cookie: agent.cookie } });
const blobs = async () => {
  const entries = await readdir(stack.installation.blobFolder!, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
};

async function database(work: (client: Client) => Promise<unknown>): Promise<void> {
  const { host, port, name, adminUser, adminPassword } = stack.installation.database;
  const client = new Client({ host, port, database: name, user: adminUser, password: adminPassword });
  await client.connect();
  try {
    await client.query('SET search_path = conversation');
    await work(client);
  } finally {
    await client.end();
  }
}

/** Why a reply with these files was not sent. */
const sendingFails = (agent: AgentClient, attachmentIds: string[]): Promise<string> =>
  agent.reply(conversationId, 'see the file', { attachmentIds }).then(
    () => 'it was sent',
    (error: unknown) => String(error),
  );

describe('a file from an agent', () => {
  it('reaches the visitor with its message, over any replica, and both can read it', async () => {
    const id = await amelie.uploaded(PNG, 'chart.png');
    expect(id).toMatch(/^up_[0-9a-f]{32}$/);
    const message = await amelie.reply(conversationId, '', { attachmentIds: [id] });
    expect(message).toMatchObject({
      text: '',
      attachments: [
        {
          id,
          filename: 'chart.png',
          contentType: 'image/png',
          byteSize: PNG.length,
          downloadUrl: `${stack.gatewayUrls[0]!}/attachments/${id}`,
          thumbnailUrl: `${stack.gatewayUrls[0]!}/attachments/${id}?inline=image`,
        },
      ],
    });
    const [attachment] = await eventually(() => {
      const shown = visitor.thread.find((one) => one.id === message.id);
      if (shown === undefined) throw new Error('not shown yet');
      return shown.attachments;
    });
    expect(attachment).toEqual({
      id,
      filename: 'chart.png',
      contentType: 'image/png',
      byteSize: PNG.length,
      url: expect.stringMatching(new RegExp(`^/widget/v1/attachments/${id}\\?visitor=vis_`)),
    });
    for (const chat of stack.chatUrls) {
      const answer = await fetch(new URL(attachment!.url, chat));
      expect(new Uint8Array(await answer.arrayBuffer())).toEqual(PNG);
    }
    for (const url of stack.gatewayUrls) {
      const answer = await download(`${url}/attachments/${id}`, vera);
      expect(new Uint8Array(await answer.arrayBuffer())).toEqual(PNG);
    }
  });

  it('sent again with the same clientMessageId is the same message; with another file it is a conflict', async () => {
    const attachmentIds = [await amelie.uploaded('one', 'one.txt'), await amelie.uploaded('two', 'two.txt')];
    const clientMessageId = randomUUID();
    const first = await amelie.reply(conversationId, 'two files', { clientMessageId, attachmentIds });
    const again = await amelie.reply(conversationId, 'two files', { clientMessageId, attachmentIds });
    expect(again.id).toBe(first.id);
    expect(again.attachments.map(({ filename }) => filename)).toEqual(['one.txt', 'two.txt']);
    const other = amelie.reply(conversationId, 'two files', { clientMessageId, attachmentIds: attachmentIds.slice(1) });
    await expect(other).rejects.toThrow('IDEMPOTENCY_CONFLICT');
  });

  it('is refused when it is empty, too large, a program, or no file at all', async () => {
    const before = await blobs();
    expect(await refusalOf(await amelie.upload('', 'empty.txt'))).toEqual([400, 'EMPTY']);
    expect(await refusalOf(await amelie.upload(new Uint8Array(20 * MB + 1).fill(65), 'big.txt'))).toEqual([
      413,
      'TOO_LARGE',
    ]);
    expect(await refusalOf(await amelie.upload('echo', 'run.bat'))).toEqual([415, 'TYPE_NOT_ALLOWED']);
    const json = await fetch(`${stack.gatewayUrls[0]!}/uploads`, {
      method: 'POST',
      headers: { cookie: amelie.cookie, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(json.status).toBe(415);
    expect(await blobs()).toEqual(before);
  });

  it('of exactly 20 MB is taken and given back as it was', async () => {
    const content = new Uint8Array(randomBytes(20 * MB));
    const id = await amelie.uploaded(content, 'all.bin');
    const message = await amelie.reply(conversationId, 'large', { attachmentIds: [id] });
    const answer = await download(message.attachments[0]!.downloadUrl);
    expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true);
  });

  it('leaves nothing behind when its browser goes away in the middle', async () => {
    const before = await blobs();
    const { hostname, port } = new URL(stack.gatewayUrls[0]!);
    const request = httpRequest({
      hostname,
      port,
      path: '/uploads',
      method: 'POST',
      headers: {
        cookie: amelie.cookie,
        'content-type': 'multipart/form-data; boundary=xxx',
        'content-length': String(MB),
      },
    });
    request.on('error', () => undefined);
    request.write('--xxx\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n');
    request.write('a'.repeat(200_000));
    await eventually(async () => {
      const now = await blobs();
      expect(now.some((path) => path.includes('incoming'))).toBe(true);
    });
    request.destroy();
    await eventually(async () => {
      const now = await blobs();
      expect(now).toEqual(before);
    });
  });
});

describe('who may', () => {
  it('viewers and strangers upload nothing; strangers and visitors read nothing', async () => {
    expect(await refusalOf(await vera.upload('x', 'x.txt'))).toEqual([403, 'FORBIDDEN']);
    const url = stack.gatewayUrls[0]!;
    const form = () => {
      const data = new FormData();
      data.set('file', new Blob(['x']), 'x.txt');
      return data;
    };
    expect((await fetch(`${url}/uploads`, { method: 'POST', body: form() })).status).toBe(401);
    const foreign = await fetch(`${url}/uploads`, {
      method: 'POST',
      body: form(),
      headers: { cookie: amelie.cookie, origin: 'https://evil.example' },
    });
    expect(foreign.status).toBe(403);
    const id = await amelie.uploaded('x', 'x.txt');
    await amelie.reply(conversationId, '', { attachmentIds: [id] });
    expect((await fetch(`${url}/attachments/${id}`)).status).toBe(401);
    const asVisitor = await fetch(`${url}/attachments/${id}`, {
      headers: { authorization: `Bearer ${visitor.token!}` },
    });
    expect(asVisitor.status).toBe(401);
  });

  it('security row 15: multipart is taken by /uploads alone', async () => {
    for (const path of ['/graphql', '/auth/login']) {
      const data = new FormData();
      data.set('operations', '{"query":"{ viewer { locale } }"}');
      const answer = await fetch(`${stack.gatewayUrls[0]!}${path}`, {
        method: 'POST',
        headers: { cookie: amelie.cookie },
        body: data,
      });
      expect([path, answer.status]).toEqual([path, 415]);
    }
  });

  it("security row 4: an upload that is unknown, another's, or sent already refuses the whole message", async () => {
    const amelies = await amelie.uploaded('hers', 'hers.txt');
    const visitors = await visitor.uploaded('theirs', 'theirs.txt');
    const sent = await amelie.uploaded('sent', 'sent.txt');
    await amelie.reply(conversationId, '', { attachmentIds: [sent] });
    const before = (await amelie.thread(conversationId)).timeline.length;
    for (const [agent, id] of [
      [tom, amelies],
      [amelie, visitors.id],
      [amelie, sent],
      [amelie, 'up_00000000000000000000000000000000'],
      [amelie, '../../etc/passwd'],
      [amelie, 'a\u0000b'],
    ] as const) {
      expect(await sendingFails(agent, [id])).toContain('ATTACHMENT_REJECTED');
    }
    const eleven = Array.from({ length: 11 }, (_, i) => `up_${String(i).padStart(32, '0')}`);
    expect(await sendingFails(amelie, eleven)).toContain('ATTACHMENT_REJECTED');
    expect((await amelie.thread(conversationId)).timeline).toHaveLength(before);
    // The refusal used nothing up.
    await amelie.reply(conversationId, '', { attachmentIds: [amelies] });
  });

  it('security row 4: what was not sent, or does not exist, is not there', async () => {
    const unsent = await amelie.uploaded('secret', 'secret.txt');
    const url = stack.gatewayUrls[0]!;
    for (const id of [unsent, 'up_00000000000000000000000000000000', '..%2F..%2Fetc%2Fpasswd', 'a%00b', '%']) {
      const { status } = await download(`${url}/attachments/${id}`);
      expect([id, status]).toEqual([id, id === '%' ? 400 : 404]);
    }
  });
});

describe('security row 2: what others made is saved, never shown', () => {
  const sent = async (content: string | Uint8Array<ArrayBuffer>, name: string) => {
    const id = await amelie.uploaded(content, name);
    const { attachments } = await amelie.reply(conversationId, '', { attachmentIds: [id] });
    return attachments[0]!;
  };

  test.each([
    ['evil.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['evil.html', '<!doctype html><script>alert(1)</script>'],
    ['evil.png', '<html><script>alert(1)</script>'],
    ['evil.xml', '<?xml version="1.0"?><x xmlns="http://www.w3.org/1999/xhtml"/>'],
    ['evil.pdf', '%PDF-1.7 <script>alert(1)</script>'],
  ])('%s', async (name, content) => {
    const { downloadUrl, thumbnailUrl } = await sent(content, name);
    expect(thumbnailUrl).toBeNull();
    for (const url of [downloadUrl, `${downloadUrl}?inline=image`, `${downloadUrl}?inline=1`]) {
      const { headers, status } = await download(url);
      expect(status).toBe(200);
      expect(headers.get('content-disposition')).toBe(`attachment; filename="${name}"; filename*=UTF-8''${name}`);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
      expect(headers.get('content-type')).not.toMatch(/html|svg|xml|script/);
    }
  });

  it('a picture is shown in the page only when the page asks for it, under the same rules', async () => {
    const { downloadUrl, thumbnailUrl } = await sent(PNG, 'photo.html');
    const saved = await download(downloadUrl);
    expect(saved.headers.get('content-disposition')).toMatch(/^attachment/);
    const shown = await download(thumbnailUrl!);
    expect(shown.headers.get('content-disposition')).toMatch(/^inline/);
    expect(shown.headers.get('content-type')).toBe('image/png');
    expect(shown.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
    expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
    const head = await download(downloadUrl, amelie, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, String(PNG.length), '']);
  });

  it('security rows 3 and 25: a name is text in the inbox and one line in a header', async () => {
    const name = '../../"><img src=x onerror=alert(1)> \u202Egnp.txt';
    const { filename, downloadUrl } = await sent('x', name);
    expect(filename).toBe('"><img src=x onerror=alert(1)> gnp.txt');
    const { headers } = await download(downloadUrl);
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="[^"\r\n]*"; filename\*=UTF-8''[^\s"]*$/);
  });

  it('where the bytes lie is told to nobody', async () => {
    const { id } = await sent('x', 'x.txt');
    let key = '';
    await database(async (client) => {
      const { rows } = await client.query<{ storage_key: string }>('SELECT storage_key FROM attachment WHERE id = $1', [
        id,
      ]);
      key = rows[0]!.storage_key;
      const { rows: events } = await client.query('SELECT 1 FROM outbox WHERE body LIKE $1', [`%${key.slice(3)}%`]);
      expect(events).toEqual([]);
    });
    expect(key).toMatch(/^[0-9a-f]{2}\/[0-9a-f]{62}$/);
    expect(JSON.stringify(visitor.frames)).not.toContain(key.slice(3));
    expect(stack.logs()).not.toContain(key.slice(3));
  });
});

describe('the store', () => {
  it('keeps what was sent and gives up after a day what was not', async () => {
    const kept = await amelie.uploaded('kept', 'kept.txt');
    const { attachments } = await amelie.reply(conversationId, '', { attachmentIds: [kept] });
    const young = await amelie.uploaded('young', 'young.txt');
    const old = await amelie.uploaded('old', 'old.txt');
    const theirs = await visitor.uploaded('old too', 'old-too.txt');
    const before = await blobs();
    await database((client) =>
      client.query(`UPDATE attachment SET created_at = now() - interval '25 hours' WHERE id = ANY($1)`, [
        [kept, old, theirs.id],
      ]),
    );
    await eventually(async () => {
      expect(await blobs()).toHaveLength(before.length - 2);
    });
    expect(await sendingFails(amelie, [old])).toContain('ATTACHMENT_REJECTED');
    await amelie.reply(conversationId, '', { attachmentIds: [young] });
    expect((await download(attachments[0]!.downloadUrl)).status).toBe(200);
    await database(async (client) => {
      await eventually(async () => {
        const { rows } = await client.query('SELECT 1 FROM attachment WHERE id = ANY($1)', [[old, theirs.id]]);
        expect(rows).toEqual([]);
      });
    });
  });

  it('that has gone away refuses with STORAGE_UNAVAILABLE, and the inbox goes on', async () => {
    const { rename } = await import('node:fs/promises');
    const folder = stack.installation.blobFolder!;
    await rename(folder, `${folder}-away`);
    try {
      expect(await refusalOf(await amelie.upload('x', 'x.txt'))).toEqual([503, 'STORAGE_UNAVAILABLE']);
      await eventually(() => expect(stack.logs()).toContain(`BLOB_STORE_DIR ${folder} does not exist`));
      await amelie.reply(conversationId, 'words still go');
    } finally {
      await rename(`${folder}-away`, folder);
    }
    await amelie.uploaded('x', 'x.txt');
  });
});
