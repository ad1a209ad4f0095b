import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MessengerMessageChanged, MessengerMessageReceived, MessengerProfileChanged } from '@conversations/contracts';
import { eventually } from '@conversations/testing';
import { PAGE } from './connector-stack';
import { type SimulatedStack, startSimulated } from './simulated-stack';

let stack: SimulatedStack;

beforeAll(async () => {
  // A name that got no answer is asked for again after a minute: no moment of standstill may cost one.
  stack = await startSimulated({ timeoutSeconds: 10 });
}, 90_000);
afterAll(() => stack?.stop(), 60_000);

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const messagesOf = async (psid: string) =>
  (await stack.told(MessengerMessageReceived)).filter(({ threadKey }) => threadKey.endsWith(`:${psid}`));
const changesOf = async (psid: string) =>
  (await stack.told(MessengerMessageChanged)).filter(({ threadKey }) => threadKey.endsWith(`:${psid}`));

it('names are fetched in the background; a person without one stays a visitor', async () => {
  const ben = await stack.customer('Ben');
  await eventually(async () => {
    const told = (await stack.told(MessengerProfileChanged)).filter(({ threadKey }) => threadKey.endsWith(`:${ben}`));
    expect(told.map(({ profile }) => profile)).toEqual([
      expect.objectContaining({
        displayName: 'Ben Ito',
        avatar: expect.objectContaining({ contentType: expect.stringMatching(/^image/) }),
      }),
    ]);
  });
  expect((await messagesOf(ben))[0]?.profile.displayName).toMatch(/^(Facebook visitor \d{4}|Ben Ito)$/);
  await stack.simulator.customers.write(ben, { text: 'By name' });
  await eventually(async () =>
    expect((await messagesOf(ben)).at(-1)).toMatchObject({ text: 'By name', profile: { displayName: 'Ben Ito' } }),
  );

  const { psid } = stack.simulator.customers.create({
    pageId: PAGE.id,
    firstName: 'No',
    lastName: 'Body',
    profile: 'none',
  });
  await stack.simulator.customers.write(psid, { text: 'Nobody knows me' });
  await eventually(async () =>
    expect(await stack.rows('SELECT display_name, name_at FROM person WHERE person_id = $1', [psid])).toEqual([
      { display_name: null, name_at: null },
    ]),
  );
  await eventually(async () =>
    expect((await messagesOf(psid))[0]?.profile.displayName).toBe(`Facebook visitor ${psid.slice(-4)}`),
  );
});

it('a message appears before its files; their type is told by their content', async () => {
  const psid = await stack.customer();
  const files = [
    stack.simulator.customers.addMedia({ type: 'image', contentType: 'image/jpeg', fileName: 'a.jpg', bytes: PNG }),
    stack.simulator.customers.addMedia({
      type: 'file',
      contentType: 'text/plain',
      fileName: 'b.txt',
      bytes: Buffer.from('words'),
    }),
  ];
  const { mid } = await stack.simulator.customers.write(psid, { text: 'Two files', attachments: files });
  const change = await eventually(async () => {
    const found = (await changesOf(psid)).find(({ targetKey }) => targetKey.endsWith(mid));
    expect(found).toBeDefined();
    return found!;
  });
  expect((await messagesOf(psid)).at(-1)).toMatchObject({ text: 'Two files', media: 'PENDING', attachments: [] });
  expect(change).toMatchObject({
    targetKey: `messenger:${PAGE.id}:${mid}`,
    change: {
      kind: 'MEDIA',
      media: 'READY',
      attachments: [{ contentType: 'image/png', byteSize: PNG.length }, { contentType: 'text/plain' }],
    },
  });
});

