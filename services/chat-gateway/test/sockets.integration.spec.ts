import { createHmac, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import {
  ChatContactClaimed,
  ChatRead,
  ChatVisitorIdentified,
  GetAutomation,
  GetContacts,
  SaveAutomation,
  VisitorPresenceChanged,
  type DataOf,
  type GatewayFrame,
} from '@conversations/contracts';
import { eventually, type WidgetClient } from '@conversations/testing';
import {
  asksForm,
  conversationState,
  hello,
  IDENTITY_SECRET,
  openSocket,
  SHOP,
  startChat,
  type ChatStack,
} from './chat-stack';

let stack: ChatStack;
const presence: DataOf<typeof VisitorPresenceChanged>[] = [];
beforeAll(async () => {
  stack = await startChat({
    gateways: 2,
    // Long enough that nobody is dead or gone because a process stood still for some seconds.
    env: { CHAT_HEARTBEAT_SECONDS: '5', CHAT_OFFLINE_GRACE_SECONDS: '6', CHAT_SLOW_CONSUMER_BYTES: '65536' },
  });
  stack.messaging.subscribeLive(VisitorPresenceChanged, ({ data }) => presence.push(data));
}, 60_000);
afterAll(() => stack.stop());

const of = (browser: WidgetClient) => presence.filter(({ visitorId }) => visitorId === browser.visitor);
const online = (browser: WidgetClient) => of(browser).map((change) => change.online);
const replica = (n: number) => ({ urls: [stack.urls[n] ?? ''], origin: stack.urls[n] ?? '' });

test('a visitor who has not written is not announced; online begins with the first message', async () => {
  const browser = stack.widget({ page: { url: 'https://shop.example/shoes', title: 'Shoes' } });
  await browser.connect();
  const before = presence.length;
  await browser.write('Hi');
  await eventually(() => expect(online(browser)).toEqual([true]));
  expect(presence.slice(0, before).some(({ visitorId }) => visitorId === browser.visitor)).toBe(false);
  expect(of(browser)[0]?.page).toEqual({ url: 'https://shop.example/shoes', title: 'Shoes' });
  await browser.close();
  await eventually(() => expect(online(browser)).toEqual([true, false]));
});

test('a visitor is announced once the bucket has them: who dies in between leaves nobody online for ever', async () => {
  const subjects: string[] = [];
  const everything = stack.messaging.connection.nats.subscribe('>', {
    callback: (_error, { subject, data }) => {
      const isPresence = subject.startsWith('$KV.PRESENCE.visitor.') || subject.startsWith('live.visitor.');
      if (isPresence && `${subject} ${Buffer.from(data).toString()}`.includes(browser.visitor ?? '-'))
        subjects.push(subject.split('.', 2).join('.'));
    },
  });
  const browser = stack.widget();
  await browser.connect();
  await browser.write('Hi');
  await eventually(() => expect(subjects).toContain('live.visitor'));
  expect(subjects[0]).toBe('$KV.PRESENCE');
  everything.unsubscribe();
  await browser.close();
});

test('a visitor who is here is announced again when another replica took this one for dead', async () => {
  const { messaging } = stack;
  const keys: string[] = [];
  const written = messaging.connection.nats.subscribe('$KV.PRESENCE.visitor.>', {
    callback: (_error, { subject }) => void keys.push(subject),
  });
  const browser = stack.widget();
  await browser.connect();
  await browser.write('Hi');
  await eventually(() => expect(online(browser)).toEqual([true]));
  const key = await eventually(() => {
    const found = keys.find((subject) => subject.includes(browser.visitor ?? '-'));
    if (found === undefined) throw new Error('not in the bucket');
    return found;
  });
  written.unsubscribe();
  await messaging.publishStored([{ subject: key, body: '', headers: { 'KV-Operation': 'DEL' } }]);
  await eventually(() => expect(online(browser)).toEqual([true, true]));
  const view = (await messaging.presence()).watch();
  await eventually(() => expect(view.of(browser.visitor ?? '')?.online).toBe(true));
  await browser.close();
});

test('a visitor is online over all tabs and replicas, and offline after the grace past the last close', async () => {
  const browser = stack.widget(replica(0));
  await browser.connect();
  await browser.write('Hi');
  await eventually(() => expect(online(browser)).toEqual([true]));
  const second = stack.widget({ ...replica(1), token: browser.token ?? '' });
  await second.connect();
  await browser.close();
  const view = (await stack.messaging.presence()).watch();
  await eventually(() => expect(view.of(browser.visitor ?? '')?.online).toBe(true));
  expect(online(browser)).toEqual([true]);
  const closedAt = Date.now();
  await second.close();
  await eventually(() => expect(online(browser).slice(0, 2)).toEqual([true, false]));
  expect(Date.now() - closedAt).toBeGreaterThanOrEqual(5_950);
});

test('going to another page within the grace is a page change, not leaving', async () => {
  const browser = stack.widget(replica(0));
  await browser.connect();
  await browser.write('Hi');
  const urls = () => of(browser).map(({ page }) => page?.url ?? null);
  await eventually(() => expect(urls()).toEqual([null]));
  browser.transmit({ t: 'page', url: 'https://shop.example/a' });
  browser.transmit({ t: 'page', url: 'https://shop.example/boots', title: 'Boots' });
  await eventually(() => expect(urls()).toEqual([null, 'https://shop.example/boots']));
  await browser.close();
  const next = stack.widget({ ...replica(0), token: browser.token ?? '', page: { url: 'https://shop.example/bags' } });
  await next.connect();
  await eventually(() => expect(urls().at(-1)).toBe('https://shop.example/bags'));
  expect(online(browser)).toEqual([true, true, true]);
  await next.close();
});

test('a socket that answers no ping is dead after two heartbeats; one that answers lives', async () => {
  const alive = stack.widget();
  await alive.connect();
  const silent = await openSocket(stack.urls[0] ?? '');
  silent.send(hello());
  expect(await silent.closed).toBe(1006);
  const [first, ...rest] = silent.frames.map(({ t }) => t);
  expect(first).toBe('welcome');
  expect(new Set(rest)).toEqual(new Set(['ping']));
  await eventually(() => expect(alive.frames.filter(({ t }) => t === 'ping').length).toBeGreaterThan(3));
  expect(alive.closeCodes).toEqual([]);
  await alive.close();
}, 60_000);

test('security row 21: a browser that does not read is closed with 4008, and the gateway lets go of it', async () => {
  const socket = await openSocket(stack.urls[0] ?? '');
  socket.send(hello());
  await eventually(() => expect(socket.frames[0]?.t).toBe('welcome'));
  socket.ws.pause();
  // Every frame is answered by a refusal, which nobody reads: first the kernel's buffers fill, then the gateway's.
  const refusal = JSON.stringify({ t: 'send', clientId: randomUUID(), text: ' ' });
  let pouring = true;
  const pour = () => {
    if (!pouring || socket.ws.readyState !== socket.ws.OPEN) return;
    if (socket.ws.bufferedAmount < 1_000_000) for (let n = 0; n < 1_000; n += 1) socket.send(refusal);
    setImmediate(pour);
  };
  pour();
  await eventually(
    async () => {
      const metrics = await (await fetch(stack.gateways[0]?.url('/metrics') ?? '')).text();
      expect(metrics).toMatch(/rejections_total\{[^}]*limit="slow-consumer"[^}]*\} 1\b/);
    },
    { timeoutMs: 30_000 },
  );
  pouring = false;
  socket.ws.resume();
  expect(await socket.closed).toBe(4008);
}, 60_000);

