import fc from 'fast-check';
import { OutboxQueue, type SendOutcome } from './outbox-queue';
import type { NewMessage } from './types';

const MINUTE = 60_000;
const message = (id: string, conversationId = 'c'): NewMessage & { clientMessageId: string } => ({
  clientMessageId: id,
  conversationId,
  channel: 'WEB_CHAT',
  text: id,
  attachments: [],
  complete: false,
});
const newQueue = () => new OutboxQueue(() => MINUTE);
const ids = (entries: { clientMessageId: string }[]) => entries.map(({ clientMessageId }) => clientMessageId);

it('one message of a conversation is on its way at a time, conversations do not wait for each other', () => {
  const queue = newQueue();
  queue.add(message('a1', 'a'), 1);
  queue.add(message('a2', 'a'), 1);
  queue.add(message('b1', 'b'), 2);
  expect(ids(queue.sendable(3))).toEqual(['a1', 'b1']);
  queue.sending('a1');
  expect(ids(queue.sendable(3))).toEqual(['b1']);
  queue.settle('a1', { kind: 'stored' }, 3);
  expect(ids(queue.sendable(3))).toEqual(['a2', 'b1']);
});

it('a message that failed is tried again later, and holds those behind it; a network that is back hurries it', () => {
  const queue = newQueue();
  queue.add(message('1'), 1);
  queue.add(message('2'), 2);
  queue.sending('1');
  expect(queue.settle('1', { kind: 'failed', error: 'offline' }, 10)).toMatchObject({
    state: 'waiting',
    lastError: 'offline',
  });
  expect(queue.sendable(11)).toEqual([]);
  expect(queue.nextAt(11)).toBe(10 + MINUTE);
  expect(ids(queue.sendable(10 + MINUTE))).toEqual(['1']);
  queue.hurry();
  expect(ids(queue.sendable(11))).toEqual(['1']);
});

it('the server says how long to wait', () => {
  const queue = newQueue();
  queue.add(message('1'), 1);
  queue.sending('1');
  queue.settle('1', { kind: 'failed', error: 'rate-limited', retryAfterMs: 5 * MINUTE }, 0);
  expect(queue.nextAt(1)).toBe(5 * MINUTE);
});

it('a refused message keeps its reason, lets the next one pass, and goes again on another channel', () => {
  const queue = newQueue();
  queue.add(message('1'), 1);
  queue.add(message('2'), 2);
  queue.sending('1');
  queue.settle('1', { kind: 'refused', refusal: { code: 'REPLY_WINDOW_CLOSED', closedAt: 'then' } }, 3);
  expect(queue.get('1')).toMatchObject({
    state: 'refused',
    refusal: { code: 'REPLY_WINDOW_CLOSED', closedAt: 'then' },
  });
  expect(ids(queue.sendable(3))).toEqual(['2']);
  expect(queue.changeChannel('1', 'EMAIL')).toMatchObject({ state: 'waiting', channel: 'EMAIL' });
  expect(queue.get('1')?.refusal).toBeUndefined();
  expect(ids(queue.sendable(3))).toEqual(['1']);
});

it.each([
  ['forbidden', 1, 'WRONG_AGENT_ROLE'],
  ['refused', 1, 'REJECTED'],
  ['internal', 6, 'INTERNAL'],
] as const)('%s is final after %i tries', (error, tries, code) => {
  const queue = newQueue();
  queue.add(message('1'), 1);
  for (let n = 1; n <= tries; n += 1) {
    expect(queue.get('1')?.state).toBe('waiting');
    queue.sending('1');
    queue.settle('1', { kind: 'failed', error }, n);
  }
  expect(queue.get('1')).toMatchObject({ state: 'refused', refusal: { code } });
});

it('after a reload what was on its way goes again; what is too old to repeat safely asks the agent', () => {
  const queue = newQueue();
  const now = 10 * 86_400_000;
  queue.add(message('fresh', 'a'), now - MINUTE);
  queue.add(message('old', 'b'), 0);
  queue.add(message('old but never tried', 'c'), 0);
  queue.sending('fresh');
  queue.sending('old');
  queue.recover(now);
  expect(queue.get('fresh')?.state).toBe('waiting');
  expect(queue.get('old')).toMatchObject({ state: 'refused', refusal: { code: 'TOO_OLD' } });
  expect(queue.get('old but never tried')?.state).toBe('waiting');
});

it('whatever becomes of the tries, every message is stored once and in the order of writing, or refused and still here', () => {
  const outcome: fc.Arbitrary<SendOutcome> = fc.oneof(
    fc.constant<SendOutcome>({ kind: 'stored' }),
    fc.constantFrom<SendOutcome>(
      { kind: 'failed', error: 'offline' },
      { kind: 'failed', error: 'timeout' },
      { kind: 'failed', error: 'internal' },
    ),
    fc.constant<SendOutcome>({ kind: 'refused', refusal: { code: 'TOO_LONG' } }),
  );
  const written = fc.array(fc.constantFrom('a', 'b'), { maxLength: 12 });
  fc.assert(
    fc.property(written, fc.infiniteStream(outcome), fc.integer(), (conversations, outcomes, seed) => {
      const queue = newQueue();
      conversations.forEach((conversation, n) =>
        queue.add(message(`${conversation}${String(n)}`, conversation), n % 3),
      );
      const stored: string[] = [];
      let now = 100;
      for (let tries = 0; tries < 500; tries += 1) {
        const ready = queue.sendable(now);
        if (ready.length === 0) {
          const next = queue.nextAt(now);
          if (next === null) break;
          now = next;
          continue;
        }
        const { clientMessageId } = ready[Math.abs(seed + tries) % ready.length]!;
        queue.sending(clientMessageId);
        const next = outcomes.next();
        const became: SendOutcome = tries > 300 || next.done === true ? { kind: 'stored' } : next.value;
        if (became.kind === 'stored') stored.push(clientMessageId);
        queue.settle(clientMessageId, became, now);
      }
      const refused = ids(queue.all);
      expect(queue.all.every(({ state }) => state === 'refused')).toBe(true);
      const all = conversations.map((conversation, n) => `${conversation}${String(n)}`);
      expect([...stored, ...refused].sort()).toEqual([...all].sort());
      for (const conversation of ['a', 'b']) {
        const order = stored.filter((id) => id.startsWith(conversation)).map((id) => Number(id.slice(1)));
        const byWriting = all
          .map((id, n) => ({ id, n }))
          .filter(({ id }) => id.startsWith(conversation) && stored.includes(id))
          .map(({ id }) => Number(id.slice(1)));
        expect([...order].sort((x, y) => x - y)).toEqual([...byWriting].sort((x, y) => x - y));
        const inOrder = queue.all.length > 0 || order.every((n, index) => index === 0 || n > (order[index - 1] ?? -1));
        expect(inOrder).toBe(true);
      }
    }),
  );
});
