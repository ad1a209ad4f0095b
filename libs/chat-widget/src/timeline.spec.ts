import type { WidgetMessage } from '@conversations/contracts';
import { emptyThread, reduceThread, type Thread } from './thread';
import { timeline } from './timeline';

const at = (day: number, time: string) => new Date(2026, 10, day, ...time.split(':').map(Number)).toISOString();
const message = (seq: number, who: string | null, when: string): WidgetMessage => ({
  seq,
  id: `msg_${String(seq)}`,
  author: who === null ? { kind: 'visitor', name: null } : { kind: 'agent', name: who },
  channel: 'chat',
  text: `text ${String(seq)}`,
  attachments: [],
  clientId: who === null ? `client-${String(seq)}` : null,
  at: when,
});
const threadOf = (messages: WidgetMessage[]): Thread =>
  messages.reduce<Thread>((thread, m) => reduceThread(thread, { t: 'msg', m }), { ...emptyThread, oldest: 1 });
const shape = (thread: Thread, unsent: Parameters<typeof timeline>[1] = []) =>
  timeline(thread, unsent).map((item) => (item.kind === 'day' ? 'day' : `${item.text}${item.last ? ' |' : ''}`));

test('bubbles of one author within five minutes are one run, and each day has its separator', () => {
  const thread = threadOf([
    message(1, null, at(21, '23:58')),
    message(2, null, at(22, '00:01')),
    message(3, 'Amélie', at(22, '00:02')),
    message(4, 'Amélie', at(22, '00:04')),
    message(5, 'Amélie', at(22, '00:20')),
    message(6, 'Tom', at(22, '00:21')),
  ]);
  expect(shape(thread)).toEqual(['day', 'text 1 |', 'day', 'text 2 |', 'text 3', 'text 4 |', 'text 5 |', 'text 6 |']);
});

test('an unsent message stands last, and its stored copy takes its place under the same key', () => {
  const thread = threadOf([message(1, 'Amélie', at(22, '10:00'))]);
  const unsent = [{ clientId: 'client-2', text: 'text 2', attachments: [], at: new Date(at(22, '10:01')).getTime() }];
  expect(shape(thread, unsent)).toEqual(['day', 'text 1 |', 'text 2 |']);
  const stored = reduceThread(thread, { t: 'msg', m: message(2, null, at(22, '10:01')) });
  const before = timeline(thread, unsent).at(-1);
  const after = timeline(stored, unsent).at(-1);
  expect(timeline(stored, unsent)).toHaveLength(3);
  expect(after?.key).toBe(before?.key);
  expect(after).toMatchObject({ unsent: null });
});

test('only the newest own message says that it was seen', () => {
  const thread = threadOf([
    message(1, null, at(22, '10:00')),
    message(2, null, at(22, '10:10')),
    message(3, 'Amélie', at(22, '10:11')),
  ]);
  const seen = (agentReadSeq: number) =>
    timeline({ ...thread, agentReadSeq }, []).flatMap((item) =>
      item.kind === 'bubble' && item.seen ? [item.text] : [],
    );
  expect(seen(1)).toEqual([]);
  expect(seen(2)).toEqual(['text 2']);
});

describe('a form waits', () => {
  const asked = { formId: 'address', submitLabel: 'Send', fields: [] };
  const asking: WidgetMessage = { ...message(1, 'Robin', at(22, '10:00')), askedForm: asked };
  const answer: WidgetMessage = {
    ...message(2, null, at(22, '10:01')),
    form: { formId: 'address', answers: [{ key: 'email', label: 'Email', value: 'ann@example.com' }] },
  };
  const waiting = (thread: Thread, unsent: Parameters<typeof timeline>[1] = []) =>
    timeline(thread, unsent).flatMap((item) => (item.kind === 'bubble' && item.asks ? [item.asks.passed] : []));

  test('until it is answered, also while the visitor writes or the answer is on its way', () => {
    expect(waiting(threadOf([asking]))).toEqual([false]);
    expect(waiting(threadOf([asking, message(2, null, at(22, '10:01'))]))).toEqual([false]);
    const form = { formId: 'address', values: { email: 'ann@example.com' } };
    const unsent = [{ clientId: 'c', text: '', form, attachments: [], at: 1 }];
    expect(waiting(threadOf([asking]), unsent)).toEqual([false]);
    expect(shape(threadOf([asking]), unsent)).toEqual(['day', 'text 1 |']);
    const answered = threadOf([asking, answer]);
    expect(waiting(answered)).toEqual([]);
    expect(timeline(answered, []).at(-1)).toMatchObject({ form: answer.form });
  });

  test('without inviting once the conversation went on or was completed', () => {
    expect(waiting(threadOf([asking, message(2, 'Tom', at(22, '10:01'))]))).toEqual([true]);
    expect(waiting({ ...threadOf([asking]), state: 'completed' })).toEqual([true]);
  });

  test('no longer when it is asked again', () => {
    const again = { ...asking, seq: 2, id: 'msg_2', askedForm: { ...asked, formId: 'again' } };
    expect(waiting(threadOf([asking, again]))).toEqual([false]);
  });
});
