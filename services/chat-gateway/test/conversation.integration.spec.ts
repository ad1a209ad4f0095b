import {
  CompleteConversation,
  ListConversations,
  MarkConversationUnread,
  ReadConversation,
  Typing,
  type GatewayFrame,
} from '@conversations/contracts';
import { eventually } from '@conversations/testing';
import { conversationState, startChat, type ChatStack } from './chat-stack';

let stack: ChatStack;
beforeAll(async () => {
  stack = await startChat({ gateways: 2 });
}, 60_000);
afterAll(() => stack.stop());

const framesOf = <T extends GatewayFrame['t']>(frames: GatewayFrame[], t: T) =>
  frames.filter((frame): frame is Extract<GatewayFrame, { t: T }> => frame.t === t);
const texts = (browser: { thread: { text: string }[] }) => browser.thread.map(({ text }) => text);

/** A browser whose visitor has written once, and that knows its conversation. */
async function writer(text = 'Hi') {
  const first = stack.widget();
  await first.connect();
  await first.write(text);
  await first.close();
  const browser = stack.widget({ token: first.token ?? '' });
  await browser.connect();
  return { browser, conversationId: stack.conversationOf(browser) };
}

const allConversations = async () => {
  const filter = {
    status: null,
    unread: null,
    channels: null,
    contactId: null,
    visitorIds: null,
    assignment: null,
    assigneeId: null,
    waitingForReply: null,
    search: null,
  };
  const { pages } = await stack.messaging.request(ListConversations, {
    pages: [{ filter, first: 100, after: null, count: false }],
  });
  return pages[0]?.items ?? [];
};

test('a hello without a message creates nothing; the first ack means stored and brings visitor and token', async () => {
  const before = (await allConversations()).length;
  const browser = stack.widget();
  const welcome = await browser.connect();
  expect(welcome).toMatchObject({ visitor: null, thread: null, messages: [], reset: false, hasMore: false });
  expect((await allConversations()).length).toBe(before);

  const ack = await browser.write('Hi, is this in stock?');
  expect(ack).toMatchObject({ seq: 1, visitor: browser.visitor, token: browser.token });
  expect(ack.token).toBe(welcome.token);
  expect((await allConversations()).length).toBe(before + 1);
  await browser.close();

  const again = stack.widget({ token: browser.token ?? '' });
  await again.connect();
  expect(texts(again)).toEqual(['Hi, is this in stock?']);
  await again.close();
});

test('the agent’s answer is pushed, a receipt follows reading, and the answer is there after a reload', async () => {
  const { browser, conversationId } = await writer();
  await stack.reply(conversationId, 'Yes, in all sizes');
  await eventually(() => expect(texts(browser)).toEqual(['Hi', 'Yes, in all sizes']));
  expect(browser.thread[1]).toEqual({
    seq: 2,
    id: browser.thread[1]?.id,
    author: { kind: 'agent', name: 'Amélie' },
    channel: 'chat',
    text: 'Yes, in all sizes',
    attachments: [],
    clientId: null,
    at: browser.thread[1]?.at,
  });
  await browser.write('Thank you');
  await stack.messaging.request(ReadConversation, { conversationId, by: stack.by });
  await eventually(() => expect(framesOf(browser.frames, 'receipt').at(-1)).toEqual({ t: 'receipt', agentReadSeq: 3 }));
  await browser.close();

  const again = stack.widget({ token: browser.token ?? '' });
  const welcome = await again.connect();
  expect(texts(again)).toEqual(['Hi', 'Yes, in all sizes', 'Thank you']);
  expect(welcome.thread).toEqual({ id: conversationId, state: 'open', seq: 3, agentReadSeq: 3 });
  await again.close();
});

test('a new message on a completed conversation opens the same conversation again, unread', async () => {
  const { browser, conversationId } = await writer();
  await stack.messaging.request(CompleteConversation, { conversationId, by: stack.by });
  await eventually(() => expect(framesOf(browser.frames, 'thread')).toEqual([{ t: 'thread', state: 'completed' }]));
  const ack = await browser.write('One more thing');
  expect(ack.seq).toBe(2);
  await eventually(() => expect(framesOf(browser.frames, 'thread').at(-1)).toEqual({ t: 'thread', state: 'open' }));
  expect(await conversationState(stack, conversationId)).toMatchObject({ status: 'OPEN', unread: true });
  await browser.close();
});

