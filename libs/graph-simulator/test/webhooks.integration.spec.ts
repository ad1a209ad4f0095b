import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@conversations/testing';
import { RETRY_AFTER_MS } from '../src/webhooks';
import { GraphCaller } from './graph-caller';
import { APP_ID, OTHER_PAGE, PAGE, type Simulated, startSimulated } from './receiver';

let simulated: Simulated;
let psid: string;

const start = async (options: Parameters<typeof startSimulated>[0] = {}) => {
  simulated = await startSimulated(options);
  simulated.simulator.world.clock.freeze();
  psid = simulated.simulator.customers.create({ pageId: PAGE.id, firstName: 'Zoë', lastName: 'Faß' }).psid;
};
afterEach(() => simulated.stop());

const write = (text: string) => simulated.simulator.customers.write(psid, { text });
const arrivedTexts = () => simulated.receiver.items().map((item): unknown => item['message']?.text);
const attempts = () => simulated.simulator.webhooks.deliveries.map(({ attempts: its }) => its.length);

describe('a webhook', () => {
  beforeEach(() => start());

  test('is signed over its bytes, which have escaped accents, slashes and emoji', async () => {
    await write('Où est https://example.test/é 😀?');
    const [delivery] = simulated.receiver.received;
    expect(delivery?.signatureFits).toBe(true);
    expect(delivery?.raw).toContain('O\\u00f9 est https:\\/\\/example.test\\/\\u00e9 \\ud83d\\ude00?');
    expect(arrivedTexts()).toEqual(['Où est https://example.test/é 😀?']);
  });

  test('has ids as texts, the time of the clock, and the page as its recipient', async () => {
    const now = simulated.simulator.world.clock.now();
    const { mid } = await write('Hello');
    expect(simulated.receiver.received[0]?.json).toEqual({
      object: 'page',
      entry: [
        {
          id: PAGE.id,
          time: now,
          messaging: [
            { sender: { id: psid }, recipient: { id: PAGE.id }, timestamp: now, message: { mid, text: 'Hello' } },
          ],
        },
      ],
    });
  });

  test('tells edits, unsent messages, reactions, reads, postbacks and referrals', async () => {
    const { customers } = simulated.simulator;
    const { mid } = await write('Helo');
    await customers.edit(psid, mid, 'Hello');
    await customers.react(psid, mid, '❤');
    await customers.react(psid, mid, null);
    await customers.unsend(psid, mid);
    await customers.postback(psid, 'Start', 'GO');
    await customers.refer(psid, 'summer');
    await customers.answerOnFacebook(psid, 'From the page’s inbox');
    await customers.read(psid);
    const kinds = simulated.receiver.items().slice(1);
    expect(kinds[0]).toMatchObject({ message_edit: { mid, text: 'Hello', num_edit: 1 } });
    expect(kinds[1]).toMatchObject({ reaction: { mid, action: 'react', reaction: 'love', emoji: '❤' } });
    expect(kinds[2]).toMatchObject({ reaction: { mid, action: 'unreact' } });
    expect(kinds[3]).toMatchObject({ message: { mid, is_deleted: true } });
    expect(kinds[4]).toMatchObject({ postback: { title: 'Start', payload: 'GO' } });
    expect(kinds[5]).toMatchObject({ referral: { ref: 'summer', source: 'SHORTLINK', type: 'OPEN_THREAD' } });
    expect(kinds[6]).toMatchObject({ sender: { id: PAGE.id }, message: { is_echo: true } });
    expect(kinds[6]?.['message'].app_id).not.toBe(Number(APP_ID));
    expect(kinds[7]?.['read'].watermark).toBe(kinds[6]?.['timestamp']);
  });

  test('has a file as an address of this simulator, and a location and a share in Meta’s form', async () => {
    const { customers } = simulated.simulator;
    const file = customers.addMedia({
      type: 'image',
      contentType: 'image/png',
      fileName: 'a.png',
      bytes: Buffer.from('png'),
    });
    await customers.write(psid, {
      attachments: [
        file,
        { kind: 'location', title: 'Home', latitude: 52.37, longitude: 9.73 },
        { kind: 'share', title: 'A page', url: 'https://example.test/' },
      ],
    });
    const [image, location, share] = simulated.receiver.items()[0]?.['message'].attachments ?? [];
    expect(image.type).toBe('image');
    expect(await (await fetch(String(image.payload.url))).text()).toBe('png');
    expect(location).toMatchObject({ type: 'location', payload: { coordinates: { lat: 52.37, long: 9.73 } } });
    expect(share).toMatchObject({ type: 'fallback', title: 'A page' });
  });

  test('comes in standby when another app owns the thread', async () => {
    await simulated.simulator.customers.write(psid, { text: 'not for you', standby: true });
    const [entry] = simulated.receiver.received[0]?.json.entry ?? [];
    expect(entry?.messaging).toBeUndefined();
    expect(entry?.standby).toHaveLength(1);
  });

  test('does not come for what the page is not subscribed to', async () => {
    const graph = new GraphCaller(simulated.simulator.url);
    expect((await graph.post('/me/subscribed_apps', { subscribed_fields: 'messages,message_reads' })).json).toEqual({
      success: true,
    });
    expect((await graph.get('/me/subscribed_apps')).json['data']).toEqual([
      { id: APP_ID, name: 'Simulated app', subscribed_fields: ['messages', 'message_reads'] },
    ]);
    const { mid } = await write('Hello');
    await simulated.simulator.customers.react(psid, mid, '👍');
    expect(simulated.receiver.items()).toHaveLength(1);
  });

  test('is verified by its challenge, with the token it was registered with', async () => {
    const { webhooks } = simulated.simulator;
    expect(await webhooks.verify(APP_ID)).toBe(true);
    simulated.receiver.state.challenge = false;
    expect(await webhooks.verify(APP_ID)).toBe(false);
  });

  test('of any JSON is signed and sent as it is', async () => {
    const corpus = join(process.env['CORPORA_DIR'] ?? '', 'messenger', 'messenger4j');
    const published = process.env['CORPORA_DIR'] === undefined ? [] : readdirSync(corpus);
    const all = [
      { object: 'page', entry: [] },
      ...published.map((file): unknown => JSON.parse(readFileSync(join(corpus, file), 'utf8'))),
    ];
    for (const json of all) await simulated.simulator.webhooks.deliverJson(APP_ID, json);
    expect(simulated.receiver.received.map(({ json }) => json)).toEqual(all);
    expect(simulated.receiver.received.every(({ signatureFits }) => signatureFits)).toBe(true);
  });
});

