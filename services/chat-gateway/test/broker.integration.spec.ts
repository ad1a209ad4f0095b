import { GetAutomation, Reply, SaveAutomation } from '@conversations/contracts';
import { eventually, mintVisitorToken, visitorIdOf } from '@conversations/testing';
import { SHOP, startChat, type ChatStack } from './chat-stack';

let stack: ChatStack;
beforeAll(async () => {
  stack = await startChat({ gateways: 2 });
}, 60_000);
afterAll(() => stack.stop());

const texts = (messages: { text: string }[]) => messages.map(({ text }) => text);
const numbered = (count: number, word = 'message') => Array.from({ length: count }, (_, n) => `${word} ${String(n)}`);

async function conversationOf(token: string): Promise<string> {
  const browser = stack.widget({ token });
  await browser.connect();
  await browser.close();
  return stack.conversationOf(browser);
}

test('fifty parallel first messages of one visitor over two gateways are one conversation, positions 1 to 50', async () => {
  const token = mintVisitorToken(stack.gateways[0]?.env['CHAT_TOKEN_SECRET'] ?? '', 'site_demo');
  const tabs = Array.from({ length: 50 }, (_, n) =>
    stack.widget({ token, urls: [stack.urls[n % 2] ?? ''], origin: SHOP }),
  );
  await Promise.all(tabs.map((tab) => tab.connect()));
  // One after the other: the last ones wait for all before them.
  const acks = await Promise.all(tabs.map((tab, n) => tab.write(`first ${String(n)}`, { timeoutMs: 45_000 })));
  expect(acks.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
  expect(tabs[0]?.visitor).toBe(visitorIdOf(token));
  for (const tab of tabs) await eventually(() => expect(tab.lastSeq + tab.acks.size).toBeGreaterThanOrEqual(50));
  await Promise.all(tabs.map((tab) => tab.close()));
  expect((await stack.thread(await conversationOf(token))).length).toBe(50);
}, 60_000);

test('while the broker is away sockets stay open, and acks come late but come, in order', async () => {
  const browser = stack.widget({ inFlight: 5 });
  await browser.connect();
  await browser.write('before');
  await stack.nats.kill();
  const sent = numbered(5, 'while away').map((text) => browser.send(text));
  await stack.nats.restart();
  const acks = await Promise.all(sent.map((id) => browser.acked(id, { timeoutMs: 30_000 })));
  expect(acks.map(({ seq }) => seq)).toEqual([2, 3, 4, 5, 6]);
  expect(browser.closeCodes).toEqual([]);
  const id = await conversationOf(browser.token ?? '');
  await stack.reply(id, 'the answer');
  await eventually(() => expect(browser.messages.get(7)?.text).toBe('the answer'));
  expect(texts(await stack.thread(id))).toEqual(['before', ...numbered(5, 'while away'), 'the answer']);
  await browser.close();
}, 60_000);

test('a wiped broker loses and doubles nothing, and the sockets resynchronise by themselves', async () => {
  const browser = stack.widget({ inFlight: 3 });
  await browser.connect();
  await browser.write('before');
  const id = await conversationOf(browser.token ?? '');
  const sent = numbered(20).map((text) => browser.send(text));
  await browser.acked(sent[3] ?? '');
  await stack.nats.wipe();
  await stack.nats.restart();
  await Promise.all(sent.map((clientId) => browser.acked(clientId, { timeoutMs: 45_000 })));
  const answer = { conversationId: id, by: stack.by, channel: 'chat' as const, text: 'the answer' };
  const clientMessageId = crypto.randomUUID();
  await eventually(
    () => stack.messaging.request(Reply, { ...answer, clientMessageId, attachmentIds: [], complete: false }),
    { timeoutMs: 30_000 },
  );
  await eventually(() => expect(browser.messages.get(22)?.text).toBe('the answer'), { timeoutMs: 20_000 });
  expect(texts(await stack.thread(id))).toEqual(['before', ...numbered(20), 'the answer']);
  expect(browser.frames.filter((frame) => frame.t === 'msg').length).toBe(1);
  expect(browser.closeCodes).toEqual([]);
  await browser.close();
}, 120_000);

test('while conversation is away a hello waits for its history and messages for their ack', async () => {
  const browser = stack.widget();
  await browser.connect();
  await browser.write('before');
  await stack.conversation.kill();
  const clientId = browser.send('while away');
  const returning = stack.widget({ token: browser.token ?? '', inFlight: 2 });
  const connecting = returning.connect();
  const restarted = stack.conversation.restart();
  const welcome = await connecting;
  await restarted;
  expect(welcome.thread?.seq).toBeGreaterThanOrEqual(1);
  expect((await browser.acked(clientId, { timeoutMs: 30_000 })).seq).toBe(2);
  await Promise.all([browser.close(), returning.close()]);
}, 60_000);

test('a widget that is opened while conversation is away is greeted once that is back', async () => {
  const { automation } = await stack.messaging.request(GetAutomation, { version: null });
  const save = (expectedVersion: number, enabled: boolean) =>
    stack.messaging.request(SaveAutomation, {
      ...{ expectedVersion, by: stack.by },
      content: {
        ...{ enabled, botName: 'Robin', openingHours: null },
        trigger: { kind: 'PAGE_OPENED', urlContains: '/sizes' },
        steps: [{ id: 'hello', kind: 'message', text: 'Which size?' }],
      },
    });
  const saved = await save(automation?.version ?? 0, true);
  const browser = stack.widget({ page: { url: `${SHOP}/sizes/41` } });
  await browser.connect();
  await stack.conversation.kill();
  browser.transmit({ t: 'opened' });
  await stack.conversation.restart();
  await eventually(() => expect(browser.thread.map(({ text }) => text)).toEqual(['Which size?']));
  await browser.close();
  await save(saved.automation.version, false);
}, 60_000);

test('random kills of gateways and dropped sockets lose, double and reorder nothing in either direction', async () => {
  const browser = stack.widget({ inFlight: 4, origin: SHOP });
  await browser.connect();
  await browser.write('message 0');
  const id = await conversationOf(browser.token ?? '');
  const count = 120;
  const sent = Array.from({ length: count - 1 }, (_, n) => browser.send(`message ${String(n + 1)}`));
  let done = false;
  let rounds = 0;
  const killing = (async () => {
    for (; !done; rounds += 1) {
      const victim = stack.gateways[rounds % 2];
      await victim?.kill();
      await victim?.restart();
      browser.drop();
    }
  })();
  const answering = (async () => {
    for (let n = 0; n < count; n += 1) {
      // However long a start takes: both were killed before all is over.
      if (n === count - 1) await eventually(() => expect(rounds).toBeGreaterThan(1), { timeoutMs: 60_000 });
      const clientMessageId = crypto.randomUUID();
      const input = { conversationId: id, by: stack.by, channel: 'chat' as const, text: `answer ${String(n)}` };
      await eventually(() =>
        stack.messaging.request(Reply, { ...input, clientMessageId, attachmentIds: [], complete: false }),
      );
    }
  })();
  await answering;
  await Promise.all(sent.map((clientId) => browser.acked(clientId, { timeoutMs: 90_000 })));
  done = true;
  await killing;
  const stored = await stack.thread(id);
  expect(texts(stored.filter(({ direction }) => direction === 'INBOUND'))).toEqual(numbered(count));
  expect(texts(stored.filter(({ direction }) => direction === 'OUTBOUND'))).toEqual(numbered(count, 'answer'));
  expect(stored.map(({ position }) => position)).toEqual(Array.from({ length: 2 * count }, (_, n) => n + 1));
  const seen = () => texts(browser.thread.filter(({ author }) => author.kind === 'agent'));
  await eventually(() => expect(seen()).toEqual(numbered(count, 'answer')), { timeoutMs: 30_000 });
  const shownOnce = browser.frames.flatMap((frame) => (frame.t === 'msg' ? [frame.m.seq] : []));
  expect(new Set(shownOnce).size).toBe(shownOnce.length);
  expect(browser.closeCodes.length).toBeGreaterThan(2);
  await browser.close();
}, 180_000);
