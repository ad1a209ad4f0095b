import { eventually } from '@conversations/testing';
import { codes, GraphCaller } from './graph-caller';
import { OTHER_PAGE, PAGE, type Simulated, startSimulated } from './receiver';

let simulated: Simulated;
let graph: GraphCaller;
let psid: string;

const start = async (options: Parameters<typeof startSimulated>[0] = {}) => {
  simulated = await startSimulated(options);
  graph = new GraphCaller(simulated.simulator.url);
  psid = simulated.simulator.customers.create({ pageId: PAGE.id, firstName: 'Amélie', lastName: 'Poulain' }).psid;
  await simulated.simulator.customers.write(psid, { text: 'Hello' });
};
afterEach(() => simulated.stop());

const texts = () =>
  simulated.simulator.world
    .thread(psid)
    .filter(({ from }) => from === 'page')
    .map(({ text }) => text);
const echoes = () => simulated.receiver.items().filter(({ message }) => message?.is_echo === true);

describe('a fault that was asked for', () => {
  beforeEach(() => start());

  test('accepts the message and drops the connection: the customer has it, the sender does not know', async () => {
    simulated.simulator.faults.arm({ kind: 'accept-then-drop', times: 1 });
    await expect(graph.send(psid, { text: 'lost answer', metadata: 'prt_1' })).rejects.toThrow();
    expect(texts()).toEqual(['lost answer']);
    await eventually(() => expect(echoes()).toHaveLength(1));
    expect((await graph.send(psid, { text: 'next' })).status).toBe(200);
  });

  test('accepts the message and answers 504 without JSON', async () => {
    simulated.simulator.faults.arm({ kind: 'accept-then-504', times: 1 });
    const body = { recipient: { id: psid }, messaging_type: 'RESPONSE', message: { text: 'lost answer' } };
    const answer = await graph.raw('/me/messages', JSON.stringify(body), 'application/json');
    expect(answer.status).toBe(504);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(texts()).toEqual(['lost answer']);
  });

  test('accepts the message and answers late', async () => {
    simulated.simulator.faults.arm({ kind: 'slow', delayMs: 60_000, times: 1 });
    const body = JSON.stringify({ recipient: { id: psid }, messaging_type: 'RESPONSE', message: { text: 'slow' } });
    const headers = { Authorization: `Bearer ${PAGE.token}`, 'Content-Type': 'application/json' };
    const patience = new AbortController();
    const { signal } = patience;
    const request = fetch(graph.address('/me/messages'), { method: 'POST', headers, body, signal });
    request.catch(() => undefined);
    await eventually(() => expect(texts()).toEqual(['slow']));
    setTimeout(() => patience.abort(), 300);
    await expect(request).rejects.toThrow('aborted');
  });

  test.each([
    { kind: 'server-error' as const, status: 500 },
    { kind: 'server-error' as const, status: 503 },
  ])('answers $status and accepts nothing', async (fault) => {
    simulated.simulator.faults.arm({ ...fault, times: 1 });
    const answer = await graph.send(psid, { text: 'x' });
    expect([answer.status, ...codes(answer)]).toEqual([fault.status, 2, undefined]);
    expect(texts()).toEqual([]);
  });

  test('drops the connection and accepts nothing', async () => {
    simulated.simulator.faults.arm({ kind: 'drop-before', times: 1 });
    await expect(graph.send(psid, { text: 'x' })).rejects.toThrow();
    expect(texts()).toEqual([]);
  });

  test.each([
    [4, undefined],
    [17, undefined],
    [32, undefined],
    [80006, undefined],
    [1, undefined],
    [1200, undefined],
    [200, 1545041],
    [10, 2018300],
    [230, undefined],
  ])('answers with error %p/%p', async (code, subcode) => {
    simulated.simulator.faults.arm({ kind: 'graph-error', code, subcode, times: 1 });
    expect(codes(await graph.send(psid, { text: 'x' }))).toEqual([code, subcode]);
    expect(texts()).toEqual([]);
  });

  test('lets the echo arrive before the answer', async () => {
    simulated.simulator.faults.arm({ kind: 'echo-first', times: 1 });
    const { json } = await graph.send(psid, { text: 'x' });
    expect(echoes().map((item): unknown => item['message'].mid)).toEqual([json.message_id]);
  });

  test('lets no echo arrive, while the delivery mark does', async () => {
    simulated.simulator.faults.arm({ kind: 'no-echo', times: 1 });
    await graph.send(psid, { text: 'x' });
    await eventually(() => expect(simulated.receiver.items().at(-1)).toHaveProperty('delivery'));
    expect(echoes()).toEqual([]);
  });

  test('is told to whoever watches when it happens', async () => {
    const { faults, world } = simulated.simulator;
    faults.arm({ kind: 'server-error', times: 1 });
    const left: number[] = [];
    world.watch(() => left.push(faults.list().length));
    await graph.send(psid, { text: 'x' });
    expect(left).toContain(0);
  });

  test('happens to one page only, and ends when it is taken away', async () => {
    const { faults } = simulated.simulator;
    const fault = faults.arm({ kind: 'server-error', pageId: OTHER_PAGE.id });
    expect((await graph.send(psid, { text: 'one' })).status).toBe(200);
    faults.disarm(fault.id);
    faults.arm({ kind: 'server-error', pageId: PAGE.id });
    expect((await graph.send(psid, { text: 'x' })).status).toBe(500);
    faults.disarm();
    expect((await graph.send(psid, { text: 'two' })).status).toBe(200);
  });
});

test('a share of the sends fails, and the same sends with the same seed', async () => {
  const run = async () => {
    await start({ seed: 11 });
    simulated.simulator.faults.arm({ kind: 'accept-then-drop', share: 0.3 });
    const outcomes: boolean[] = [];
    for (let index = 0; index < 60; index += 1) {
      outcomes.push(
        await graph.send(psid, { text: String(index) }).then(
          () => true,
          () => false,
        ),
      );
    }
    expect(texts()).toHaveLength(60);
    return outcomes;
  };
  const first = await run();
  await simulated.stop();
  expect(await run()).toEqual(first);
  const dropped = first.filter((answered) => !answered).length;
  expect(dropped).toBeGreaterThan(8);
  expect(dropped).toBeLessThan(30);
});