test('how far a visitor has read is told once, however often it says so', async () => {
  const marks: number[] = [];
  const browser = stack.widget();
  await browser.connect();
  stack.messaging.subscribeLive(ChatRead, ({ data }) => {
    if (data.visitorId === browser.visitor) marks.push(data.upToPosition);
  });
  await browser.write('one');
  // A message may be acked before the gateway hears of it by the events, which its other tabs are shown.
  const other = stack.widget({ token: browser.token ?? '' });
  await other.connect();
  await browser.write('two');
  await browser.write('three');
  await eventually(() => expect(other.messages.has(3)).toBe(true));
  for (const upToSeq of [1, 3, 2, 3, 1_000]) browser.transmit({ t: 'read', upToSeq });
  await eventually(() => expect(marks).toEqual([3]));
  browser.transmit({ t: 'read', upToSeq: 2 });
  await browser.write('four');
  await eventually(() => expect(other.messages.has(4)).toBe(true));
  browser.transmit({ t: 'read', upToSeq: 4 });
  await eventually(() => expect(marks).toEqual([3, 4]));
  await Promise.all([browser.close(), other.close()]);
});

describe('a form', () => {
  beforeAll(() => asksForm(stack, true));
  afterAll(() => asksForm(stack, false));

  const fills = (browser: WidgetClient, values: object, formId = 'who', clientId: string = randomUUID()) => {
    browser.transmit(JSON.stringify({ t: 'form', formId, clientId, values }));
    return clientId;
  };

  test('reaches the widget with its message, is acked like one, and its address is a claim', async () => {
    const browser = stack.widget();
    await browser.connect();
    await browser.write('Hi');
    await eventually(() => expect(browser.thread).toHaveLength(2));
    expect(browser.thread[1]).toMatchObject({
      author: { kind: 'bot', name: 'Robin' },
      text: 'Who are you?',
      askedForm: {
        formId: 'who',
        submitLabel: 'Send',
        fields: [{ key: 'email' }, { key: 'name' }, { key: 'company' }],
      },
    });
    const email = `ann-${randomUUID()}@example.com`;
    const clientId = fills(browser, { company: 'Okafor Ltd', email, name: 'Ann' });
    const ack = await browser.acked(clientId);
    expect(ack.seq).toBe(3);
    fills(browser, { company: 'Another', email: 'other@example.com' }, 'who', clientId);
    await eventually(() => expect(browser.frames.filter((frame) => frame.t === 'ack')).toHaveLength(3));
    const corrected = fills(browser, { company: 'Okafor and Sons', email });
    expect((await browser.acked(corrected)).seq).toBe(5);
    await browser.close();

    const again = stack.widget({ token: browser.token ?? '' });
    await again.connect();
    expect(again.thread.map(({ author, text }) => [author.kind, text])).toEqual([
      ['visitor', 'Hi'],
      ['bot', 'Who are you?'],
      ['visitor', `Your address: ${email}\nYour name: Ann\nYour company: Okafor Ltd`],
      ['bot', 'Thank you'],
      ['visitor', `Your address: ${email}\nYour company: Okafor and Sons`],
    ]);
    expect(again.thread[2]?.form).toMatchObject({ formId: 'who', answers: [{ key: 'email', value: email }, {}, {}] });
    const { contactId } = await conversationState(stack, stack.conversationOf(again));
    const { items } = await stack.messaging.request(GetContacts, { ids: [contactId ?? ''] });
    expect(items[0]).toMatchObject({ email, displayName: 'Ann', emailVerified: false });
    await again.close();
  });

  test('names the field that is not right, and one that was never asked is none', async () => {
    const browser = stack.widget();
    await browser.connect();
    await browser.write('Hi');
    const refused: [string, string][] = [
      [fills(browser, { email: 'nobody', company: 'x' }), 'email'],
      [fills(browser, { email: 'ann@example.com', name: 'Ann' }), 'company'],
      [fills(browser, { email: 'ann@example.com', company: 'x', phone: '+33 1 23 45' }), 'phone'],
      [fills(browser, { email: 'ann@example.com', company: 'x' }, 'f_12'), 'formId'],
    ];
    for (const [clientId, field] of refused)
      await eventually(() => expect(browser.nacks).toContainEqual({ t: 'nack', clientId, code: 'invalid', field }));
    await browser.write('Nothing else was stored');
    await eventually(() =>
      expect(browser.thread.map(({ text }) => text)).toEqual(['Hi', 'Who are you?', 'Nothing else was stored']),
    );
    await browser.close();
  });

  test('is not asked of a customer whom the shop vouches for, from the first message on', async () => {
    const browser = stack.widget();
    await browser.connect();
    browser.transmit({ t: 'identify', jwt: signed('known@example.com', IDENTITY_SECRET) });
    await browser.write('Hi');
    await eventually(() => expect(browser.thread.map(({ text }) => text)).toEqual(['Hi', 'Thank you']));
    await browser.close();
  });
});

