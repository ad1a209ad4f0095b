import { MessengerMessageReceived } from '@conversations/contracts';
import { eventually, startService } from '@conversations/testing';
import {
  APP,
  type ConnectorStack,
  deliver,
  deliveryOf,
  messageItem,
  PAGE,
  signatureOf,
  startConnector,
} from './connector-stack';

let stack: ConnectorStack;

beforeAll(async () => {
  stack = await startConnector();
}, 60_000);
afterAll(() => stack?.stop(), 60_000);

const textsTold = async () => (await stack.told(MessengerMessageReceived)).map(({ text }) => text);
const post = (body: Buffer, headers: Record<string, string>) =>
  fetch(stack.webhookUrl, { method: 'POST', headers, body: new Uint8Array(body) });

it('Meta’s subscription is answered with its challenge as text, whoever guesses the token gets 403 and nothing else', async () => {
  const ask = (token: string) =>
    fetch(`${stack.webhookUrl}?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=1158201444`);
  const right = await ask(APP.verifyToken);
  expect([right.status, await right.text()]).toEqual([200, '1158201444']);
  expect(right.headers.get('content-type')).toMatch(/^text\/plain/);
  for (const wrong of ['', 'x', `${APP.verifyToken}x`, APP.verifyToken.slice(1)]) {
    const refused = await ask(wrong);
    expect([refused.status, await refused.text()]).toEqual([403, '']);
  }
});

it('a signed message is answered with 200 and told, with its window by Meta’s time', async () => {
  const item = messageItem('Is the red one in stock?', { timestamp: Date.parse('2026-11-22T13:35:40Z') });
  expect(await deliver(stack.webhookUrl, deliveryOf([item]))).toBe(200);
  const [told] = await eventually(async () => {
    const found = (await stack.told(MessengerMessageReceived)).filter(({ text }) => text.startsWith('Is the red'));
    expect(found).toHaveLength(1);
    return found;
  });
  expect(told).toMatchObject({
    threadKey: 'messenger:104:24006789',
    direction: 'INBOUND',
    profile: { displayName: 'Facebook visitor 6789', pageId: PAGE.id, pageName: PAGE.name },
    window: { closesAt: '2026-11-23T13:35:40.000Z', humanAgentUntil: null },
    sentAt: '2026-11-22T13:35:40.000Z',
    media: 'READY',
    unsupported: false,
  });
});

describe('row 16: nothing is taken whose bytes Meta did not sign', () => {
  const body = Buffer.from(
    `{"object":"page","entry":[{"id":"104","time":1,"messaging":[{"sender":{"id":"1"},"recipient":{"id":"104"},"timestamp":1764000000000,"message":{"mid":"m_row16","text":"caf\\u00e9 \\/ 12"}}]}]}`,
  );
  const right = signatureOf(body, APP.secret);
  const changed = Buffer.from(body.toString().replace('12', '13'));
  const reencoded = Buffer.from(JSON.stringify(JSON.parse(body.toString())));
  const cases: [name: string, body: Buffer, headers: Record<string, string>][] = [
    ['a changed byte', changed, { 'x-hub-signature-256': right }],
    ['JSON that was read and written again', reencoded, { 'x-hub-signature-256': right }],
    ['no signature', body, {}],
    ['a short signature', body, { 'x-hub-signature-256': right.slice(0, -2) }],
    ['a signature without its name', body, { 'x-hub-signature-256': right.slice(7) }],
    ['an empty signature', body, { 'x-hub-signature-256': 'sha256=' }],
    ['a doubled signature', body, { 'x-hub-signature-256': `${right}, ${right}` }],
    ['only the old SHA-1 signature', body, { 'x-hub-signature': right.replace('sha256', 'sha1') }],
    ['upper case', body, { 'x-hub-signature-256': right.toUpperCase() }],
    ['another secret', body, { 'x-hub-signature-256': signatureOf(body, 'another') }],
    ['no body', Buffer.alloc(0), { 'x-hub-signature-256': right }],
  ];

  it.each(cases)('%s is answered with 401 and an empty body', async (_name, sent, headers) => {
    const response = await post(sent, { 'content-type': 'application/json', ...headers });
    expect([response.status, await response.text()]).toEqual([401, '']);
  });

  it('the same bytes with their signature are taken, escapes and all, whatever type they are said to have', async () => {
    for (const type of [
      'application/json',
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/json; charset=latin1',
    ]) {
      const response = await post(body, { 'content-type': type, 'x-hub-signature-256': right });
      expect([response.status, await response.text()]).toEqual([200, '']);
    }
    await eventually(async () => expect((await textsTold()).filter((text) => text === 'café / 12')).toHaveLength(1));
  });

  it('a replay stores nothing again', async () => {
    for (let replay = 0; replay < 3; replay += 1) {
      expect((await post(body, { 'x-hub-signature-256': right })).status).toBe(200);
    }
    expect(await stack.rows(`SELECT 1 FROM event WHERE key = 'm:m_row16'`)).toHaveLength(1);
    expect((await textsTold()).filter((text) => text === 'café / 12')).toHaveLength(1);
  });
});

