import { randomUUID } from 'node:crypto';
import { createConnection } from 'node:net';
import { eventually, mintVisitorToken } from '@conversations/testing';
import {
  hello,
  openSocket,
  OTHER_SHOP,
  OTHER_SITE,
  SHOP,
  startChat,
  type BareSocket,
  type ChatStack,
} from './chat-stack';

let stack: ChatStack;
let url: string;
beforeAll(async () => {
  stack = await startChat({ env: { CHAT_LIMIT_FRAMES_PER_MINUTE: '300', CHAT_LIMIT_MESSAGES_PER_MINUTE: '20' } });
  url = stack.urls[0] ?? '';
}, 60_000);
afterAll(() => stack.stop());

const welcomed = (socket: BareSocket) =>
  eventually(() => {
    const welcome = socket.frames.find((frame) => frame.t === 'welcome');
    if (welcome === undefined) throw new Error('no welcome');
    return welcome;
  });
const send = (text: string, clientId: string = randomUUID()) => ({ t: 'send', clientId, text });

test('security row 12: a WebSocket from a foreign, null or absent Origin is refused before the upgrade', async () => {
  const refused = 'Unexpected server response: 403';
  for (const origin of [
    'https://evil.example',
    'null',
    `${SHOP}.evil.example`,
    'http://shop.example',
    `${SHOP}:8443`,
  ]) {
    await expect(openSocket(url, { origin })).rejects.toThrow(refused);
  }
  await expect(openSocket(url, { origin: undefined })).rejects.toThrow(refused);
  // A page that a foreign name resolves to this address sends that name as both Host and Origin.
  await expect(
    openSocket(url, { origin: 'http://rebound.example', headers: { Host: 'rebound.example' } }),
  ).rejects.toThrow(refused);
});

test('security row 12: the gateway’s own origin and the site’s pages may connect, another site’s page not for this site', async () => {
  for (const origin of [url, SHOP]) {
    const socket = await openSocket(url, { origin });
    socket.send(hello());
    await welcomed(socket);
    socket.ws.close();
  }
  const other = await openSocket(url, { origin: OTHER_SHOP });
  other.send(hello());
  expect(await other.closed).toBe(4003);
  const unknown = await openSocket(url);
  unknown.send(hello({ site: 'site_unknown' }));
  expect(await unknown.closed).toBe(4003);
});

test('security row 12: only the site’s own pages may frame the widget, and the document runs no inline script', async () => {
  const answer = await fetch(`${url}/widget/?site=${OTHER_SITE}`);
  const policy = answer.headers.get('content-security-policy') ?? '';
  expect(policy).toContain(`frame-ancestors ${OTHER_SHOP}`);
  expect(policy).not.toContain(SHOP);
  expect(policy).toContain("default-src 'none'; script-src 'self'");
  expect(policy).not.toContain('unsafe');
  expect(await answer.text()).not.toMatch(/<script(?! src=)/);
  expect((await fetch(`${url}/widget/?site=site_unknown`)).status).toBe(404);
  expect((await fetch(`${url}/widget/`)).status).toBe(404);
});

