import { randomUUID } from 'node:crypto';
import {
  CompleteUpload,
  ReserveUpload,
  type AttachmentLink,
  type GatewayFrame,
  type UploadAnswer,
  type WidgetAttachment,
} from '@conversations/contracts';
import { eventually, mintVisitorToken, startS3Server, type WidgetClient } from '@conversations/testing';
import { hello, openSocket, OTHER_SHOP, OTHER_SITE, SHOP, SITE, startChat, type ChatStack } from './chat-stack';

const PNG = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8BQDwAEgAF/pooBPQAAAABJRU5ErkJggg==',
    'base64',
  ),
);

let stack: ChatStack;
beforeAll(async () => {
  stack = await startChat({ gateways: 2, env: { CHAT_TOKEN_SECRET: 'a secret that both gateways and the test know' } });
}, 60_000);
afterAll(() => stack.stop());

async function arrived(): Promise<WidgetClient> {
  const browser = stack.widget({ origin: SHOP });
  expect((await browser.connect()).config.upload).toBe(true);
  return browser;
}

const writeWith = async (browser: WidgetClient, text: string, uploads: UploadAnswer[]) =>
  browser.acked(browser.send(text, randomUUID(), uploads));

/** What a browser finds when it comes back. */
async function comesBack(browser: WidgetClient): Promise<WidgetClient> {
  const again = stack.widget({ token: browser.token!, origin: SHOP });
  await again.connect();
  return again;
}

const fileOf = async (browser: WidgetClient, id: string): Promise<WidgetAttachment> => {
  const again = await comesBack(browser);
  const found = again.thread.flatMap(({ attachments }) => attachments).find((one) => one.id === id);
  await again.close();
  if (found === undefined) throw new Error('the thread does not show the file');
  return found;
};

const get = (path: string, replica = 0) => fetch(new URL(path, stack.urls[replica]));
const codeOf = async (answer: Response) => {
  const body = (await answer.json()) as { code?: string; error?: { code: string } };
  return [answer.status, body.error?.code ?? body.code];
};

describe('a file from a visitor', () => {
  it('may be the first message, without a word, and comes back with the thread from any replica', async () => {
    const browser = await arrived();
    const upload = await browser.uploaded(PNG, 'Capture d’écran.png');
    expect(upload).toEqual({
      id: expect.stringMatching(/^up_[0-9a-f]{32}$/),
      filename: 'Capture d’écran.png',
      contentType: 'image/png',
      byteSize: PNG.length,
    });
    const ack = await writeWith(browser, '', [upload]);
    expect(ack).toMatchObject({ seq: 1, visitor: browser.visitor });

    const shown = await fileOf(browser, upload.id);
    expect(shown).toMatchObject(upload);
    for (const replica of [0, 1]) {
      const answer = await get(`${shown.url}&inline=image`, replica);
      expect(answer.headers.get('content-disposition')).toMatch(/^inline; filename="Capture d__cran.png"/);
      expect(answer.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(new Uint8Array(await answer.arrayBuffer())).toEqual(PNG);
    }
    const [message] = await stack.thread((await comesBack(browser)).welcomes[0]!.thread!.id);
    expect(message).toMatchObject({ text: '', attachments: [upload] });
    await browser.close();
  });

  it('is stored once when its message is sent again after a lost answer', async () => {
    const browser = await arrived();
    await browser.write('hello');
    const upload = await browser.uploaded('words', 'a.txt');
    const clientId = randomUUID();
    const first = await browser.acked(browser.send('see', clientId, [upload]));
    const again = await comesBack(browser);
    const second = await again.acked(again.send('see', clientId, [upload]));
    expect(second.id).toBe(first.id);
    expect(await stack.thread(stack.conversationOf(again))).toHaveLength(2);
    await Promise.all([browser.close(), again.close()]);
  });

  it('goes over HTTP too', async () => {
    const browser = await arrived();
    await browser.write('hello');
    const upload = await browser.uploaded('words', 'a.txt');
    const answer = await fetch(`${stack.urls[0]!}/widget/v1/send`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: SHOP, authorization: `Bearer ${browser.token!}` },
      body: JSON.stringify({ site: SITE, clientId: randomUUID(), text: '', attachments: [upload.id] }),
    });
    expect(await answer.json()).toMatchObject({ t: 'ack', seq: 2 });
    expect((await fileOf(browser, upload.id)).filename).toBe('a.txt');
    await browser.close();
  });

  it('is refused with its reason', async () => {
    const browser = await arrived();
    expect(await codeOf(await browser.upload('', 'a.txt'))).toEqual([400, 'EMPTY']);
    expect(await codeOf(await browser.upload('MZ', 'setup.exe'))).toEqual([415, 'TYPE_NOT_ALLOWED']);
    const large = await browser.upload(new Uint8Array(20 * 1024 * 1024 + 1), 'a.bin');
    expect([large.status, await large.json()]).toEqual([
      413,
      { error: { code: 'TOO_LARGE', message: 'A file has at most 20 MB.', limit: 20 * 1024 * 1024 } },
    ]);
    await browser.close();
  });
});

