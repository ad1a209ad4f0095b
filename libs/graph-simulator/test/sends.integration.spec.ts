import { eventually } from '@conversations/testing';
import { codes, GraphCaller } from './graph-caller';
import { APP_ID, OTHER_PAGE, PAGE, type Simulated, startSimulated } from './receiver';

let simulated: Simulated;
let graph: GraphCaller;
let psid: string;
const HOUR = 3_600_000;

beforeEach(async () => {
  simulated = await startSimulated();
  const { simulator } = simulated;
  graph = new GraphCaller(simulator.url);
  simulator.world.clock.freeze();
  psid = simulator.customers.create({ pageId: PAGE.id, firstName: 'Amélie', lastName: 'Poulain' }).psid;
  await simulator.customers.write(psid, { text: 'Hello' });
});
afterEach(() => simulated.stop());

const texts = () =>
  simulated.simulator.world
    .thread(psid)
    .filter(({ from }) => from === 'page')
    .map(({ text }) => text);

describe('a send', () => {
  test('is answered with the person and the message, and reaches the customer once', async () => {
    const answer = await graph.send(psid, { text: 'Yes, in all sizes.', metadata: 'prt_1' });
    expect(answer.status).toBe(200);
    expect(answer.json.recipient_id).toBe(psid);
    expect(answer.json.message_id).toMatch(/^m_/);
    expect(texts()).toEqual(['Yes, in all sizes.']);
  });

  test('is echoed with its metadata and the number of its app, then marked as delivered', async () => {
    const { json } = await graph.send(psid, { text: 'Yes', metadata: 'prt_1' });
    const { echo, delivery } = await eventually(() => {
      const items = simulated.receiver.items();
      const found = {
        echo: items.find(({ message }) => message?.is_echo === true),
        delivery: items.find((item) => item['delivery'] !== undefined),
      };
      if (!found.echo || !found.delivery) throw new Error('not all has arrived');
      return found;
    });
    expect(echo).toMatchObject({
      sender: { id: PAGE.id },
      recipient: { id: psid },
      message: { mid: json.message_id, is_echo: true, app_id: Number(APP_ID), metadata: 'prt_1', text: 'Yes' },
    });
    expect(delivery).toMatchObject({ sender: { id: psid }, recipient: { id: PAGE.id } });
    expect(delivery?.['delivery'].mids).toEqual([json.message_id]);
  });

  test('goes through with the page id in the path, a form as the body, and the token as a parameter', async () => {
    const byId = await graph.post(`/${PAGE.id}/messages`, {
      recipient: { id: psid },
      messaging_type: 'RESPONSE',
      message: { text: 'one' },
    });
    const form = new URLSearchParams({
      recipient: JSON.stringify({ id: psid }),
      messaging_type: 'RESPONSE',
      message: JSON.stringify({ text: 'two' }),
      access_token: PAGE.token,
    });
    const byForm = await graph.raw('/me/messages', form.toString(), 'application/x-www-form-urlencoded');
    expect([byId.status, byForm.status]).toEqual([200, 200]);
    expect(texts()).toEqual(['one', 'two']);
  });

  test('may have 2,000 UTF-16 units of text, and not one more', async () => {
    expect((await graph.send(psid, { text: 'é'.repeat(2_000) })).status).toBe(200);
    expect(codes(await graph.send(psid, { text: `${'x'.repeat(1_999)}😀` }))).toEqual([100, undefined]);
    expect(texts()).toHaveLength(1);
  });

  test('needs content, one kind of it, and a messaging type', async () => {
    expect(codes(await graph.send(psid, {}))).toEqual([100, undefined]);
    expect(codes(await graph.send(psid, { text: 'x' }, { messaging_type: undefined }))).toEqual([100, undefined]);
    expect(codes(await graph.send(psid, { text: 'x' }, { sender_action: 'typing_on' }))).toEqual([100, undefined]);
    expect(codes(await graph.send(psid, { attachment: { type: 'image', payload: {} } }))).toEqual([100, undefined]);
    expect(texts()).toEqual([]);
  });

  test('of a typing mark is answered with the person alone', async () => {
    const answer = await graph.post('/me/messages', { recipient: { id: psid }, sender_action: 'typing_on' });
    expect(answer.json).toEqual({ recipient_id: psid });
    expect(texts()).toEqual([]);
  });
});