test('security row 12: the HTTP fallback refuses foreign origins too', async () => {
  const body = JSON.stringify({ site: 'site_demo', clientId: randomUUID(), text: 'Hi' });
  const post = (headers: Record<string, string>) =>
    fetch(`${url}/widget/v1/send`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
  expect((await post({ origin: 'https://evil.example' })).status).toBe(403);
  expect((await post({ origin: 'null' })).status).toBe(403);
  expect((await post({})).status).toBe(403);
  expect((await post({ origin: OTHER_SHOP })).status).toBe(403);
  const cross = { 'sec-fetch-site': 'cross-site' };
  expect((await fetch(`${url}/widget/v1/events?site=site_demo`, { headers: cross })).status).toBe(403);
});

test('security row 17: a forged token, one of another site and an agent’s cookie are refused with 4001', async () => {
  const secret = stack.gateways[0]?.env['CHAT_TOKEN_SECRET'] ?? '';
  const good = mintVisitorToken(secret, 'site_demo');
  const accepted = await openSocket(url);
  accepted.send(hello({ token: good }));
  await welcomed(accepted);
  accepted.ws.close();
  const bad = [
    mintVisitorToken(secret, OTHER_SITE),
    mintVisitorToken('x'.repeat(32), 'site_demo'),
    `${good}x`,
    good.toUpperCase(),
    '',
    randomUUID(),
    'vis_019329a0c4b07cc0a1b2c3d4e5f60718',
  ];
  for (const token of bad) {
    const socket = await openSocket(url);
    socket.send(hello({ token }));
    expect(await socket.closed).toBe(4001);
    const headers = { authorization: `Bearer ${token}` };
    const status = (await fetch(`${url}/widget/v1/messages?site=site_demo&before=9`, { headers })).status;
    expect(status).toBe(401);
  }
});

test('security row 17: an agent’s cookie is nobody at chat-gateway', async () => {
  const cookie = `__Host-session=${randomUUID()}`;
  const socket = await openSocket(url, { headers: { Cookie: cookie } });
  socket.send(hello());
  expect(await welcomed(socket)).toMatchObject({ visitor: null, thread: null });
  socket.ws.close();
  const answer = await fetch(`${url}/widget/v1/messages?site=site_demo&before=9`, { headers: { cookie } });
  expect(await answer.json()).toEqual({ messages: [], hasMore: false });
});

test('security row 17: a visitor’s token never shows another visitor’s thread', async () => {
  const [ann, eve] = [stack.widget(), stack.widget()];
  await Promise.all([ann.connect(), eve.connect()]);
  await ann.write('the secret of Ann');
  await eve.write('Eve');
  const headers = { authorization: `Bearer ${eve.token ?? ''}` };
  const older = await fetch(`${url}/widget/v1/messages?site=site_demo&before=2147483647`, { headers });
  const polled = await fetch(`${url}/widget/v1/events?site=site_demo&afterSeq=0`, { headers });
  for (const answer of [older, polled]) expect(await answer.text()).not.toContain('Ann');
  await ann.write('more of Ann');
  expect(JSON.stringify(eve.frames)).not.toContain('Ann');
  await Promise.all([ann.close(), eve.close()]);
});

test('security row 17: the token stands in no address, log line or page', async () => {
  const browser = stack.widget();
  await browser.connect();
  await browser.write('hello');
  const token = browser.token ?? '';
  expect(token).not.toBe('');
  await fetch(`${url}/widget/v1/events?site=site_demo&afterSeq=0`, { headers: { authorization: `Bearer ${token}` } });
  const logs = stack.gateways[0]?.logs() ?? '';
  expect(logs).toContain('chat.listening');
  expect(logs).not.toContain(token.slice(3, 46));
  await browser.close();
});

test('security row 23: wildcards, __proto__ and control characters in ids and texts break nothing', async () => {
  const socket = await openSocket(url);
  socket.send(hello({ locale: '>.*', tab: '*.>', page: { url: 'https://shop.example/>/*?%', title: '\u0000\ud800' } }));
  await welcomed(socket);
  const clientId = randomUUID();
  socket.send(
    `{"t":"send","clientId":"${clientId}","text":"%_*.> '; DROP TABLE message;--","__proto__":{"known":true}}`,
  );
  await eventually(() => expect(socket.frames).toContainEqual(expect.objectContaining({ t: 'ack', clientId, seq: 1 })));
  const bad = ['a\u0000b', 'a\ud800b'].map((text) => send(text));
  for (const frame of bad) socket.send(frame);
  for (const frame of bad) {
    const nack = { t: 'nack', clientId: frame.clientId, code: 'invalid', field: 'text' };
    await eventually(() => expect(socket.frames).toContainEqual(nack));
  }
  for (const id of ['>', '*', 'vis.*', '%']) {
    const strange = await openSocket(url);
    strange.send(hello({ site: id }));
    expect(await strange.closed).toBe(4003);
  }
  socket.ws.close();
});

test('security row 23: what is no frame closes with 4000, an unknown kind is ignored, too large closes with 1009', async () => {
  for (const text of [
    '{',
    'null',
    '[]',
    '{"t":7}',
    '{"t":"read","upToSeq":-1}',
    '{"t":"send","clientId":"x","text":"y"}',
  ]) {
    const socket = await openSocket(url);
    socket.send(hello());
    await welcomed(socket);
    socket.send(text);
    expect(await socket.closed).toBe(4000);
  }
  const binary = await openSocket(url);
  binary.ws.send(Buffer.from(JSON.stringify(hello())));
  expect(await binary.closed).toBe(4000);
  const early = await openSocket(url);
  early.send(send('before hello'));
  expect(await early.closed).toBe(4000);
  const large = await openSocket(url);
  large.send(JSON.stringify({ t: 'dance', more: 'x'.repeat(17_000) }));
  expect(await large.closed).toBe(1009);

  const socket = await openSocket(url);
  socket.send({ t: 'dance', on: true });
  socket.send(hello());
  await welcomed(socket);
  socket.send({ t: 'dance', on: true });
  const frame = send('still here');
  socket.send(frame);
  await eventually(() =>
    expect(socket.frames).toContainEqual(expect.objectContaining({ t: 'ack', clientId: frame.clientId })),
  );
  socket.ws.close();
});

test('security row 21: who floods frames is closed with 4029, who floods messages is told to wait', async () => {
  const flooder = await openSocket(url);
  flooder.send(hello());
  await welcomed(flooder);
  for (let n = 0; n < 400; n += 1) flooder.send({ t: 'page', url: `https://shop.example/${String(n)}` });
  expect(await flooder.closed).toBe(4029);

  const writer = await openSocket(url);
  writer.send(hello());
  await welcomed(writer);
  const frames = Array.from({ length: 25 }, (_, n) => send(`message ${String(n)}`));
  for (const frame of frames) writer.send(frame);
  await eventually(() => expect(writer.frames.filter(({ t }) => t === 'ack' || t === 'nack').length).toBe(25));
  const nacks = writer.frames.filter((frame) => frame.t === 'nack');
  expect(nacks.length).toBe(5);
  for (const nack of nacks)
    expect(nack).toMatchObject({ code: 'rate_limited', retryAfter: expect.any(Number) as number });
  expect(nacks[0]?.retryAfter).toBeGreaterThanOrEqual(1);
  writer.ws.close();
});

test('security row 21: an upgrade that never says hello, and a plain request to /chat, hold nothing', async () => {
  const silent = await openSocket(url);
  expect(await silent.closed).toBe(4000);
  expect((await fetch(`${url}/chat`)).status).toBe(404);
  const raw = createConnection(Number(new URL(url).port), 'localhost');
  raw.write('GET /elsewhere HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  const answer = await new Promise<string>((resolve) => raw.once('data', (data) => resolve(data.toString())));
  expect(answer).toMatch(/^HTTP\/1\.1 404 /);
  raw.destroy();
}, 30_000);
