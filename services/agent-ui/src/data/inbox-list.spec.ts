import fc from 'fast-check';
import { minute, sampleRow } from '../../test/sample-rows';
import { ConversationRows } from './conversation-rows';
import { belongs, filterKey } from './inbox-filter';
import { InboxList, REORDER_MS } from './inbox-list';
import { comparePlaces } from './ordered-ids';
import type { ConversationRow, InboxFilter } from './types';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function listOf(filter: InboxFilter, open: { id: string | null } = { id: null }) {
  const rows = new ConversationRows();
  let told = 0;
  const list = new InboxList(filter, {
    rowOf: (id) => rows.get(id),
    heardAt: (id) => rows.heardAt(id),
    now: () => rows.now,
    isOpen: (id) => open.id === id,
    onChange: () => (told += 1),
  });
  rows.onChange((id) => list.consider(id));
  const page = (ids: [string, number][], hasMore: boolean, after: Parameters<InboxList['applyPage']>[1] = null) => {
    const found = ids.map(([id, at]) => sampleRow(id, { lastActivityAt: minute(at) }));
    const askedAt = rows.now;
    for (const row of found) rows.answer(row, askedAt);
    list.setReach(list.applyPage({ rows: found, hasMore, endCursor: null, askedAt }, after), 'cursor');
    list.settle();
  };
  return { rows, list, page, told: () => told };
}
const push = (rows: ConversationRows, id: string, version: number, at: number, change: Partial<ConversationRow> = {}) =>
  rows.push(sampleRow(id, { version, lastActivityAt: minute(at), ...change }));

it('many changes within 250 ms become one new order', () => {
  const { rows, list, page, told } = listOf({ status: 'OPEN' });
  page(
    [
      ['a', 3],
      ['b', 2],
      ['c', 1],
    ],
    false,
  );
  const before = told();
  push(rows, 'c', 2, 10);
  push(rows, 'b', 2, 11);
  push(rows, 'd', 1, 12);
  expect(list.shown).toEqual(['a', 'b', 'c']);
  jest.advanceTimersByTime(REORDER_MS);
  expect(list.shown).toEqual(['d', 'b', 'c', 'a']);
  expect(told()).toBe(before + 1);
});

it('while held nothing moves and news are counted; letting go shows them', () => {
  const { rows, list, page } = listOf({ status: 'OPEN' });
  page(
    [
      ['a', 2],
      ['b', 1],
    ],
    false,
  );
  list.hold(true);
  push(rows, 'b', 2, 10);
  push(rows, 'c', 1, 11);
  push(rows, 'a', 2, 2, { unread: false });
  jest.advanceTimersByTime(REORDER_MS);
  expect([list.shown, list.heldCount]).toEqual([['a', 'b'], 2]);
  list.hold(false);
  expect([list.shown, list.heldCount]).toEqual([['c', 'b', 'a'], 0]);
});

it('what this agent completes leaves even a list that is held', () => {
  const { rows, list, page } = listOf({ status: 'OPEN' });
  page(
    [
      ['a', 2],
      ['b', 1],
    ],
    false,
  );
  list.hold(true);
  push(rows, 'a', 2, 2, { status: 'COMPLETED' });
  expect(list.shown).toEqual(['a', 'b']);
  push(rows, 'b', 2, 1, { status: 'COMPLETED' });
  list.consider('b', true);
  expect(list.shown).toEqual(['a']);
});

it('the row of the open thread stays when it no longer belongs, until another thread is opened', () => {
  const open: { id: string | null } = { id: 'a' };
  const { rows, list, page } = listOf({ status: 'OPEN', unread: true }, open);
  page(
    [
      ['a', 2],
      ['b', 1],
    ],
    false,
  );
  push(rows, 'a', 2, 2, { unread: false });
  jest.advanceTimersByTime(REORDER_MS);
  expect(list.shown).toEqual(['a', 'b']);
  open.id = 'b';
  list.openChanged();
  jest.advanceTimersByTime(REORDER_MS);
  expect(list.shown).toEqual(['b']);
});

it('rows below the last loaded one are left to the next page', () => {
  const { rows, list, page } = listOf({ status: 'OPEN' });
  page(
    [
      ['a', 9],
      ['b', 8],
    ],
    true,
  );
  push(rows, 'old', 5, 3);
  jest.advanceTimersByTime(REORDER_MS);
  expect(list.shown).toEqual(['a', 'b']);
  page(
    [
      ['old', 3],
      ['older', 2],
    ],
    false,
    list.loadedTo,
  );
  expect(list.shown).toEqual(['a', 'b', 'old', 'older']);
});