/** An identity as a shop's backend signs it, or as somebody else does. */
function signed(email: string, key: string, alg = 'HS256'): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg, typ: 'JWT' })}.${part({ sub: 'u_7', email, name: 'Ann', exp: Date.now() / 1000 + 300 })}`;
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
}

test('an identity that the site signed is passed on once the visitor has written; a forged one never', async () => {
  const told: DataOf<typeof ChatVisitorIdentified>[] = [];
  stack.messaging.subscribeLive(ChatVisitorIdentified, ({ data }) => told.push(data));
  await stack.messaging.connection.nats.flush();
  const browser = stack.widget();
  await browser.connect();
  browser.transmit({ t: 'identify', jwt: signed('eve@example.com', 'another secret that is just as long') });
  browser.transmit({ t: 'identify', jwt: signed('eve@example.com', IDENTITY_SECRET, 'none') });
  browser.transmit({ t: 'identify', jwt: signed('ann@example.com', IDENTITY_SECRET) });
  await browser.write('Hi');
  await eventually(() => expect(told.length).toBe(1));
  expect(told[0]).toMatchObject({
    origin: { visitorId: browser.visitor },
    externalId: 'u_7',
    email: 'ann@example.com',
    name: 'Ann',
  });
  await browser.write('more');
  expect(told.length).toBe(1);
  await browser.close();
});

test('whom a page says its visitor is goes ahead of the first message; who is somebody already is left alone', async () => {
  const told: DataOf<typeof ChatContactClaimed>[] = [];
  stack.messaging.subscribeLive(ChatContactClaimed, ({ data }) => told.push(data));
  await stack.messaging.connection.nats.flush();
  const browser = stack.widget();
  await browser.connect();
  browser.transmit({ t: 'contact', email: 'first@example.com' });
  browser.transmit({ t: 'contact', email: 'claimed@example.com', name: 'Claire' });
  browser.transmit({ t: 'contact', email: 'no address' });
  await browser.write('Hi');
  await eventually(() => expect(told).toHaveLength(1));
  expect(told[0]).toMatchObject({
    ...{ origin: { visitorId: browser.visitor }, email: 'claimed@example.com', name: 'Claire' },
    ...{ phone: null, company: null },
  });
  await browser.close();

  const again = stack.widget({ token: browser.token ?? '' });
  await again.connect();
  again.transmit({ t: 'contact', email: 'other@example.com' });
  await again.write('me again');
  expect(told).toHaveLength(1);
  await again.close();

  const vouched = stack.widget();
  await vouched.connect();
  vouched.transmit({ t: 'identify', jwt: signed('vouched@example.com', IDENTITY_SECRET) });
  vouched.transmit({ t: 'contact', email: 'other@example.com' });
  await vouched.write('Hi');
  expect(told).toHaveLength(1);
  await vouched.close();
});

test('where the bot speaks first, an open widget is greeted once, and its browser is somebody from then on', async () => {
  const { automation } = await stack.messaging.request(GetAutomation, { version: null });
  const save = (version: number, enabled: boolean) =>
    stack.messaging.request(SaveAutomation, {
      ...{ expectedVersion: version, by: stack.by },
      content: {
        ...{ enabled, botName: 'Robin', openingHours: null },
        trigger: { kind: 'PAGE_OPENED', urlContains: '/sizes' },
        steps: [{ id: 'hello', kind: 'message', text: 'Which size?' }],
      },
    });
  const saved = await save(automation?.version ?? 0, true);
  const elsewhere = stack.widget({ page: { url: `${SHOP}/hats` } });
  const browser = stack.widget({ page: { url: `${SHOP}/sizes/41` } });
  await Promise.all([elsewhere.connect(), browser.connect()]);
  // A gateway may go by the flow before for some seconds.
  await eventually(
    () => {
      elsewhere.transmit({ t: 'opened' });
      browser.transmit({ t: 'opened' });
      expect(browser.thread.map(({ author, text }) => [author.kind, text])).toEqual([['bot', 'Which size?']]);
    },
    { timeoutMs: 15_000, everyMs: 500 },
  );
  browser.transmit({ t: 'opened' });
  const ack = await browser.write('41');
  expect(ack).toMatchObject({ seq: 2, token: browser.token });
  expect(browser.thread.map(({ text }) => text)).toEqual(['Which size?', '41']);
  await elsewhere.write('no greeting here');
  expect(elsewhere.thread.map(({ text }) => text)).toEqual(['no greeting here']);
  await Promise.all([elsewhere.close(), browser.close()]);
  await save(saved.automation.version, false);
}, 30_000);

test('a stopping gateway says so, closes with 1012 and loses nothing that was on its way', async () => {
  const [stopping, other] = [stack.gateways[0], stack.urls[1] ?? ''];
  const browsers = Array.from({ length: 10 }, () => stack.widget({ urls: [stack.urls[0] ?? '', other], origin: SHOP }));
  await Promise.all(browsers.map((browser) => browser.connect()));
  await Promise.all(browsers.map((browser) => browser.write('before')));
  const stopped = stopping?.stop();
  const sent = browsers.map((browser) => Array.from({ length: 5 }, (_, n) => browser.send(`during ${String(n)}`)));
  await Promise.all(browsers.flatMap((browser, index) => (sent[index] ?? []).map((id) => browser.acked(id))));
  await stopped;
  for (const browser of browsers) {
    await eventually(() => expect(browser.closeCodes).toEqual([1012]));
    const draining = browser.frames.filter((frame) => frame.t === 'draining');
    expect(draining.length).toBe(1);
    expect((draining[0] as Extract<GatewayFrame, { t: 'draining' }>).retryAfterMs).toBeLessThanOrEqual(1_000);
    await eventually(() => expect(browser.welcomes.length).toBe(2));
    await browser.write('after');
    await browser.close();
    const again = stack.widget({ ...replica(1), token: browser.token ?? '' });
    await again.connect();
    expect(again.thread.map(({ text }) => text)).toEqual([
      'before',
      ...[0, 1, 2, 3, 4].map((n) => `during ${String(n)}`),
      'after',
    ]);
    await again.close();
  }
  const refused = connect(Number(new URL(stack.urls[0] ?? '').port), 'localhost');
  await new Promise((resolve) => refused.once('error', resolve));
}, 60_000);

test('visitors of a gateway that was killed are offline when its lease has expired', async () => {
  const browser = stack.widget({ ...replica(1), reconnects: false });
  await browser.connect();
  await browser.write('Hi');
  await eventually(() => expect(online(browser)).toEqual([true]));
  await stack.gateways[1]?.kill();
  await stack.gateways[1]?.restart();
  await eventually(() => expect(online(browser)).toEqual([true, false]), { timeoutMs: 60_000 });
}, 120_000);