describe('a file', () => {
  const png = (size: number) => ({ bytes: Buffer.alloc(size, 1), contentType: 'image/png', name: 'jäcket.png' });

  test('is taken as a form, and the customer can fetch the same bytes', async () => {
    expect((await graph.sendFile(psid, 'image', png(1_000))).status).toBe(200);
    const [attachment] = simulated.simulator.world.thread(psid).at(-1)?.attachments ?? [];
    if (attachment?.kind !== 'media') throw new Error('no file arrived');
    expect(attachment.media.fileName).toBe('jäcket.png');
    const fetched = await fetch(`${simulated.simulator.url}/media/${attachment.media.id}`);
    expect(fetched.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await fetched.arrayBuffer()).equals(png(1_000).bytes)).toBe(true);
  });

  test('may have 8 MB as an image and 25 MB as anything else', async () => {
    const MB = 1024 * 1024;
    const pdf = (size: number) => ({ bytes: Buffer.alloc(size, 1), contentType: 'application/pdf', name: 'a.pdf' });
    expect((await graph.sendFile(psid, 'image', png(8 * MB))).status).toBe(200);
    expect(codes(await graph.sendFile(psid, 'image', png(8 * MB + 1)))).toEqual([100, 2018109]);
    expect((await graph.sendFile(psid, 'file', pdf(25 * MB))).status).toBe(200);
    expect(codes(await graph.sendFile(psid, 'file', pdf(25 * MB + 1)))).toEqual([100, 2018109]);
  });

  test('needs bytes and a content type that fits its kind', async () => {
    expect(codes(await graph.sendFile(psid, 'video', png(10)))).toEqual([100, undefined]);
    expect(codes(await graph.sendFile(psid, 'image', png(0)))).toEqual([100, undefined]);
    expect(codes(await graph.sendFile(psid, 'hologram', png(10)))).toEqual([100, undefined]);
  });
});

