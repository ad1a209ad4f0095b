import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ListMessengerChannels, MessengerDeliveryChanged, MessengerPageChanged } from '@conversations/contracts';
import { eventually } from '@conversations/testing';
import { PAGE } from './connector-stack';
import { type SimulatedStack, startSimulated } from './simulated-stack';

let stack: SimulatedStack;

beforeAll(async () => {
  const env = { MESSENGER_PUBLIC_URL: 'https://hooks.example.test/meta/' };
  stack = await startSimulated({ behaviour: { deliveryMs: 20 }, humanAgent: true, env, timeoutSeconds: 6 });
}, 90_000);
afterEach(() => {
  stack?.simulator.faults.disarm();
  stack?.simulator.world.clock.reset();
});
afterAll(() => stack?.stop(), 60_000);

const health = async () =>
  (await stack.messaging.request(ListMessengerChannels, {})).channels.find(({ id }) => id === `page:${PAGE.id}`)!;
const statesOf = async (messageId: string) =>
  (await stack.told(MessengerDeliveryChanged)).filter((one) => one.messageId === messageId).map(({ state }) => state);

it('a reply arrives, and is reported sent, delivered and seen, each once', async () => {
  const psid = await stack.customer();
  const id = await stack.reply(psid, 'Yes, in all sizes.');
  await stack.reported(id, 'DELIVERED');
  expect(stack.received(psid)).toEqual(['Yes, in all sizes.']);
  await stack.simulator.customers.read(psid);
  await stack.reported(id, 'SEEN');
  const states = await statesOf(id);
  expect(new Set(states).size).toBe(states.length);
});

it('replies of one thread arrive in their order, also while Facebook fails now and then', async () => {
  const psid = await stack.customer();
  stack.simulator.faults.arm({ kind: 'server-error', status: 500, share: 0.4, times: 6 });
  const texts = Array.from({ length: 12 }, (_, index) => `line ${index}`);
  const ids: string[] = [];
  for (const text of texts) ids.push(await stack.reply(psid, text));
  for (const id of ids) await stack.reported(id, 'SENT');
  expect(stack.received(psid)).toEqual(texts);
}, 60_000);

it('an order that comes twice is sent once', async () => {
  const psid = await stack.customer();
  const id = await stack.reply(psid, 'Once');
  await stack.reported(id, 'SENT');
  await stack.reply(psid, 'Once', { messageId: id });
  const after = await stack.reply(psid, 'After');
  await stack.reported(after, 'SENT');
  expect(stack.received(psid)).toEqual(['Once', 'After']);
});

it('a file goes as its bytes, after the text', async () => {
  const psid = await stack.customer();
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const random = randomBytes(32).toString('hex');
  const storageKey = `${random.slice(0, 2)}/${random.slice(2)}`;
  mkdirSync(dirname(join(stack.blobFolder, storageKey)), { recursive: true });
  writeFileSync(join(stack.blobFolder, storageKey), png);
  const attachments = [
    {
      id: `up_${random.slice(0, 32)}`,
      filename: 'red.png',
      contentType: 'image/png',
      byteSize: png.length,
      storageKey,
    },
  ];
  const id = await stack.reply(psid, 'Here it is', { attachments });
  await stack.reported(id, 'SENT');
  const sent = stack.simulator.world.thread(psid).filter(({ from }) => from === 'page');
  expect(sent.map(({ text, attachments: files }) => [text, files.length])).toEqual([
    ['Here it is', 0],
    ['', 1],
  ]);
  expect(sent[1]?.attachments[0]).toMatchObject({
    kind: 'media',
    media: { type: 'image', fileName: 'red.png', bytes: png },
  });

  const lost = await stack.reply(psid, '', {
    attachments: [{ ...attachments[0]!, storageKey: `00/${'0'.repeat(62)}` }],
  });
  expect(await stack.reported(lost, 'FAILED')).toMatchObject({ failureCode: 'PAYLOAD', retryable: true });
});

it('after the window nothing is asked of Facebook; a person may answer with the tag for seven days', async () => {
  const psid = await stack.customer();
  const past = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
  await stack.rows(`UPDATE person SET opened_at = now() - interval '30 hours' WHERE person_id = $1`, [psid]);
  const before = stack.simulator.world.messages.length;
  const closed = await stack.reply(psid, 'Too late', { window: { closesAt: past(6), humanAgentUntil: null } });
  expect(await stack.reported(closed, 'FAILED')).toMatchObject({ failureCode: 'WINDOW', retryable: true });
  expect(stack.simulator.world.messages).toHaveLength(before);
  stack.simulator.world.person(psid).lastActionAt = Date.now() - 30 * 3_600_000;
  const tagged = await stack.reply(psid, 'Late, by a person', {
    window: { closesAt: past(6), humanAgentUntil: new Date(Date.now() + 3_600_000).toISOString() },
  });
  await stack.reported(tagged, 'SENT');
  expect(stack.received(psid)).toEqual(['Late, by a person']);
});