it('a full delivery of 1,000 messages is taken whole, more than 2 MB is refused with 413', async () => {
  const items = Array.from({ length: 1_000 }, (_, index) => messageItem(`full ${index} ${'é'.repeat(80)}`));
  const body = Buffer.from(JSON.stringify(deliveryOf(items)));
  expect(body.length).toBeGreaterThan(280_000);
  expect(await deliver(stack.webhookUrl, body)).toBe(200);
  await eventually(async () =>
    expect((await textsTold()).filter((text) => text.startsWith('full '))).toEqual(
      items.map(({ message }) => (message as { text: string }).text),
    ),
  );
  expect(await deliver(stack.webhookUrl, Buffer.alloc(2 * 1024 * 1024 + 1, 32))).toBe(413);
}, 30_000);

it('an unknown page, another object and bytes that are no JSON are answered with 200, and counted', async () => {
  for (const body of [
    deliveryOf([messageItem('for a stranger')], '999'),
    { object: 'instagram', entry: [] },
    Buffer.from('not json'),
    Buffer.from('['.repeat(100_000)),
    [],
    null,
  ]) {
    expect(await deliver(stack.webhookUrl, body)).toBe(200);
  }
  expect(await textsTold()).not.toContain('for a stranger');
  const metrics = await (await fetch(stack.replicas[0]!.url('/metrics'))).text();
  expect(metrics).toMatch(/conversations_rejections_total\{limit="messenger-not-ours"[^}]*\} 6/);
});

it('an item that cannot be read is kept as it came and costs its neighbours nothing', async () => {
  const strange = [
    null,
    7,
    'text',
    [],
    {},
    { sender: 5 },
    { sender: { id: 'x' }, message: 'no object' },
    { message: { mid: {} } },
  ];
  const body = deliveryOf([messageItem('first neighbour'), ...strange, messageItem('last neighbour')]);
  expect(await deliver(stack.webhookUrl, body)).toBe(200);
  await eventually(async () =>
    expect(await textsTold()).toEqual(expect.arrayContaining(['first neighbour', 'last neighbour'])),
  );
  const kept = await stack.rows<{ unreadable: string }>(`SELECT unreadable FROM event WHERE kind = 'unrecognised'`);
  expect(kept.map(({ unreadable }) => unreadable).sort()).toEqual(strange.map((item) => JSON.stringify(item)).sort());
});

it('ids keep every digit: as numbers beyond 2^53, with a byte order mark before them', async () => {
  const body = Buffer.from(
    '\ufeff{"object":"page","entry":[{"id":104,"time":1,"messaging":[{"sender":{"id":98765432109876543210},"recipient":{"id":104},"timestamp":1764000000,"message":{"mid":"m_digits","text":"digits"}}]}]}',
  );
  expect(await deliver(stack.webhookUrl, body)).toBe(200);
  const told = await eventually(async () => {
    const found = (await stack.told(MessengerMessageReceived)).find(({ text }) => text === 'digits');
    expect(found).toBeDefined();
    return found!;
  });
  expect(told.threadKey).toBe('messenger:104:98765432109876543210');
  // Seconds are told from milliseconds.
  expect(told.sentAt).toBe(new Date(1_764_000_000_000).toISOString());
});

it('deliveries are taken and kept while the broker is down, and told when it is back', async () => {
  await stack.nats.kill();
  expect(await deliver(stack.webhookUrl, deliveryOf([messageItem('while the broker was down')]))).toBe(200);
  await stack.nats.restart();
  await eventually(async () => expect(await textsTold()).toContain('while the broker was down'), { timeoutMs: 20_000 });
}, 40_000);

it('while nothing can be stored the answer is 500, and Meta’s subscription is answered all the same', async () => {
  const other = await startConnector();
  try {
    await other.postgres.kill();
    expect(await deliver(other.webhookUrl, deliveryOf([messageItem('nobody stores this')]))).toBe(500);
    const response = await fetch(
      `${other.webhookUrl}?hub.mode=subscribe&hub.verify_token=${APP.verifyToken}&hub.challenge=up`,
    );
    expect([response.status, await response.text()]).toEqual([200, 'up']);
    await other.postgres.restart();
    await eventually(
      async () => expect(await deliver(other.webhookUrl, deliveryOf([messageItem('stored')]))).toBe(200),
      { timeoutMs: 20_000 },
    );
  } finally {
    await other.stop();
  }
}, 90_000);

