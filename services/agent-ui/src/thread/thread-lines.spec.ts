import type { ThreadActivity, ThreadItem, ThreadMessage } from '../data';
import { thread as english } from '../i18n/en/thread';
import { thread as french } from '../i18n/fr/thread';
import { activityText, calledName } from './activity-text';
import { firstUnread, newestMessageId, threadLines } from './thread-lines';

const AMELIE = { __typename: 'Agent' as const, id: 'agt_amelie', displayName: 'Amélie Roux' };
const TOM = { __typename: 'Agent' as const, id: 'agt_tom', displayName: 'Tom Baker' };
const VISITOR = { __typename: 'Visitor' as const, id: 'vis_1', displayName: 'Tom Okafor' };
const LOADED_WHOLE: Parameters<typeof threadLines>[1] = { hasOlder: false, firstUnreadId: null };

let count = 0;
function message(at: string, change: Partial<ThreadMessage> = {}): ThreadItem {
  const id = `msg_${String(++count)}`;
  const stored: ThreadMessage = {
    __typename: 'Message',
    id,
    clientMessageId: null,
    channel: 'WEB_CHAT',
    direction: 'INBOUND',
    text: 'Hello',
    createdAt: at,
    author: VISITOR,
    delivery: null,
    email: null,
    messenger: null,
    form: null,
    attachments: [],
    ...change,
  };
  return { kind: 'message', key: stored.id, message: stored };
}
const answer = (at: string, change: Partial<ThreadMessage> = {}) =>
  message(at, { direction: 'OUTBOUND', author: AMELIE, ...change });

function activity(
  kind: ThreadActivity['kind'],
  by: typeof AMELIE | null,
  assignee: typeof AMELIE | null = null,
  at = '2026-11-22T10:03:00.000',
): ThreadItem {
  const id = `act_${String(++count)}`;
  const stamp = { __typename: 'ActorStamp' as const, by, byAutomation: null, at };
  return {
    kind: 'activity',
    key: id,
    activity: { __typename: 'ConversationActivity', id, kind, stamp, assignee },
  };
}
const shape = (items: ThreadItem[], options = LOADED_WHOLE) =>
  threadLines(items, options).map((line) => {
    if (line.kind === 'activity') return `activity ${String(line.told.length)}`;
    return 'follows' in line && line.follows ? `${line.kind} follows` : line.kind;
  });
const told = (items: ThreadItem[], words = english, options = LOADED_WHOLE) =>
  threadLines(items, options).flatMap((line) =>
    line.kind === 'activity' ? line.told.map((one) => activityText(one, words, () => '10:03')) : [],
  );

test('every day of the reader’s calendar has one separator, also when it begins with an activity', () => {
  expect(
    shape([
      message('2026-11-20T09:00:00.000'),
      message('2026-11-20T23:59:00.000'),
      activity('COMPLETED', AMELIE, null, '2026-11-21T00:01:00.000'),
      message('2026-11-21T10:00:00.000'),
    ]),
  ).toEqual(['day', 'message', 'message', 'day', 'activity 1', 'message']);
});

test('bubbles of one person on one channel within five minutes stand together', () => {
  expect(
    shape([
      message('2026-11-22T09:00:00.000'),
      message('2026-11-22T09:01:00.000'),
      message('2026-11-22T09:02:00.000', { channel: 'EMAIL' }),
      answer('2026-11-22T09:03:00.000'),
      answer('2026-11-22T09:09:00.000'),
    ]),
  ).toEqual(['day', 'message', 'message follows', 'message', 'message', 'message']);
});

test('adjoining activities are one line, and the beginning of a conversation is none', () => {
  expect(
    shape([
      activity('OPENED', null),
      message('2026-11-22T09:00:00.000'),
      activity('COMPLETED', AMELIE),
      activity('REOPENED', null),
      message('2026-11-22T10:04:00.000'),
    ]),
  ).toEqual(['day', 'message', 'activity 2', 'message']);
});

test('a message that opens a conversation again is named by its writer', () => {
  const items = [activity('COMPLETED', AMELIE), activity('REOPENED', null), message('2026-11-22T10:04:00.000')];
  expect(told(items)).toEqual(['Completed by Amélie Roux at 10:03', 'Opened again by Tom’s message']);
  expect(told(items, french)).toEqual(['Terminée par Amélie Roux à 10:03', 'Rouverte par le message de Tom']);
  expect(told([activity('REOPENED', null)])).toEqual(['Opened again by the visitor’s message']);
  expect(told([activity('REOPENED', TOM)])).toEqual(['Opened again by Tom Baker at 10:03']);
});

test('an assignment says from whom, to whom and by whom', () => {
  const items = [
    activity('ASSIGNED', AMELIE, AMELIE),
    activity('ASSIGNED', AMELIE, TOM),
    activity('ASSIGNED', AMELIE, AMELIE),
    activity('ASSIGNED', TOM, null),
  ];
  expect(told(items)).toEqual([
    'Assigned to Amélie Roux at 10:03',
    'Assigned from Amélie Roux to Tom Baker by Amélie Roux at 10:03',
    'Amélie Roux took over from Tom Baker at 10:03',
    'Unassigned from Amélie Roux by Tom Baker at 10:03',
  ]);
  expect(told(items, french)[1]).toBe('Passée d’Amélie Roux à Tom Baker par Amélie Roux à 10:03');
});

test('while the beginning is not loaded, nobody is named as the owner before', () => {
  expect(told([activity('ASSIGNED', AMELIE, TOM)], english, { hasOlder: true, firstUnreadId: null })).toEqual([
    'Assigned to Tom Baker by Amélie Roux at 10:03',
  ]);
});

test('the line of new messages stands above the first that nobody has answered', () => {
  const first = message('2026-11-22T09:02:00.000');
  const items = [
    message('2026-11-22T09:00:00.000'),
    answer('2026-11-22T09:01:00.000'),
    first,
    message('2026-11-22T09:03:00.000'),
  ];
  const firstUnreadId = firstUnread(items, true);
  expect(firstUnreadId).toBe(first.key);
  expect(firstUnread(items, false)).toBeNull();
  expect(newestMessageId(items)).toBe(items[3]!.key);
  expect(shape(items, { hasOlder: false, firstUnreadId })).toEqual([
    'day',
    'message',
    'message',
    'new',
    'message',
    'message follows',
  ]);
});

test('a first name is taken of a name only', () => {
  expect(calledName('Tom Okafor')).toBe('Tom');
  expect(calledName('Visitor 4F2A')).toBe('Visitor 4F2A');
  expect(calledName('Visitor DEAF')).toBe('Visitor DEAF');
  expect(calledName('acme-billing@acme.test')).toBe('acme-billing@acme.test');
  expect(calledName('李小龙')).toBe('李小龙');
});
