import { randomUUID } from 'node:crypto';
import { eventually, mintVisitorToken } from '@conversations/testing';
import { hello, openSocket, startChat, type BareSocket, type ChatStack } from './chat-stack';

let stack: ChatStack;
let url: string;
beforeAll(async () => {
  stack = await startChat({
    env: {
      CHAT_LIMIT_SOCKETS_PER_ADDRESS: '6',
      CHAT_LIMIT_UPGRADES_PER_MINUTE: '40',
      CHAT_LIMIT_NEW_VISITORS_PER_HOUR: '2',
      CHAT_LIMIT_SOCKETS_PER_VISITOR: '3',
      CHAT_TRUSTED_PROXIES: '127.0.0.1,::1',
      CHAT_MAX_TEXT: '100',
    },
  });
  url = stack.urls[0] ?? '';
}, 60_000);
afterAll(() => stack.stop());

const from = (address: string) => ({ headers: { 'X-Forwarded-For': address } });
const leave = async (sockets: BareSocket[]) => {
  for (const { ws } of sockets) ws.close();
  await Promise.all(sockets.map(({ closed }) => closed));
};

test('security row 21: one address holds so many sockets and no more, another is not concerned', async () => {
  const sockets = await Promise.all(Array.from({ length: 6 }, () => openSocket(url, from('198.51.100.1'))));
  await expect(openSocket(url, from('198.51.100.1'))).rejects.toThrow('429');
  const other = await openSocket(url, from('198.51.100.2'));
  await leave([sockets[0] as BareSocket]);
  await eventually(async () => leave([await openSocket(url, from('198.51.100.1'))]));
  await leave([...sockets.slice(1), other]);
});

test('security row 21: the addresses of one IPv6 network count as one', async () => {
  const sockets = await Promise.all(
    Array.from({ length: 6 }, (_, n) => openSocket(url, from(`2001:db8:0:7::${String(n + 1)}`))),
  );
  await expect(openSocket(url, from('2001:db8:0:7:ffff::1'))).rejects.toThrow('429');
  await leave([...sockets, await openSocket(url, from('2001:db8:0:8::1'))]);
});

test('security row 21: upgrades in a minute are limited', async () => {
  const begun = Date.now();
  let opened = 0;
  let refused = 0;
  while (refused < 3) {
    try {
      await leave([await openSocket(url, from('198.51.100.3'))]);
      opened += 1;
    } catch (error) {
      expect(String(error)).toContain('429');
      refused += 1;
    }
  }
  expect(opened).toBeGreaterThanOrEqual(40);
  // After the burst one more is allowed each second and a half.
  expect(opened).toBeLessThanOrEqual(40 + (Date.now() - begun) / 1_500);
});

test('the eleventh tab of a visitor is too many: 4009', async () => {
  const token = mintVisitorToken(stack.gateways[0]?.env['CHAT_TOKEN_SECRET'] ?? '', 'site_demo');
  const tabs: BareSocket[] = [];
  for (let n = 0; n < 3; n += 1) {
    const tab = await openSocket(url, from('198.51.100.4'));
    tab.send(hello({ token }));
    tabs.push(tab);
  }
  await eventually(() => expect(tabs.map(({ frames }) => frames[0]?.t)).toEqual(['welcome', 'welcome', 'welcome']));
  const extra = await openSocket(url, from('198.51.100.4'));
  extra.send(hello({ token }));
  expect(await extra.closed).toBe(4009);
  await leave(tabs);
});

test('an address makes so many new visitors an hour; who has written before is not concerned', async () => {
  const write = async (token: string | null, text: string) => {
    const socket = await openSocket(url, from('198.51.100.5'));
    const clientId = randomUUID();
    socket.send(hello({ token }));
    socket.send({ t: 'send', clientId, text });
    const answer = await eventually(() => {
      const found = socket.frames.find((frame) => frame.t === 'ack' || frame.t === 'nack');
      if (found === undefined) throw new Error('no answer');
      return found;
    });
    await leave([socket]);
    return answer;
  };
  const first = await write(null, 'one');
  expect(first.t).toBe('ack');
  expect((await write(null, 'two')).t).toBe('ack');
  const third = await write(null, 'three');
  expect(third).toMatchObject({ t: 'nack', code: 'rate_limited' });
  // Half an hour, counted from the first one.
  const wait = third.t === 'nack' ? third.retryAfter : undefined;
  expect(wait).toBeLessThanOrEqual(1_800);
  expect(wait).toBeGreaterThan(1_700);
  expect((await write(first.t === 'ack' ? (first.token ?? null) : null, 'again')).t).toBe('ack');
  expect(await write(null, 'x'.repeat(101))).toMatchObject({ t: 'nack', code: 'too_long' });
});