describe('a delivery', () => {
  test('holds several messages and several pages', async () => {
    await start({ behaviour: { batchMs: 50 } });
    const { customers } = simulated.simulator;
    const eater = customers.create({ pageId: OTHER_PAGE.id, firstName: 'Ben', lastName: 'Ito' });
    await Promise.all([write('one'), write('two'), customers.write(eater.psid, { text: 'bread' })]);
    const [delivery, ...more] = simulated.receiver.received;
    expect(more).toEqual([]);
    expect(delivery?.json.entry.map(({ id, messaging }) => [id, messaging?.length])).toEqual([
      [PAGE.id, 2],
      [OTHER_PAGE.id, 1],
    ]);
  });

  test('holds at most 1,000 items', async () => {
    await start({ behaviour: { batchMs: 50 } });
    await Promise.all(Array.from({ length: 1_001 }, (_, index) => write(String(index))));
    expect(simulated.receiver.received.map(({ json }) => json.entry[0]?.messaging?.length)).toEqual([1_000, 1]);
  });

  test('can be held back and released in another order, whole or singly', async () => {
    await start();
    const { webhooks } = simulated.simulator;
    webhooks.hold();
    for (const text of ['one', 'two', 'three']) await write(text);
    expect(simulated.receiver.received).toEqual([]);
    await webhooks.release({ order: 'reversed', singly: true });
    expect(arrivedTexts()).toEqual(['three', 'two', 'one']);
    webhooks.hold();
    for (const text of ['four', 'five']) await write(text);
    await webhooks.release();
    expect(simulated.receiver.received).toHaveLength(4);
  });

  test('is shuffled the same way with the same seed', async () => {
    const orders: unknown[][] = [];
    for (let run = 0; run < 2; run += 1) {
      await start({ seed: 42 });
      simulated.simulator.webhooks.hold();
      for (let index = 0; index < 20; index += 1) await write(String(index));
      await simulated.simulator.webhooks.release({ order: 'shuffled' });
      orders.push(arrivedTexts());
      if (run === 0) await simulated.stop();
    }
    expect(orders[0]).toEqual(orders[1]);
    expect(orders[0]).not.toEqual(Array.from({ length: 20 }, (_, index) => String(index)));
  });

  test('comes twice, and out of order, as often as it is told to', async () => {
    await start({ behaviour: { duplicates: 1, reorderings: 1, batchMs: 50 } });
    await Promise.all([write('one'), write('two'), write('three')]);
    await eventually(() => expect(simulated.receiver.received).toHaveLength(2));
    expect(simulated.receiver.received[0]?.raw).toBe(simulated.receiver.received[1]?.raw);
    expect(arrivedTexts().slice(0, 3)).toEqual(['three', 'one', 'two']);
  });

  test('has a wrong signature once when that was asked for', async () => {
    await start();
    simulated.simulator.faults.arm({ kind: 'bad-signature', times: 1 });
    await write('forged');
    await write('genuine');
    expect(simulated.receiver.received.map(({ signatureFits }) => signatureFits)).toEqual([false, true]);
  });
});