it('the secret is changed at Meta without a lost delivery', async () => {
  const renew = (next: string, previous?: string) =>
    stack.configure({
      apps: [{ ...APP, secret: next, ...(previous === undefined ? {} : { previousSecret: previous }) }],
    });
  const old = () => deliver(stack.webhookUrl, deliveryOf([messageItem('signed with the old one')]), APP.secret);
  const fresh = () => deliver(stack.webhookUrl, deliveryOf([messageItem('signed with the new one')]), 'the-new-secret');
  expect([await old(), await fresh()]).toEqual([200, 401]);
  renew('the-new-secret', APP.secret);
  await eventually(async () => expect([await old(), await fresh()]).toEqual([200, 200]));
  renew('the-new-secret');
  await eventually(async () => expect(await old()).toBe(401));
  expect(await fresh()).toBe(200);
  stack.configure({});
  await eventually(async () => expect(await old()).toBe(200));
}, 40_000);

it('row 16: an app speaks for its own pages only; what it signs in the name of another app’s page is not taken', async () => {
  const other = { app: { ...APP, id: '901', secret: 'secret-of-the-other-app' }, page: { ...PAGE, id: '105' } };
  stack.configure({
    apps: [APP, other.app],
    pages: [
      { ...PAGE, app: APP.id },
      { ...other.page, app: other.app.id },
    ],
  });
  await eventually(async () => expect(await deliver(stack.webhookUrl, deliveryOf([]), other.app.secret)).toBe(200));
  const entry = (id: string, ...messaging: object[]) => ({ id, time: Date.now(), messaging });
  const mine = messageItem('for a page of its own');
  const theirs = messageItem('for a page of the other app', { recipient: { id: other.page.id } });
  const block = { recipient: { id: other.page.id }, timestamp: Date.now(), policy_enforcement: { action: 'block' } };
  const forged = { object: 'page', entry: [entry(other.page.id, theirs, block), entry(PAGE.id, mine)] };
  expect(await deliver(stack.webhookUrl, forged)).toBe(200);
  await eventually(async () => expect(await textsTold()).toContain('for a page of its own'));
  expect(await textsTold()).not.toContain('for a page of the other app');
  const pages = () => stack.rows('SELECT health FROM page WHERE id = $1', [other.page.id]);
  expect(await pages()).toEqual([{ health: 'OK' }]);
  // The forgery has not taken the place of the event itself.
  const genuine = { object: 'page', entry: [entry(other.page.id, theirs)] };
  expect(await deliver(stack.webhookUrl, genuine, other.app.secret)).toBe(200);
  await eventually(async () => expect(await textsTold()).toContain('for a page of the other app'));
  stack.configure({});
  await eventually(async () => expect(await deliver(stack.webhookUrl, genuine, other.app.secret)).toBe(401));
}, 30_000);

it('an event is known for 8 days, what could not be read is kept for 30, then both are forgotten', async () => {
  const ages = [7, 9, 29, 31];
  const items = ages.flatMap((age) => [
    messageItem(`read ${age} days ago`, { message: { mid: `m_old_${age}`, text: 'old' } }),
    { odd: `not read ${age} days ago` },
  ]);
  expect(await deliver(stack.webhookUrl, deliveryOf(items))).toBe(200);
  for (const age of ages) {
    await stack.rows(
      `UPDATE event SET received_at = now() - $1::int * interval '1 day'
       WHERE key = 'm:m_old_' || $1::int OR unreadable LIKE '%not read ' || $1::int || ' days ago%'`,
      [age],
    );
  }
  const file = (key: string, age: number) =>
    stack.rows(
      `WITH message AS (INSERT INTO media_message (target_key, page_id, person_id, settled) VALUES ($1, '104', '1', true) RETURNING target_key)
       INSERT INTO media_file (id, target_key, place, url, state, try_at)
       SELECT $1, target_key, 0, '', 'stored', now() - $2 * interval '1 day' FROM message`,
      [key, age],
    );
  await Promise.all([file('file of 29 days', 29), file('file of 31 days', 31)]);
  // It looks at its start, and then once an hour.
  await stack.replicas[0]!.restart();
  const kept = async () => {
    const events = await stack.rows<{ name: string }>(
      `SELECT coalesce(substring(unreadable FROM 'not read [0-9]+'), substring(key FROM 'm_old_[0-9]+')) AS name FROM event`,
    );
    const files = await stack.rows<{ name: string }>('SELECT target_key AS name FROM media_message');
    return [...events, ...files].flatMap(({ name }) => name ?? []).sort();
  };
  await eventually(async () =>
    expect(await kept()).toEqual(['file of 29 days', 'm_old_7', 'not read 29', 'not read 7', 'not read 9']),
  );
}, 40_000);

it.each([
  ['an app without a secret', { apps: [{ ...APP, secret: '' }] }],
  ['a page of an app that is not there', { pages: [{ ...PAGE, app: '901' }] }],
])(
  'with %s the service does not start',
  async (_name, config) => {
    const env = stack.replicas[0]!.env;
    stack.configure(config);
    const start = startService('messenger-connector', { ...env, MANAGEMENT_PORT: '0', MESSENGER_CONNECTOR_PORT: '0' });
    await expect(start).rejects.toThrow(/ended while starting/);
    stack.configure({});
  },
  60_000,
);
