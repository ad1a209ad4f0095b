import { randomUUID } from 'node:crypto';
import { ReadConversation, type EventsAnswer, type GatewayFrame } from '@conversations/contracts';
import { eventually } from '@conversations/testing';
import { asksForm, SHOP, startChat, type ChatStack } from './chat-stack';

let stack: ChatStack;
let url: string;
beforeAll(async () => {
  stack = await startChat({ env: { CONVERSATIONS_DEMO: 'true', CHAT_OFFLINE_GRACE_SECONDS: '1' } });
  url = stack.urls[0] ?? '';
}, 60_000);
afterAll(() => stack.stop());

const bearer = (token: string | null) => (token === null ? {} : { authorization: `Bearer ${token}` });

async function post(
  said: string | object,
  { token = null, clientId = randomUUID() }: { token?: string | null; clientId?: string },
) {
  const answer = await fetch(`${url}/widget/v1/send`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: SHOP, ...bearer(token) },
    body: JSON.stringify({
      site: 'site_demo',
      clientId,
      ...(typeof said === 'string' ? { text: said } : said),
      page: { url: 'https://shop.example/' },
      locale: 'fr',
    }),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Extract<GatewayFrame, { t: 'ack' | 'nack' }>;
}

async function poll(afterSeq: number, token: string | null): Promise<EventsAnswer> {
  const answer = await fetch(`${url}/widget/v1/events?site=site_demo&afterSeq=${String(afterSeq)}`, {
    headers: bearer(token),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as EventsAnswer;
}

test('a visitor without WebSockets writes, is answered, and has the same thread as over a socket', async () => {
  expect(await poll(0, null)).toMatchObject({ visitor: null, thread: null, messages: [] });
  const ack = await post('Hi over HTTP', {});
  if (ack.t !== 'ack' || ack.token === undefined) throw new Error('no token');
  const { token } = ack;
  const first = await poll(0, token);
  expect(first).toMatchObject({ visitor: ack.visitor, thread: { seq: 1, state: 'open' }, reset: false });
  expect(first.messages.map(({ text }) => text)).toEqual(['Hi over HTTP']);

  const waiting = poll(1, token);
  const conversationId = first.thread?.id ?? '';
  await stack.reply(conversationId, 'Answer');
  expect((await waiting).messages.map(({ seq, text }) => [seq, text])).toEqual([[2, 'Answer']]);

  // The answer has marked the thread as read: nothing wakes this poll, which ends after its 25 s.
  const receipt = poll(2, token);
  await stack.messaging.request(ReadConversation, { conversationId, by: stack.by });
  expect((await receipt).thread?.agentReadSeq).toBe(2);

  const browser = stack.widget({ token });
  await browser.connect();
  expect(browser.thread.map(({ text }) => text)).toEqual(['Hi over HTTP', 'Answer']);
  await browser.close();
}, 60_000);

test('the same message posted again gets the same ack, also the first one whose answer was lost', async () => {
  const clientId = randomUUID();
  const [one, two] = await Promise.all([post('first', { clientId }), post('first', { clientId })]);
  const three = await post('first', { clientId });
  expect(one).toMatchObject({ t: 'ack', seq: 1 });
  expect(two).toEqual(one);
  expect(three).toEqual(one);
});

test('a message that cannot be stored is refused with its field', async () => {
  const clientId = randomUUID();
  expect(await post(' ', { clientId })).toEqual({ t: 'nack', clientId, code: 'invalid', field: 'text' });
  expect(await post('x'.repeat(5_001), { clientId })).toMatchObject({ t: 'nack', code: 'too_long' });
  const bad = await fetch(`${url}/widget/v1/send`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: SHOP },
    body: '{"site":',
  });
  expect(bad.status).toBe(400);
});

test('a form is answered without WebSockets too, and checked alike', async () => {
  await asksForm(stack, true);
  const ack = await post('Hi', {});
  await asksForm(stack, false);
  if (ack.t !== 'ack' || ack.token === undefined) throw new Error('no token');
  const { token } = ack;
  expect((await poll(0, token)).messages[1]?.askedForm?.formId).toBe('who');
  const email = 'ann@example.com';
  const refused = await post({ formId: 'who', values: { email } }, { token });
  expect(refused).toMatchObject({ t: 'nack', code: 'invalid', field: 'company' });
  const values = { email, company: 'Okafor Ltd' };
  expect(await post({ formId: 'f_1', values }, { token })).toMatchObject({ t: 'nack', field: 'formId' });
  expect(await post({ formId: 'who', values }, { token })).toMatchObject({ t: 'ack', seq: 3 });
});

test('a poll ends when its browser goes away, and the visitor with it', async () => {
  const ack = await post('Hi', {});
  const token = ack.t === 'ack' ? (ack.token ?? null) : null;
  const leaving = new AbortController();
  const waiting = fetch(`${url}/widget/v1/events?site=site_demo&afterSeq=1`, {
    headers: bearer(token),
    signal: leaving.signal,
  });
  const view = (await stack.messaging.presence()).watch();
  const visitorId = ack.t === 'ack' ? (ack.visitor ?? '') : '';
  await eventually(() => expect(view.of(visitorId)?.online).toBe(true));
  leaving.abort();
  await expect(waiting).rejects.toThrow();
  await eventually(() => expect(view.of(visitorId)?.online ?? false).toBe(false));
});

test('the widget’s files are served with an ETag, and kept by the browser', async () => {
  for (const path of ['/widget.js', '/widget/app.js', '/widget/app.css']) {
    const answer = await fetch(url + path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    const etag = answer.headers.get('etag') ?? '';
    const again = await fetch(url + path, { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
  }
  const html = await (await fetch(`${url}/widget/?site=site_demo`)).text();
  const [script = ''] = /\/widget\/app\.js\?v=[\w-]+/.exec(html) ?? [];
  expect((await fetch(url + script)).headers.get('cache-control')).toContain('immutable');
});

test('the demo shop carries the widget in English and French, on each of its pages', async () => {
  const english = await (await fetch(`${url}/demo`)).text();
  expect(english).toContain('<script src="/widget.js" data-site="site_demo"');
  expect(english).toContain('lang="en"');
  const french = await fetch(`${url}/demo/shoes?lang=fr`);
  expect(await french.text()).toMatch(/lang="fr"[\s\S]*Chaussures/);
  expect(french.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect((await fetch(`${url}/demo/nowhere`)).status).toBe(404);
});