it('a window that Facebook sees closed is a failure with its reason, and the same message can be sent again', async () => {
  const psid = await stack.customer();
  stack.simulator.world.person(psid).lastActionAt = Date.now() - 25 * 3_600_000;
  const id = await stack.reply(psid, 'At the edge', {
    window: { closesAt: new Date(Date.now() + 1_000).toISOString(), humanAgentUntil: null },
  });
  expect(await stack.reported(id, 'FAILED')).toMatchObject({
    failureCode: 'WINDOW',
    attempt: 1,
    detail: expect.stringContaining('allowed window'),
  });
  await stack.simulator.customers.write(psid, { text: 'Hello again' });
  await stack.reply(psid, 'At the edge', { messageId: id, attempt: 2 });
  expect(await stack.reported(id, 'SENT')).toMatchObject({ attempt: 2 });
  expect(stack.received(psid)).toEqual(['At the edge']);
});

it.each([
  ['RECIPIENT', { code: 551, subcode: 1545041 }],
  ['RECIPIENT', { code: 100, subcode: 2018001 }],
  ['PAYLOAD', { code: 100 }],
  ['OWNERSHIP', { code: 10, subcode: 2018300 }],
])('%s is told with Facebook’s words: %j', async (failureCode, fault) => {
  const psid = await stack.customer();
  stack.simulator.faults.arm({ kind: 'graph-error', times: 1, message: 'In its own words', ...fault });
  const id = await stack.reply(psid, 'Refused');
  expect(await stack.reported(id, 'FAILED')).toMatchObject({
    failureCode,
    detail: expect.stringContaining('In its own words'),
  });
});

it('a page that is throttled sends later, and nothing is lost', async () => {
  const psid = await stack.customer();
  stack.simulator.faults.arm({ kind: 'graph-error', code: 613, times: 2 });
  const id = await stack.reply(psid, 'Patience');
  await eventually(async () => expect((await health()).health).toBe('DEGRADED'));
  await stack.reported(id, 'SENT');
  expect((await health()).health).toBe('OK');
}, 40_000);

it('an answer that never comes is confirmed by the echo, and not sent again', async () => {
  const psid = await stack.customer();
  for (const kind of ['accept-then-drop', 'accept-then-504'] as const) {
    stack.simulator.faults.arm({ kind, times: 1 });
    const id = await stack.reply(psid, kind);
    await stack.reported(id, 'SENT');
  }
  stack.simulator.faults.arm({ kind: 'slow', delayMs: 8_000, times: 1 });
  const slow = await stack.reply(psid, 'slow');
  await stack.reported(slow, 'SENT');
  expect(stack.received(psid)).toEqual(['accept-then-drop', 'accept-then-504', 'slow']);
}, 40_000);

it('without an echo the thread itself is asked', async () => {
  const psid = await stack.customer();
  stack.simulator.faults.arm({ kind: 'accept-then-drop', times: 1 });
  stack.simulator.faults.arm({ kind: 'no-echo', times: 1 });
  const id = await stack.reply(psid, 'Found in the thread');
  await stack.reported(id, 'SENT');
  expect(stack.received(psid)).toEqual(['Found in the thread']);
  expect((await stack.rows<{ mid: string }>('SELECT mid FROM part WHERE message_id = $1', [id]))[0]?.mid).toBe(
    stack.simulator.world.thread(psid).at(-1)?.mid,
  );
}, 40_000);

it('what nobody can find may not have been delivered: a person sends it again, and what follows goes on', async () => {
  const psid = await stack.customer();
  stack.simulator.faults.arm({ kind: 'drop-before', times: 1 });
  const lost = await stack.reply(psid, 'Lost on the way');
  const next = await stack.reply(psid, 'The next one');
  expect(await stack.reported(lost, 'UNKNOWN')).toMatchObject({ failureCode: 'NO_ANSWER', retryable: true });
  await stack.reported(next, 'SENT');
  expect(stack.received(psid)).toEqual(['The next one']);
  await stack.reply(psid, 'Lost on the way', { messageId: lost, attempt: 2 });
  expect(await stack.reported(lost, 'SENT')).toMatchObject({ attempt: 2 });
  expect(stack.received(psid)).toEqual(['The next one', 'Lost on the way']);
}, 40_000);