describe("an agent's file", () => {
  it('is pushed to the visitor with an address, and to both replicas', async () => {
    const browser = await arrived();
    await browser.write('hello');
    const again = await comesBack(browser);
    const conversationId = stack.conversationOf(again);
    const { id: agentId } = stack.by;
    // As the agents' gateway does it; the bytes are the visitor's own file, so that there are some.
    const own = await browser.uploaded('invoice', 'own.txt');
    await writeWith(browser, '', [own]);
    const { id } = await stack.messaging.request(ReserveUpload, {
      owner: { kind: 'agent', id: agentId },
      storageKey: `00/${'0'.repeat(62)}`,
    });
    const facts = { filename: 'invoice.pdf', contentType: 'application/pdf', byteSize: 7 };
    await stack.messaging.request(CompleteUpload, { id, ...facts });
    await stack.reply(conversationId, '', [id]);
    const pushed = await eventually(() => {
      const found = again.thread.flatMap(({ attachments }) => attachments).find((one) => one.id === id);
      if (found === undefined) throw new Error('not pushed yet');
      return found;
    });
    expect(pushed).toEqual({ id, ...facts, url: expect.stringContaining(`/widget/v1/attachments/${id}?visitor=`) });
    // The bytes of this one were never stored: it is not there, which is no failure of the store.
    expect((await get(pushed.url)).status).toBe(404);
    await Promise.all([browser.close(), again.close()]);
  });
});

