import type { InboxFilter } from '../data';
import { filterOf, narrows, queryOf, searchOf, withoutNarrowing } from './filter-address';

const everything: InboxFilter = {
  status: 'COMPLETED',
  unread: true,
  assignment: 'UNASSIGNED',
  channels: ['WEB_CHAT', 'MESSENGER'],
  search: 'annual plan & más',
};

test('a filter survives the way through the address', () => {
  for (const filter of [everything, { status: 'OPEN' }, { status: 'OPEN', assignment: 'MINE' }] satisfies InboxFilter[])
    expect(filterOf(queryOf(filter))).toEqual(filter);
});

test('the address of the plain inbox has no query, and others are readable', () => {
  expect(queryOf({ status: 'OPEN' })).toBe('');
  expect(queryOf({ status: 'OPEN', unread: true, channels: ['WEB_CHAT', 'EMAIL'] })).toBe(
    'unread=yes&channel=chat,email',
  );
});

test('what the address does not mean is left out', () => {
  expect(filterOf('status=gone&assigned=tom&channel=fax,email&q=x&unread=1&utm=1')).toEqual({
    status: 'OPEN',
    channels: ['EMAIL'],
  });
});

test('a search needs two characters and is cut at 200', () => {
  expect(searchOf(' a ')).toBeUndefined();
  expect(searchOf('  ab ')).toBe('ab');
  expect(searchOf('x'.repeat(300))).toHaveLength(200);
});

test('clearing filters stays on the same side', () => {
  expect(withoutNarrowing(everything)).toEqual({ status: 'COMPLETED' });
  expect(narrows(everything)).toBe(true);
  expect(narrows({ status: 'COMPLETED' })).toBe(false);
});
