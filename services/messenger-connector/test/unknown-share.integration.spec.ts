import { type SimulatedStack, startSimulated } from './simulated-stack';
import { eventually } from '@conversations/testing';

let stack: SimulatedStack;

beforeAll(async () => {
  stack = await startSimulated({ replicas: 2 });
}, 90_000);
afterAll(() => stack?.stop(), 60_000);

it('with 30 % of sends accepted and then dropped, and echoes missing, nobody gets anything twice and every part ends', async () => {
  stack.simulator.faults.arm({ kind: 'accept-then-drop', share: 0.3 });
  stack.simulator.faults.arm({ kind: 'no-echo', share: 0.2 });
  stack.simulator.faults.arm({ kind: 'drop-before', share: 0.02 });
  const people = await Promise.all(Array.from({ length: 20 }, (_, index) => stack.customer(`P${index}`)));
  const texts = people.flatMap((psid) =>
    Array.from({ length: 5 }, (_, index) => ({ psid, text: `${psid} reply ${index}` })),
  );
  for (const { psid, text } of texts) await stack.reply(psid, text);
  const states = await eventually(
    async () => {
      const rows = await stack.rows<{ state: string; text: string }>('SELECT state, text FROM part WHERE NOT open');
      expect(rows).toHaveLength(texts.length);
      return rows;
    },
    { timeoutMs: 120_000, everyMs: 500 },
  );
  expect(states.filter(({ state }) => state !== 'sent' && state !== 'unknown')).toEqual([]);
  for (const psid of people) {
    const received = stack.received(psid);
    expect(new Set(received).size).toBe(received.length);
    expect(received).toEqual([...received].sort());
    // Whatever is called sent was received.
    const sent = states.filter(({ state, text }) => state === 'sent' && text.startsWith(psid));
    expect(received).toEqual(expect.arrayContaining(sent.map(({ text }) => text)));
  }
  const unknown = states.filter(({ state }) => state === 'unknown').length;
  console.log(`accepted then dropped: ${texts.length} parts, ${unknown} unknown, 0 received twice`);
}, 180_000);
