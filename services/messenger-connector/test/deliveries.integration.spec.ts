import { MessengerMessageReceived } from '@conversations/contracts';
import { eventually } from '@conversations/testing';
import { type ConnectorStack, deliver, startConnector } from './connector-stack';

const PAGES = ['7700201', '7700202', '7700203'];
const AT = Date.parse('2026-11-22T13:35:40Z');

let stack: ConnectorStack;

beforeAll(async () => {
  stack = await startConnector({
    replicas: 2,
    config: { pages: PAGES.map((id) => ({ id, name: `Page ${id}`, token: `token of ${id}` })) },
  });
}, 60_000);
afterAll(() => stack?.stop(), 60_000);

let random = 7;
const dice = () => (random = (random * 48_271) % 2_147_483_647) / 2_147_483_647;
const shuffled = <T>(items: T[]): T[] =>
  items
    .map((item) => ({ item, at: dice() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
const text = (psid: string, pageId: string, mid: string, given: object = {}) => ({
  sender: { id: psid },
  recipient: { id: pageId },
  timestamp: AT,
  message: { mid, text: mid },
  ...given,
});
const toldOf = async (prefix: string) =>
  (await stack.told(MessengerMessageReceived)).filter(({ text: said }) => said.startsWith(prefix));

it('several messages of an entry, several pages of a delivery, standby beside messaging: each is stored exactly once', async () => {
  const entry = PAGES.map((pageId) => ({
    id: pageId,
    time: AT,
    messaging: Array.from({ length: 5 }, (_, index) => text(`${index % 2}`, pageId, `composed-${pageId}-${index}`)),
    standby: [text('9', pageId, `composed-${pageId}-standby`), text('0', pageId, `composed-${pageId}-0`)],
  }));
  expect(await deliver(stack.webhookUrl, { object: 'page', entry })).toBe(200);
  await eventually(async () => {
    const told = await toldOf('composed-');
    expect(told.map(({ profile, text: said }) => [profile.pageId, said]).sort()).toEqual(
      PAGES.flatMap((id) => [0, 1, 2, 3, 4, 'standby'].map((index) => [id, `composed-${id}-${index}`])).sort(),
    );
  });
});

it('1,000 events of one delivery, with strangers among them, come once each and in their order', async () => {
  const items = Array.from({ length: 1_000 }, (_, index) =>
    index % 100 === 50 ? { odd: index } : text(`${index % 7}`, '7700201', `thousand-${index}`),
  );
  const body = {
    object: 'page',
    entry: [
      { id: '7700201', time: AT, messaging: items },
      { id: '999', time: AT, messaging: [text('1', '999', 'thousand-stranger')] },
    ],
  };
  const statuses = await Promise.all([0, 1, 0].map((replica) => deliver(stack.webhookUrls[replica] ?? '', body)));
  expect(statuses).toEqual([200, 200, 200]);
  await eventually(
    async () => {
      const told = (await toldOf('thousand-')).map(({ text: said }) => said);
      expect(told).toEqual(items.flatMap((item) => ('message' in item ? [item.message.text] : [])));
    },
    { timeoutMs: 20_000 },
  );
}, 60_000);

/** What can happen in a thread, as deliveries of one item each. */
const story = (pageId: string) => {
  const from = { sender: { id: '55' }, recipient: { id: pageId } };
  const items: object[] = [
    ...Array.from({ length: 6 }, (_, index) => text('55', pageId, `story-${index}`, { timestamp: AT + index * 1_000 })),
    { ...from, timestamp: AT + 7_000, message_edit: { mid: 'story-1', text: 'edited', num_edit: 1 } },
    { ...from, timestamp: AT + 8_000, reaction: { mid: 'story-2', action: 'react', emoji: '❤' } },
    { ...from, timestamp: AT + 8_500, reaction: { mid: 'story-2', action: 'unreact' } },
    { ...from, timestamp: AT + 9_000, message: { mid: 'story-3', is_deleted: true } },
    { ...from, delivery: { mids: ['x'], watermark: AT + 4_000 } },
    { ...from, timestamp: AT + 9_500, read: { watermark: AT + 5_000 } },
    { ...from, timestamp: AT + 10_000, postback: { title: 'story-postback', payload: 'P' } },
    { ...from, timestamp: AT + 11_000, referral: { source: 'SHORTLINK', ref: 'r' } },
    {
      sender: { id: pageId },
      recipient: { id: '55' },
      timestamp: AT + 12_000,
      message: { mid: 'story-echo', is_echo: true, app_id: 263902037430900, text: 'story-echo' },
    },
    { ...from, timestamp: AT + 13_000, optin: { ref: 'x' } },
    { ...from, timestamp: AT + 14_000, hologram: {} },
  ];
  return items.map((item) => ({ object: 'page', entry: [{ id: pageId, time: AT, messaging: [item] }] }));
};

/** All that is left of a page's deliveries, but for what differs from one run to the next: ids, times of receipt and order. */
async function stateOf(pageId: string): Promise<unknown> {
  const events = await stack.rows<{ key: string; kind: string }>(
    `SELECT regexp_replace(key, '[0-9a-f]{32}$', '') AS key, kind FROM event WHERE page_id = $1 AND key NOT LIKE 'm:composed-%' ORDER BY 1, 2`,
    [pageId],
  );
  const people = await stack.rows(
    `SELECT person_id, opened_at, delivered_at, seen_at FROM person WHERE page_id = $1 AND person_id = '55'`,
    [pageId],
  );
  const outbox = await stack.rows<{ subject: string; body: string }>(
    `SELECT subject, body FROM outbox WHERE key = $1 AND stream_seq IS NOT NULL`,
    [`messenger:${pageId}:55`],
  );
  const told = outbox.map(({ subject, body }) => {
    const { data } = JSON.parse(body) as { data: Record<string, unknown> };
    // The window that a message tells of is the widest that was known when it came.
    const { messageId: _id, receivedAt: _at, window: _window, profile: _profile, ...rest } = data;
    return `${subject.split('.').slice(1, 3).join('.')} ${JSON.stringify(rest)
      .replaceAll(pageId, 'PAGE')
      .replaceAll(/[0-9a-f]{32}/g, 'HASH')}`;
  });
  return { events, people, told: told.sort() };
}

it('each delivery five times, shuffled, over two replicas, leaves the same as once and in order', async () => {
  for (const body of story('7700202')) expect(await deliver(stack.webhookUrl, body)).toBe(200);
  const bodies = shuffled(Array.from({ length: 5 }, () => story('7700203')).flat());
  const statuses: number[] = [];
  for (let at = 0; at < bodies.length; at += 10) {
    const round = bodies.slice(at, at + 10).map((body, index) => deliver(stack.webhookUrls[index % 2] ?? '', body));
    statuses.push(...(await Promise.all(round)));
  }
  expect(new Set(statuses)).toEqual(new Set([200]));
  await eventually(async () => expect(await stack.rows('SELECT 1 FROM outbox WHERE stream_seq IS NULL')).toEqual([]));
  const once = JSON.parse(JSON.stringify(await stateOf('7700202'))) as { told: unknown[]; events: unknown[] };
  expect(once.told).toHaveLength(13);
  expect(once.events).toHaveLength(17);
  expect(JSON.parse(JSON.stringify(await stateOf('7700203')))).toEqual(once);
}, 60_000);