describe('security row 4: files of others', () => {
  let ann: WidgetClient;
  let bob: WidgetClient;
  beforeAll(async () => {
    ann = await arrived();
    bob = await arrived();
    await Promise.all([ann.write('Ann'), bob.write('Bob')]);
  });
  afterAll(async () => {
    await Promise.all([ann.close(), bob.close()]);
  });

  it("another visitor's upload is not sent, and stays its owner's", async () => {
    const upload = await ann.uploaded('hers', 'hers.txt');
    const clientId = bob.send('mine now', randomUUID(), [upload]);
    await eventually(() => {
      expect(bob.nacks).toContainEqual({ t: 'nack', clientId, code: 'invalid', field: 'attachments' });
    });
    expect((await writeWith(ann, 'mine', [upload])).seq).toBe(2);
    // What was typed next is not held up.
    expect((await bob.write('next')).seq).toBe(2);
  });

  it('an upload is sent once', async () => {
    const upload = await ann.uploaded('once', 'once.txt');
    await writeWith(ann, 'first', [upload]);
    const clientId = ann.send('second', randomUUID(), [upload]);
    await eventually(() => {
      expect(ann.nacks.map((nack) => nack.clientId)).toContain(clientId);
    });
  });

  it('sent by two tabs at once it stands in one message', async () => {
    const upload = await ann.uploaded('race', 'race.txt');
    const tab = await comesBack(ann);
    const texts = ['from tab 1', 'from tab 2'];
    ann.send(texts[0]!, randomUUID(), [upload]);
    tab.send(texts[1]!, randomUUID(), [upload]);
    await eventually(async () => {
      expect(ann.unacknowledged + tab.unacknowledged).toBe(0);
      const again = await comesBack(ann);
      const holders = again.thread.filter(({ attachments }) => attachments.some(({ id }) => id === upload.id));
      await again.close();
      expect(holders).toHaveLength(1);
    });
    await tab.close();
  });

  it('an address is good for its visitor, its file and its time only', async () => {
    const upload = await ann.uploaded('private', 'private.txt');
    await writeWith(ann, '', [upload]);
    const { url } = await fileOf(ann, upload.id);
    const right = new URL(url, stack.urls[0]);
    expect((await get(url)).status).toBe(200);
    const changed = (change: (to: URL) => void) => {
      const to = new URL(right);
      change(to);
      return fetch(to).then(({ status }) => status);
    };
    expect(await changed((to) => to.searchParams.set('visitor', bob.visitor!))).toBe(404);
    expect(await changed((to) => to.searchParams.set('until', String(Number(to.searchParams.get('until')) + 60)))).toBe(
      404,
    );
    expect(await changed((to) => to.searchParams.set('mac', 'A'.repeat(43)))).toBe(404);
    expect(await changed((to) => to.searchParams.delete('mac'))).toBe(404);
    expect(await changed((to) => (to.pathname = to.pathname.replace(/up_./, 'up_x')))).toBe(404);
    expect(await changed((to) => (to.pathname = '/widget/v1/attachments/..%2F..%2Fetc%2Fpasswd'))).toBe(404);
  });

  it('a new address is given to the owner of the thread, and to nobody else', async () => {
    const upload = await ann.uploaded('private', 'private.txt');
    await writeWith(ann, '', [upload]);
    const link = (headers: Record<string, string>, site = SITE) =>
      fetch(`${stack.urls[1]!}/widget/v1/attachments/${upload.id}/link?site=${site}`, { headers });
    const mine = await link({ authorization: `Bearer ${ann.token!}` });
    const { url } = (await mine.json()) as AttachmentLink;
    expect(await (await get(url)).text()).toBe('private');
    expect((await link({ authorization: `Bearer ${bob.token!}` })).status).toBe(404);
    expect((await link({})).status).toBe(401);
    expect((await link({ authorization: `Bearer ${ann.token!}` }, OTHER_SITE)).status).toBe(401);
    expect((await link({ authorization: `Bearer ${ann.token!}`, origin: 'https://evil.example' })).status).toBe(403);
  });

  it('security row 17: a file needs a token of this site, from a page of this site', async () => {
    const send = (headers: Record<string, string>, site = SITE) => {
      const body = new FormData();
      body.set('file', new Blob(['x']), 'x.txt');
      return fetch(`${stack.urls[0]!}/widget/v1/uploads?site=${site}`, { method: 'POST', headers, body }).then(codeOf);
    };
    const authorization = `Bearer ${ann.token!}`;
    expect(await send({ origin: SHOP })).toEqual([401, 'bad_token']);
    expect(await send({ origin: SHOP, authorization: 'Bearer vt_forged' })).toEqual([401, 'bad_token']);
    expect(await send({ origin: OTHER_SHOP, authorization }, OTHER_SITE)).toEqual([401, 'bad_token']);
    expect(await send({ origin: OTHER_SHOP, authorization })).toEqual([403, 'not_allowed']);
    expect(await send({ authorization })).toEqual([403, 'origin']);
    expect(await send({ origin: 'null', authorization })).toEqual([403, 'origin']);
    expect(await send({ origin: SHOP, cookie: 'conversations-session=x' })).toEqual([401, 'bad_token']);
  });
});