it('a file of 25 MB is kept, of a larger one nothing is; the message says that a file is missing', async () => {
  const psid = await stack.customer();
  const most = 25 * 1024 * 1024;
  const attachments = [most, most + 1].map((size) =>
    stack.simulator.customers.addMedia({
      type: 'file',
      contentType: 'text/plain',
      fileName: `${size}.txt`,
      bytes: Buffer.alloc(size, 'a'),
    }),
  );
  await stack.simulator.customers.write(psid, { text: 'Two large files', attachments });
  await eventually(
    async () =>
      expect((await changesOf(psid)).map(({ change }) => change)).toEqual([
        { kind: 'MEDIA', media: 'FAILED', attachments: [expect.objectContaining({ byteSize: most })] },
      ]),
    { timeoutMs: 20_000 },
  );
  const files = readdirSync(stack.blobFolder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const sizes = files.map(({ parentPath, name }) => statSync(join(parentPath, name)).size);
  expect(sizes.filter((size) => size >= most)).toEqual([most]);
}, 40_000);

it('row 5: a file from anywhere else is not fetched, the message is there all the same', async () => {
  const psid = await stack.customer();
  const addresses = [
    'http://169.254.169.254/latest/meta-data',
    `http://127.0.0.1:${stack.postgres.port}/`,
    'https://evil.example/x.png',
  ];
  for (const [index, url] of addresses.entries()) {
    await stack.simulator.webhooks.deliverJson('900', {
      object: 'page',
      entry: [
        {
          id: PAGE.id,
          time: Date.now(),
          messaging: [
            {
              sender: { id: psid },
              recipient: { id: PAGE.id },
              timestamp: Date.now(),
              message: { mid: `m_ssrf_${index}`, attachments: [{ type: 'image', payload: { url } }] },
            },
          ],
        },
      ],
    });
  }
  await eventually(async () =>
    expect((await changesOf(psid)).map(({ change }) => change)).toEqual(
      addresses.map(() => ({ kind: 'MEDIA', attachments: [], media: 'FAILED' })),
    ),
  );
  expect((await messagesOf(psid)).filter(({ media }) => media === 'PENDING')).toHaveLength(3);
});

it('edits, unsends and reactions name their message; a reaction extends the window', async () => {
  const psid = await stack.customer();
  const { customers } = stack.simulator;
  const { mid } = await customers.write(psid, { text: 'Is teh red one in stock?' });
  await customers.edit(psid, mid, 'Is the red one in stock?');
  await customers.react(psid, mid, '❤');
  await customers.react(psid, mid, null);
  await customers.unsend(psid, mid);
  await eventually(async () => {
    const told = (await changesOf(psid)).filter(({ targetKey }) => targetKey === `messenger:${PAGE.id}:${mid}`);
    expect(told.map(({ change }) => change)).toEqual([
      { kind: 'EDITED', text: 'Is the red one in stock?' },
      { kind: 'REACTION', emoji: '❤' },
      { kind: 'REACTION', emoji: null },
      { kind: 'UNSENT' },
    ]);
    expect(told.map(({ window }) => window !== null)).toEqual([false, true, false, false]);
  });
});

it('a reaction to an answer that was sent from here names the answer', async () => {
  const psid = await stack.customer();
  const { customers, world } = stack.simulator;
  const id = await stack.reply(psid, 'Gladly');
  await stack.reported(id, 'DELIVERED');
  await customers.react(psid, world.thread(psid).at(-1)!.mid, '❤');
  await eventually(async () =>
    expect(await changesOf(psid)).toMatchObject([{ targetKey: id, change: { kind: 'REACTION', emoji: '❤' } }]),
  );
});

it('an answer from Facebook’s own inbox is an outbound message that opens no window; a postback is a message, an m.me link opens the window', async () => {
  const psid = await stack.customer();
  const { customers } = stack.simulator;
  await customers.answerOnFacebook(psid, 'From the phone');
  await customers.answerOnFacebook(psid, 'From another app', '1517776481860111');
  await customers.postback(psid, 'Get started', 'START');
  await eventually(async () =>
    expect((await messagesOf(psid)).slice(1)).toMatchObject([
      { text: 'From the phone', direction: 'OUTBOUND', window: null },
      { text: 'From another app', direction: 'OUTBOUND', window: null },
      { text: 'Get started', direction: 'INBOUND', window: { closesAt: expect.any(String) } },
    ]),
  );
  await customers.refer(psid, 'campaign');
  await eventually(async () => {
    const told = (await stack.told(MessengerProfileChanged)).filter(({ threadKey }) => threadKey.endsWith(`:${psid}`));
    expect(told.filter(({ window }) => window !== null)).toHaveLength(1);
  });
});

it('our own replies come back as echoes and are no messages', async () => {
  const psid = await stack.customer();
  const id = await stack.reply(psid, 'Ours');
  await stack.reported(id, 'DELIVERED');
  await stack.simulator.customers.write(psid, { text: 'After it' });
  await eventually(async () =>
    expect((await messagesOf(psid)).map(({ text }) => text)).toEqual(['Ben is here', 'After it']),
  );
});