describe('a delivery that is not taken', () => {
  beforeEach(() => start());
  const moveBy = (milliseconds: number) => simulated.simulator.world.clock.moveBy(milliseconds);

  test('comes again at once, then less and less often, always with the same bytes', async () => {
    simulated.receiver.state.status = 500;
    await write('Hello');
    await eventually(() => expect(attempts()).toEqual([2]));
    for (const [index, wait] of RETRY_AFTER_MS.slice(1, 5).entries()) {
      moveBy(wait - 1);
      expect(attempts()).toEqual([index + 2]);
      moveBy(1);
      await eventually(() => expect(attempts()).toEqual([index + 3]));
    }
    simulated.receiver.state.status = 200;
    moveBy(RETRY_AFTER_MS[5] ?? 0);
    await eventually(() => expect(simulated.simulator.webhooks.deliveries[0]?.state).toBe('delivered'));
    expect(new Set(simulated.receiver.received.map(({ raw, signature }) => `${signature} ${raw}`)).size).toBe(1);
  });

  test.each([201, 204, 302, 401, 404, 503])('is one that is answered with %p', async (status) => {
    simulated.receiver.state.status = status;
    await write('Hello');
    await eventually(() => expect(attempts()[0]).toBeGreaterThanOrEqual(2));
  });

  test('is one that is answered after the deadline', async () => {
    simulated.simulator.webhooks.behaviour.deadlineMs = 300;
    simulated.receiver.state.delayMs = 600;
    await write('Hello');
    expect(simulated.simulator.webhooks.deliveries[0]).toMatchObject({
      state: 'retrying',
      attempts: [{ status: null, error: expect.stringContaining('timeout') }],
    });
  });

  test('does not hold up those after it', async () => {
    simulated.receiver.state.status = 500;
    await write('one');
    simulated.receiver.state.status = 200;
    await write('two');
    await eventually(() => expect(new Set(arrivedTexts())).toEqual(new Set(['one', 'two'])));
  });

  test('switches the webhook off after an hour, until the page is subscribed again', async () => {
    simulated.receiver.state.status = 500;
    await write('one');
    await eventually(() => expect(attempts()).toEqual([2]));
    moveBy(3_600_001);
    await eventually(() => expect([...simulated.simulator.webhooks.switchedOff]).toEqual([APP_ID]));
    simulated.receiver.state.status = 200;
    await write('nobody hears');
    expect(arrivedTexts()).not.toContain('nobody hears');
    await new GraphCaller(simulated.simulator.url).post('/me/subscribed_apps', { subscribed_fields: 'messages' });
    await write('heard again');
    expect(arrivedTexts()).toContain('heard again');
  });
});
