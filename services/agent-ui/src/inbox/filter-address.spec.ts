import type { InboxFilter } from '../data';
import { filterOf, holdsWords, narrows, queryOf, searchOf, withoutNarrowing } from './filter-address';

const amelie = 'agt_00000000000000000000000000000001';
const tom = 'agt_00000000000000000000000000000002';
const everything: InboxFilter = {
  status: 'COMPLETED',
  unread: true,
  waitingForReply: true,
  visitorOnline: true,
  assigneeId: tom,
  channels: ['WEB_CHAT', 'MESSENGER'],
  search: '"annual plan" & más',
};

test('a filter survives the way through the address', () => {
  for (const filter of [everything, { status: 'OPEN' }, { status: 'OPEN', assigneeId: null }] satisfies InboxFilter[])
    expect(filterOf(queryOf(filter), amelie)).toEqual(filter);
});

test('a link to "mine" shows another agent the same list', () => {
  const mine: InboxFilter = { status: 'OPEN', assigneeId: amelie };
  expect(queryOf(mine)).toBe(`assigned=${amelie}`);
  expect(filterOf(queryOf(mine), tom)).toEqual(mine);
});

test('a link to "assigned=me" shows everybody their own', () => {
  expect(filterOf('assigned=me', tom)).toEqual({ status: 'OPEN', assigneeId: tom });
});

test('the address of the plain inbox has no query, and others are readable', () => {
  expect(queryOf({ status: 'OPEN' })).toBe('');
  expect(queryOf({ status: 'OPEN', unread: true, waitingForReply: true, visitorOnline: true })).toBe(
    'unread=yes&waiting=yes&online=yes',
  );
  expect(queryOf({ status: 'OPEN', assigneeId: null, channels: ['WEB_CHAT', 'EMAIL'] })).toBe(
    'assigned=nobody&channel=chat,email',
  );
});

test('what the address does not mean is left out', () => {
  expect(filterOf('status=gone&assigned=tom&channel=fax,email&q=x&unread=1&online=no&waiting=&utm=1', amelie)).toEqual({
    status: 'OPEN',
    channels: ['EMAIL'],
  });
});

test('a search of punctuation alone has no words, one of any script or of emoji has', () => {
  expect(['%%', '"…"'].map(holdsWords)).toEqual([false, false]);
  expect(['été', '東京', '42', '🎉'].map(holdsWords)).toEqual([true, true, true, true]);
});

test('a search needs two characters and is cut at 200', () => {
  expect(searchOf(' a ')).toBeUndefined();
  expect(searchOf('  ab ')).toBe('ab');
  expect(filterOf('q=%00a%00b', amelie).search).toBe('a b');
  expect(searchOf('x'.repeat(300))).toHaveLength(200);
});

test('clearing filters stays on the same side', () => {
  expect(withoutNarrowing(everything)).toEqual({ status: 'COMPLETED' });
  expect(narrows(everything)).toBe(true);
  expect(narrows({ status: 'COMPLETED' })).toBe(false);
});
