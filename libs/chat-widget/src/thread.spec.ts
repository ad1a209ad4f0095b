import type { WidgetMessage } from '@conversations/contracts';
import fc from 'fast-check';
import {
  emptyThread,
  newestSeq,
  reduceThread,
  resumeFrom,
  shownMessages,
  type Thread,
  type ThreadInput,
} from './thread';

const message = (seq: number, own = seq % 2 === 1): WidgetMessage => ({
  seq,
  id: `msg_${String(seq).padStart(20, '0')}`,
  author: own ? { kind: 'visitor', name: 'Ann' } : { kind: 'agent', name: 'Amélie' },
  channel: 'chat',
  text: `text ${String(seq)}`,
  attachments: [],
  clientId: own ? `client-${String(seq)}` : null,
  at: '2026-11-22T13:00:00.000Z',
});
const messages = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => message(from + index));
const ack = (seq: number): ThreadInput => ({
  t: 'ack',
  clientId: `client-${String(seq)}`,
  seq,
  id: message(seq).id,
  at: message(seq).at,
  text: `text ${String(seq)}`,
  attachments: [],
});
const welcome = (
  from: number,
  to: number,
  change: Partial<Extract<ThreadInput, { t: 'welcome' }>> = {},
): ThreadInput => ({
  t: 'welcome',
  v: 1,
  visitor: 'vis_019329a0c4b17cc0a1b2c3d4',
  thread: { id: 'cnv_019329a0c4b17cc0a1b2c3d4', state: 'open', seq: to, agentReadSeq: 0 },
  messages: messages(from, to),
  reset: false,
  hasMore: from > 1,
  config: { heartbeat: 20, maxText: 5_000, upload: false },
  ...change,
});
const reduce = (inputs: ThreadInput[], from: Thread = emptyThread) => inputs.reduce(reduceThread, from);
const seqs = (thread: Thread) => shownMessages(thread).map(({ seq }) => seq);

test('an ack shows the own message at once, and the gateway’s copy takes its place without a second bubble', () => {
  const acknowledged = reduce([welcome(1, 2), ack(3)]);
  expect(shownMessages(acknowledged).at(-1)).toMatchObject({ seq: 3, text: 'text 3', clientId: 'client-3' });
  const echoed = reduce([{ t: 'msg', m: message(3) }], acknowledged);
  expect(seqs(echoed)).toEqual([1, 2, 3]);
  expect(shownMessages(echoed).at(-1)?.author.name).toBe('Ann');
});

test('a resume asks from before a gap, so a message that was pushed to a dying socket is not lost', () => {
  const thread = reduce([welcome(1, 45), ack(47)]);
  expect(newestSeq(thread)).toBe(47);
  expect(resumeFrom(thread)).toBe(45);
  expect(resumeFrom(reduce([{ t: 'msg', m: message(46) }], thread))).toBe(47);
  expect(resumeFrom(emptyThread)).toBe(0);
});

test('a position that is not the visitor’s to see does not hold the resume back', () => {
  const thread = reduce([welcome(1, 45), { t: 'msg', m: message(47) }]);
  expect(resumeFrom(thread)).toBe(45);
  expect(resumeFrom(reduce([welcome(47, 47)], thread))).toBe(47);
});

test('a reset replaces what is held, and older pages come before it', () => {
  const held = reduce([welcome(1, 20)]);
  const reset = reduce([welcome(251, 300, { reset: true })], held);
  expect(seqs(reset)).toEqual(messages(251, 300).map(({ seq }) => seq));
  expect(reset.hasMore).toBe(true);
  const older = reduce([{ t: 'older', before: 251, messages: messages(201, 250), hasMore: true }], reset);
  expect(seqs(older)[0]).toBe(201);
  expect(older.oldest).toBe(201);
});

test('the late ack of a message far back does not tear a hole into the history', () => {
  const thread = reduce([welcome(251, 300), ack(7)]);
  expect(seqs(thread)[0]).toBe(251);
  expect(thread.oldest).toBe(251);
  expect(seqs(reduce([{ t: 'older', before: 251, messages: messages(1, 250), hasMore: false }], thread))).toHaveLength(
    300,
  );
});

test('the welcome of another conversation begins anew', () => {
  const held = reduce([welcome(1, 9)]);
  const other = welcome(1, 1, {
    thread: { id: 'cnv_other00000000000000', state: 'open', seq: 1, agentReadSeq: 0 },
  });
  expect(seqs(reduce([other], held))).toEqual([1]);
  expect(seqs(reduce([welcome(1, 0, { thread: null, visitor: null, messages: [] })], held))).toEqual([]);
});

test('a new visitor’s first message begins the thread, and the next welcome continues it', () => {
  const fresh = reduce([welcome(1, 0, { thread: null, visitor: null, messages: [], hasMore: false }), ack(1)]);
  expect(seqs(fresh)).toEqual([1]);
  expect(resumeFrom(fresh)).toBe(1);
  const resumed = reduce([welcome(2, 2, { hasMore: false })], fresh);
  expect(seqs(resumed)).toEqual([1, 2]);
  expect(resumed).toMatchObject({ id: 'cnv_019329a0c4b17cc0a1b2c3d4', oldest: 1, hasMore: false });
});

test('completing and opening again follow the gateway', () => {
  const completed = reduce([welcome(1, 3), { t: 'thread', state: 'completed' }]);
  expect(completed.state).toBe('completed');
  expect(reduce([{ t: 'thread', state: 'open' }], completed).state).toBe('open');
});

test('any order and any repetition of frames gives the same thread', () => {
  const scenario = fc
    .record({ before: fc.nat(30), loaded: fc.integer({ min: 1, max: 20 }), live: fc.nat(20), read: fc.nat(70) })
    .chain(({ before, loaded, live, read }) => {
      const end = before + loaded;
      const frames: ThreadInput[] = [
        ...messages(end + 1, end + live).map((m): ThreadInput => ({ t: 'msg', m })),
        ...messages(1, end + live).flatMap((m) => (m.clientId === null ? [] : [ack(m.seq)])),
        { t: 'older', before: before + 1, messages: messages(Math.max(1, before - 9), before), hasMore: before > 10 },
        ...messages(1, read).map((m): ThreadInput => ({ t: 'receipt', agentReadSeq: m.seq })),
        welcome(before + 1, end),
      ];
      const shuffled = fc.shuffledSubarray(frames, { minLength: frames.length });
      const repeated = fc.array(fc.constantFrom(...frames), { maxLength: 20 });
      return fc.record({
        first: fc.constant(welcome(before + 1, end)),
        frames: fc.constant(frames),
        other: fc.tuple(shuffled, repeated).map(([all, again]) => [...again.slice(0, 10), ...all, ...again.slice(10)]),
      });
    });
  fc.assert(
    fc.property(scenario, ({ first, frames, other }) => {
      expect(reduce([first, ...other])).toEqual(reduce([first, ...frames]));
    }),
  );
});