it('a further page is shown below while the list is held', () => {
  const { rows, list, page } = listOf({ status: 'OPEN' });
  page(
    [
      ['a', 9],
      ['b', 8],
    ],
    true,
  );
  list.hold(true);
  push(rows, 'b', 2, 20);
  const before = list.loadedTo;
  page([['c', 3]], false, before);
  list.showFurther(before);
  expect(list.shown).toEqual(['a', 'b', 'c']);
});

it('what a page of the server no longer has leaves, unless it was pushed after the page was asked for', () => {
  const { rows, list, page } = listOf({ status: 'OPEN' });
  page(
    [
      ['a', 3],
      ['b', 2],
      ['c', 1],
    ],
    false,
  );
  page(
    [
      ['a', 3],
      ['c', 1],
    ],
    false,
  );
  expect(list.shown).toEqual(['a', 'c']);
  const askedAt = rows.now;
  push(rows, 'new', 1, 4);
  list.setReach(list.applyPage({ rows: [], hasMore: false, endCursor: null, askedAt }, null), null);
  list.settle();
  expect(list.shown).toEqual(['new']);
});

it('whatever is pushed in whatever order, the list is the newest versions that belong, newest first', () => {
  const filters: InboxFilter[] = [
    { status: 'OPEN' },
    { status: 'COMPLETED' },
    { status: 'OPEN', unread: true },
    { status: 'OPEN', waitingForReply: true },
    { status: 'OPEN', visitorOnline: true },
    { status: 'OPEN', assigneeId: 'agt_me' },
    { status: 'OPEN', assigneeId: null },
    { status: 'OPEN', assigneeId: 'agt_tom', unread: true, visitorOnline: true },
    { status: 'OPEN', channels: ['EMAIL'] },
  ];
  const event = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    version: fc.integer({ min: 1, max: 6 }),
    seed: fc.integer({ min: 0, max: 255 }),
  });
  const visitorOf = (id: string) => ({
    id: `vis_${id}`,
    presence: { state: 'ONLINE' as const, since: minute(0) },
    currentPage: null,
  });
  const rowOf = ({ id, version }: { id: string; version: number }, seed: number) =>
    sampleRow(id, {
      version,
      lastActivityAt: minute(version),
      status: seed & 1 ? 'OPEN' : 'COMPLETED',
      unread: (seed & 2) === 0,
      assignee: seed & 4 ? { id: seed & 8 ? 'agt_me' : 'agt_tom', displayName: 'Tom' } : null,
      waitingForReply: (seed & 64) === 0,
      visitor: seed & 128 ? visitorOf(id) : null,
      channels: seed & 16 ? ['EMAIL'] : ['WEB_CHAT', ...(seed & 32 ? (['EMAIL'] as const) : [])],
    });
  fc.assert(
    fc.property(fc.constantFrom(...filters), fc.array(event), (filter, events) => {
      const { rows, list, page } = listOf(filter);
      page([], false);
      const newest = new Map<string, ConversationRow>();
      // One content for each version, as on the server.
      const contents = new Map<string, number>();
      for (const { id, version, seed } of events) {
        const key = `${id} ${String(version)}`;
        if (!contents.has(key)) contents.set(key, seed);
        const row = rowOf({ id, version }, contents.get(key) ?? 0);
        rows.push(row);
        if ((newest.get(id)?.version ?? 0) < version) newest.set(id, row);
      }
      list.show();
      const expected = [...newest.values()]
        .filter((row) => belongs(row, filter))
        .map(({ id, lastActivityAt }) => ({ id, at: lastActivityAt }))
        .sort(comparePlaces);
      expect(list.shown).toEqual(expected.map(({ id }) => id));
    }),
  );
});

it('a list of who is online follows who comes and goes', () => {
  const { rows, list, page } = listOf({ status: 'OPEN', visitorOnline: true });
  page([], false);
  const tell = (state: 'ONLINE' | 'OFFLINE', at: number) =>
    rows.pushPresence({ id: 'vis_1', presence: { state, since: minute(at) }, currentPage: null });
  expect(tell('ONLINE', 1)).toBe(false);
  push(rows, 'a', 1, 3, {
    visitor: { id: 'vis_1', presence: { state: 'OFFLINE', since: minute(0) }, currentPage: null },
  });
  list.show();
  expect(list.shown).toEqual(['a']);
  expect(tell('OFFLINE', 4)).toBe(true);
  list.show();
  expect(list.shown).toEqual([]);
  tell('ONLINE', 5);
  list.show();
  expect(list.shown).toEqual(['a']);
});

it('filters that ask for the same are one list', () => {
  expect(filterKey({ status: 'OPEN', channels: ['EMAIL', 'WEB_CHAT'], search: ' x ' })).toBe(
    filterKey({ status: 'OPEN', channels: ['WEB_CHAT', 'EMAIL'] }),
  );
  expect(filterKey({ status: 'OPEN', unread: true })).not.toBe(filterKey({ status: 'OPEN' }));
});