describe('the window', () => {
  const moveTo = (ms: number) => simulated.simulator.world.clock.moveTo(opened() + ms);
  const opened = () => simulated.simulator.world.person(psid).lastActionAt ?? 0;
  const human = { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' };

  test('is open one second before its 24 hours are over and closed one second after (10/2018278)', async () => {
    moveTo(24 * HOUR - 1_000);
    expect((await graph.send(psid, { text: 'in time' })).status).toBe(200);
    moveTo(24 * HOUR + 1_000);
    expect(codes(await graph.send(psid, { text: 'late' }))).toEqual([10, 2018278]);
    expect(texts()).toEqual(['in time']);
  });

  test('is not moved by the page, and not by a reading customer', async () => {
    const before = opened();
    moveTo(HOUR);
    await graph.send(psid, { text: 'answer' });
    await simulated.simulator.customers.read(psid);
    expect(opened()).toBe(before);
  });

  test.each([
    ['a message', () => simulated.simulator.customers.write(psid, { text: 'again' })],
    ['a postback', () => simulated.simulator.customers.postback(psid, 'Start', 'START')],
    ['a referral', () => simulated.simulator.customers.refer(psid, 'summer')],
    ['a reaction', () => reactToFirst('❤')],
  ])('is opened again by %s', async (_what, act) => {
    moveTo(24 * HOUR + 1_000);
    await act();
    expect((await graph.send(psid, { text: 'welcome back' })).status).toBe(200);
  });

  test('is not opened by an edit, nor by a reaction that is taken back', async () => {
    const { customers, world } = simulated.simulator;
    moveTo(24 * HOUR + 1_000);
    await customers.edit(psid, world.thread(psid)[0]?.mid ?? '', 'Hello!');
    await reactToFirst(null);
    expect(codes(await graph.send(psid, { text: 'late' }))).toEqual([10, 2018278]);
  });

  test('was never open for somebody who did nothing yet', async () => {
    const { customers } = simulated.simulator;
    const silent = customers.create({ pageId: PAGE.id, firstName: 'Silent', lastName: '' });
    expect(codes(await graph.send(silent.psid, { text: 'hello?' }))).toEqual([10, 2018278]);
  });

  test('is 7 days for HUMAN_AGENT where it is granted, to the second', async () => {
    moveTo(7 * 24 * HOUR - 1_000);
    expect((await graph.send(psid, { text: 'by a person' }, human)).status).toBe(200);
    moveTo(7 * 24 * HOUR + 1_000);
    expect(codes(await graph.send(psid, { text: 'too late' }, human))).toEqual([10, 2018278]);
  });

  test('has no HUMAN_AGENT for a page without the approval (10/2018065)', async () => {
    simulated.simulator.world.page(PAGE.id).humanAgent = false;
    moveTo(25 * HOUR);
    expect(codes(await graph.send(psid, { text: 'x' }, human))).toEqual([10, 2018065]);
  });

  test.each(['ACCOUNT_UPDATE', 'CONFIRMED_EVENT_UPDATE', 'POST_PURCHASE_UPDATE', ''])(
    'knows no tag %p any more (100)',
    async (tag) => {
      expect(codes(await graph.send(psid, { text: 'x' }, { ...human, tag }))).toEqual([100, undefined]);
    },
  );

  const reactToFirst = (emoji: string | null) => {
    const { customers, world } = simulated.simulator;
    return customers.react(psid, world.thread(psid)[0]?.mid ?? '', emoji);
  };
});

describe('a send is refused', () => {
  test('to a person whom the page does not know (100/2018001), also when another page does', async () => {
    const { customers } = simulated.simulator;
    const elsewhere = customers.create({ pageId: OTHER_PAGE.id, firstName: 'Ben', lastName: 'Ito' });
    expect(codes(await graph.send('999', { text: 'x' }))).toEqual([100, 2018001]);
    expect(codes(await graph.send(elsewhere.psid, { text: 'x' }))).toEqual([100, 2018001]);
  });

  test('to a person who blocked the page (551/1545041) or receives nothing from it (10/2018108)', async () => {
    const person = simulated.simulator.world.person(psid);
    person.reachable = 'unavailable';
    expect(codes(await graph.send(psid, { text: 'x' }))).toEqual([551, 1545041]);
    person.reachable = 'not-receiving';
    expect(codes(await graph.send(psid, { text: 'x' }))).toEqual([10, 2018108]);
  });

  test('with a token that is missing (104), unknown (190) or revoked (190/460)', async () => {
    const anonymous = await fetch(`${simulated.simulator.url}/v26.0/me`);
    expect((await anonymous.json()).error).toMatchObject({ code: 104 });
    const stranger = new GraphCaller(simulated.simulator.url, 'the token of somebody else');
    expect(codes(await stranger.send(psid, { text: 'x' }))).toEqual([190, undefined]);
    simulated.simulator.world.page(PAGE.id).tokenRevoked = true;
    expect(codes(await graph.send(psid, { text: 'x' }))).toEqual([190, 460]);
  });

  test('without the proof of the app secret, or with a wrong one (100)', async () => {
    const body = JSON.stringify({ recipient: { id: psid }, messaging_type: 'RESPONSE', message: { text: 'x' } });
    for (const query of ['', '?appsecret_proof=', `?appsecret_proof=${'0'.repeat(64)}`]) {
      const answer = await fetch(`${simulated.simulator.url}/v26.0/me/messages${query}`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${PAGE.token}`, 'Content-Type': 'application/json' },
        body,
      });
      expect((await answer.json()).error).toMatchObject({ code: 100, type: 'GraphMethodException' });
    }
    expect(texts()).toEqual([]);
  });

  test('for another page than the token’s (200)', async () => {
    const body = { recipient: { id: psid }, messaging_type: 'RESPONSE', message: { text: 'x' } };
    expect(codes(await graph.post(`/${OTHER_PAGE.id}/messages`, body))).toEqual([200, undefined]);
  });

  test('while the page is restricted (10/1893063), which the webhook is told', async () => {
    const { simulator, receiver } = simulated;
    await fetch(`${simulator.url}/simulator/pages/${PAGE.id}`, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ restricted: true }),
    });
    expect(codes(await graph.send(psid, { text: 'x' }))).toEqual([10, 1893063]);
    expect(receiver.items().at(-1)).toMatchObject({ policy_enforcement: { action: 'block' } });
  });

  test.each(['/v3.1/me/messages', '/me/messages', '/v99.0/me/messages'])('at %s (2500)', async (path) => {
    const answer = await fetch(`${simulated.simulator.url}${path}`, { method: 'POST' });
    expect((await answer.json()).error).toMatchObject({ code: 2500 });
  });

  test('with an error that has a trace and its code in the words', async () => {
    const { json } = await graph.send('999', { text: 'x' });
    expect(json.error?.fbtrace_id).toMatch(/^A/);
    expect(json.error?.message).toContain('(#100)');
  });
});

describe('the rate', () => {
  test('is 300 texts in a second of the clock (613), with the usage in a header', async () => {
    const all = await Promise.all(Array.from({ length: 300 }, (_, index) => graph.send(psid, { text: `${index}` })));
    expect(all.every(({ status }) => status === 200)).toBe(true);
    const refused = await graph.send(psid, { text: 'one more' });
    expect(codes(refused)).toEqual([613, undefined]);
    const usage = JSON.parse(refused.headers.get('x-business-use-case-usage') ?? '{}');
    expect(usage[PAGE.id][0]).toMatchObject({ type: 'messenger', call_count: 100 });
    simulated.simulator.world.clock.moveBy(1_000);
    expect((await graph.send(psid, { text: 'a second later' })).status).toBe(200);
  });

  test('is 10 files in a second, beside the texts', async () => {
    const file = { bytes: Buffer.from('x'), contentType: 'image/png', name: 'x.png' };
    for (let count = 0; count < 10; count += 1) {
      expect((await graph.sendFile(psid, 'image', file)).status).toBe(200);
    }
    expect(codes(await graph.sendFile(psid, 'image', file))).toEqual([613, undefined]);
    expect((await graph.send(psid, { text: 'text goes on' })).status).toBe(200);
  });

  test('is counted for each page', async () => {
    const { customers, world } = simulated.simulator;
    const bakery = new GraphCaller(simulated.simulator.url, OTHER_PAGE.token);
    const eater = customers.create({ pageId: OTHER_PAGE.id, firstName: 'Ben', lastName: 'Ito' });
    await customers.write(eater.psid, { text: 'bread?' });
    for (let count = 0; count < 2; count += 1) await graph.get('/me/conversations');
    expect(codes(await graph.get('/me/conversations'))).toEqual([613, undefined]);
    expect((await bakery.get('/me/conversations')).status).toBe(200);
    expect(world.thread(eater.psid)).toHaveLength(1);
  });
});