it('an echo that comes before the answer, or long after it was given up, settles the part', async () => {
  const psid = await stack.customer();
  stack.simulator.faults.arm({ kind: 'echo-first', times: 1 });
  const early = await stack.reply(psid, 'Early echo');
  await stack.reported(early, 'SENT');
  stack.simulator.faults.arm({ kind: 'drop-before', times: 1 });
  const lost = await stack.reply(psid, 'Late echo');
  await stack.reported(lost, 'UNKNOWN');
  const [part] = await stack.rows<{ id: string }>('SELECT id FROM part WHERE message_id = $1', [lost]);
  await stack.simulator.webhooks.deliverJson('900', {
    object: 'page',
    entry: [
      {
        id: PAGE.id,
        time: Date.now(),
        messaging: [
          {
            sender: { id: PAGE.id },
            recipient: { id: psid },
            timestamp: Date.now(),
            message: { mid: `m_late_${psid}`, is_echo: true, app_id: 900, metadata: part?.id, text: 'Late echo' },
          },
        ],
      },
    ],
  });
  expect(await stack.reported(lost, 'SENT')).toMatchObject({ attempt: 1 });
}, 40_000);

it('a revoked token (190/460) pauses the page and keeps its queue; a new token sends all of it, in order', async () => {
  const psid = await stack.customer();
  const page = stack.simulator.world.page(PAGE.id);
  page.tokenRevoked = true;
  const ids = [await stack.reply(psid, 'waits 1'), await stack.reply(psid, 'waits 2')];
  await eventually(async () =>
    expect(await health()).toMatchObject({ health: 'NEEDS_ATTENTION', detail: expect.stringMatching(/token/) }),
  );
  await eventually(async () =>
    expect((await stack.told(MessengerPageChanged)).at(-1)).toMatchObject({ pageId: PAGE.id, canSend: false }),
  );
  await stack.simulator.customers.write(psid, { text: 'Inbound is taken all the same' });
  expect(await Promise.all(ids.map((id) => stack.report(id)))).toEqual([undefined, undefined]);
  page.token = 'the-new-token';
  page.tokenRevoked = false;
  stack.configureSimulated({ pages: [{ ...PAGE, token: 'the-new-token', humanAgent: true }] });
  for (const id of ids) await stack.reported(id, 'SENT');
  expect(stack.received(psid)).toEqual(['waits 1', 'waits 2']);
  await eventually(async () => expect((await health()).health).toBe('OK'));
  await eventually(async () =>
    expect((await stack.told(MessengerPageChanged)).at(-1)).toMatchObject({ canSend: true }),
  );

  // The same token may work again without anybody's doing.
  page.tokenRevoked = true;
  const again = await stack.reply(psid, 'waits 3');
  await eventually(async () => expect((await health()).health).toBe('NEEDS_ATTENTION'));
  page.tokenRevoked = false;
  await stack.reported(again, 'SENT');
  page.token = PAGE.token;
  stack.configureSimulated({});
}, 60_000);

it('a restricted page fails with the reason until Facebook unblocks it', async () => {
  const psid = await stack.customer();
  const page = stack.simulator.world.page(PAGE.id);
  page.restricted = true;
  const id = await stack.reply(psid, 'Restricted');
  expect(await stack.reported(id, 'FAILED')).toMatchObject({ failureCode: 'RESTRICTED' });
  expect((await health()).health).toBe('NEEDS_ATTENTION');
  page.restricted = false;
  await stack.simulator.webhooks.emit({
    pageId: PAGE.id,
    field: 'messaging_policy_enforcement',
    item: { recipient: { id: PAGE.id }, timestamp: Date.now(), policy_enforcement: { action: 'unblock' } },
  });
  await eventually(async () => expect((await health()).health).toBe('OK'));
});

it('admins see each page with its webhook and verify token', async () => {
  expect(await health()).toMatchObject({
    channel: 'messenger',
    name: PAGE.name,
    webhook: { address: 'https://hooks.example.test/meta/webhook', verifyToken: 'verify-token-of-tests' },
    lastInboundAt: expect.any(String),
  });
});

it('neither tokens nor secrets nor what people write stand in the log', async () => {
  const logs = await eventually(() => {
    const written = stack.replicas[0]!.logs();
    expect(written).toContain('send.failed');
    return written;
  });
  for (const secret of [
    PAGE.token,
    'the-new-token',
    'secret-of-the-app-of-tests',
    'verify-token-of-tests',
    'Lost on the way',
    'is here',
  ]) {
    expect(logs).not.toContain(secret);
  }
});