describe('limits of files', () => {
  let limited: ChatStack;
  const secret = 'a secret that the gateway and the test both know';
  beforeAll(async () => {
    limited = await startChat({
      env: {
        CHAT_TOKEN_SECRET: secret,
        CHAT_LIMIT_UPLOADS_PER_VISITOR: '5',
        CHAT_LIMIT_UPLOADS_PER_ADDRESS: '9',
        CHAT_LIMIT_NEW_VISITORS_PER_HOUR: '2',
      },
    });
  }, 60_000);
  afterAll(() => limited.stop());

  const upload = (token: string) => {
    const body = new FormData();
    body.set('file', new Blob(['x']), 'x.txt');
    return fetch(`${limited.urls[0]!}/widget/v1/uploads?site=${SITE}`, {
      method: 'POST',
      headers: { origin: SHOP, authorization: `Bearer ${token}` },
      body,
    });
  };

  it('are five in ten minutes for a visitor, and new visitors and their files are counted by address', async () => {
    const first = mintVisitorToken(secret, SITE);
    for (let nth = 1; nth <= 5; nth += 1) expect((await upload(first)).status).toBe(201);
    const sixth = await upload(first);
    expect([sixth.status, Number(sixth.headers.get('retry-after'))]).toEqual([429, expect.any(Number)]);
    expect(await codeOf(sixth)).toEqual([429, 'TOO_MANY']);
    const second = mintVisitorToken(secret, SITE);
    expect((await upload(second)).status).toBe(201);
    // A token costs nothing, a new visitor does.
    expect(await codeOf(await upload(mintVisitorToken(secret, SITE)))).toEqual([429, 'TOO_MANY']);
    for (let nth = 1; nth <= 2; nth += 1) expect((await upload(second)).status).toBe(201);
    expect(await codeOf(await upload(second))).toEqual([429, 'TOO_MANY']);
  });

  it('hold for a `hello` too: without a folder for files there is nothing to attach', async () => {
    const bare = await startChat({ env: { BLOB_STORE_DIR: undefined } });
    try {
      const socket = await openSocket(bare.urls[0]!);
      socket.send(hello());
      const welcome = await eventually(() => {
        const [frame] = socket.frames;
        if (frame === undefined) throw new Error('no welcome yet');
        return frame as Extract<GatewayFrame, { t: 'welcome' }>;
      });
      expect(welcome.config.upload).toBe(false);
      socket.ws.terminate();
      const browser = bare.widget({ origin: SHOP });
      await browser.connect();
      expect(await codeOf(await browser.upload('x', 'x.txt'))).toEqual([503, 'STORAGE_UNAVAILABLE']);
      await browser.close();
    } finally {
      await bare.stop();
    }
  }, 60_000);
});

test('a bucket takes the place of the folder: files go there and come back', async () => {
  const s3 = await startS3Server();
  try {
    const stored = await startChat({
      env: {
        BLOB_STORE_DIR: undefined,
        BLOB_STORE_S3_BUCKET: s3.bucket,
        BLOB_STORE_S3_ENDPOINT: s3.endpoint,
        BLOB_STORE_S3_ACCESS_KEY_ID: s3.accessKeyId,
        BLOB_STORE_S3_SECRET: s3.secret,
      },
    });
    try {
      const browser = stored.widget({ origin: SHOP });
      expect((await browser.connect()).config.upload).toBe(true);
      const upload = await browser.uploaded(PNG, 'shirt.png');
      await writeWith(browser, 'This one', [upload]);
      expect(s3.objects()).toBe(1);
      const again = stored.widget({ token: browser.token!, origin: SHOP });
      await again.connect();
      const [file] = again.thread.flatMap(({ attachments }) => attachments);
      const answer = await fetch(new URL(file!.url, stored.urls[0]));
      expect(new Uint8Array(await answer.arrayBuffer())).toEqual(PNG);
      await again.close();
      await browser.close();
    } finally {
      await stored.stop();
    }
  } finally {
    await s3.stop();
  }
}, 120_000);