test('two tabs on two replicas stay in step: an own message is acked in one and shown in the other', async () => {
  const { browser } = await writer();
  const [one = '', two = ''] = stack.urls;
  const left = stack.widget({ urls: [one], origin: one, token: browser.token ?? '' });
  const right = stack.widget({ urls: [two], origin: two, token: browser.token ?? '' });
  await Promise.all([left.connect(), right.connect()]);
  const clientId = left.send('from the left');
  await left.acked(clientId);
  await eventually(() => expect(right.thread.at(-1)).toMatchObject({ seq: 2, text: 'from the left', clientId }));
  expect(framesOf(left.frames, 'msg')).toEqual([]);
  await right.write('from the right');
  await eventually(() => expect(left.messages.get(3)?.text).toBe('from the right'));
  await Promise.all([browser, left, right].map((tab) => tab.close()));
});

test('the same message sent twice, also over another replica, is stored once and gets the same ack', async () => {
  const { browser } = await writer();
  const [one = '', two = ''] = stack.urls;
  const clientId = crypto.randomUUID();
  const tabs = [one, two, one].map((url) => stack.widget({ urls: [url], origin: url, token: browser.token ?? '' }));
  await Promise.all(tabs.map((tab) => tab.connect()));
  tabs.forEach((tab) => tab.send('twice', clientId));
  const acks = await Promise.all(tabs.map((tab) => tab.acked(clientId)));
  const late = await (async () => {
    tabs[0]?.send('twice', clientId);
    return tabs[0]?.acked(clientId);
  })();
  expect(new Set([...acks, late].map((ack) => ack?.id)).size).toBe(1);
  expect(acks[0]?.seq).toBe(2);
  expect((await stack.thread(stack.conversationOf(browser))).length).toBe(2);
  await Promise.all([browser, ...tabs].map((tab) => tab.close()));
});

test('a browser that was away resumes where it stopped; one that is far behind begins again with the newest page', async () => {
  const { browser, conversationId } = await writer('1');
  await browser.close();
  for (let n = 2; n <= 4; n += 1) await stack.reply(conversationId, String(n));
  const near = stack.widget({ token: browser.token ?? '', lastSeq: 2 });
  const welcome = await near.connect();
  expect(welcome.messages.map(({ seq }) => seq)).toEqual([3, 4]);
  expect(welcome.reset).toBe(false);

  for (let n = 5; n <= 206; n += 1) await stack.reply(conversationId, String(n));
  const far = stack.widget({ token: browser.token ?? '', lastSeq: 2 });
  const reset = await far.connect();
  expect(reset).toMatchObject({ reset: true, hasMore: true });
  expect(reset.messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, n) => 157 + n));

  const older = await fetch(`${stack.urls[0] ?? ''}/widget/v1/messages?site=site_demo&before=157`, {
    headers: { authorization: `Bearer ${browser.token ?? ''}` },
  });
  const page = (await older.json()) as { messages: { seq: number }[]; hasMore: boolean };
  expect(page.messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, n) => 107 + n));
  expect(page.hasMore).toBe(true);
  await eventually(() => expect(near.thread.length).toBe(204));
  await Promise.all([near.close(), far.close()]);
}, 60_000);

test('typing goes both ways, at most every three seconds, and stops when told', async () => {
  const { browser, conversationId } = await writer();
  const heard: boolean[] = [];
  const unsubscribe = stack.messaging.subscribeLive(Typing, ({ data }) => {
    if (data.conversationId === conversationId && data.author.kind === 'visitor') heard.push(data.on);
  });
  await stack.messaging.request(MarkConversationUnread, { conversationId, by: stack.by });
  for (let n = 0; n < 5; n += 1) browser.transmit({ t: 'typing', on: true });
  browser.transmit({ t: 'typing', on: false });
  browser.transmit({ t: 'typing', on: false });
  await eventually(() => expect(heard).toEqual([true, false]));
  unsubscribe();

  stack.messaging.publishLive(Typing, conversationId, {
    conversationId,
    visitorId: browser.visitor,
    author: { kind: 'agent', id: stack.by.id, name: stack.by.name },
    on: true,
  });
  await eventually(() =>
    expect(framesOf(browser.frames, 'typing')).toEqual([{ t: 'typing', on: true, author: { name: 'Amélie' } }]),
  );
  await browser.close();
});
