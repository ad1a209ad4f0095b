import fc from 'fast-check';
import { sampleRow } from '../../test/sample-rows';
import { ConversationRows } from './conversation-rows';

const visitor = (state: 'ONLINE' | 'OFFLINE') => ({
  id: 'vis_1',
  presence: { state, since: '2026-11-22T10:00:00.000Z' },
  currentPage: null,
});

it('holds the newest version whatever the order in which copies come', () => {
  const copies = fc.array(fc.record({ version: fc.integer({ min: 1, max: 9 }), pushed: fc.boolean() }), {
    minLength: 1,
  });
  fc.assert(
    fc.property(copies, (given) => {
      const rows = new ConversationRows();
      for (const { version, pushed } of given) {
        const row = sampleRow('a', { version, title: `version ${String(version)}` });
        if (pushed) rows.push(row);
        else rows.answer(row, rows.now);
      }
      const newest = Math.max(...given.map(({ version }) => version));
      expect(rows.get('a')).toMatchObject({ version: newest, title: `version ${String(newest)}` });
    }),
  );
});

it('only the row that changed is told', () => {
  const rows = new ConversationRows();
  rows.push(sampleRow('a'));
  rows.push(sampleRow('b'));
  const told = { a: 0, b: 0 };
  rows.subscribe('a', () => (told.a += 1));
  rows.subscribe('b', () => (told.b += 1));
  rows.push(sampleRow('a', { version: 2 }));
  rows.push(sampleRow('a', { version: 1 }));
  rows.push(sampleRow('a', { version: 2 }));
  expect(told).toEqual({ a: 1, b: 0 });
});

it('a pushed row that knows less than the presence pushed before it takes nothing back', () => {
  const rows = new ConversationRows();
  const at = (state: 'ONLINE' | 'OFFLINE', second: string) => ({
    ...visitor(state),
    presence: { state, since: `2026-11-22T10:00:0${second}.000Z` },
  });
  rows.pushPresence(at('ONLINE', '2'));
  rows.push(sampleRow('a', { visitor: at('OFFLINE', '1') }));
  expect(rows.get('a')?.visitor?.presence.state).toBe('ONLINE');
  rows.push(sampleRow('a', { version: 2, visitor: at('OFFLINE', '3') }));
  expect(rows.get('a')?.visitor?.presence.state).toBe('OFFLINE');
});

it('presence that was pushed after a request was sent wins over its answer', () => {
  const rows = new ConversationRows();
  rows.push(sampleRow('a', { visitor: visitor('OFFLINE') }));
  const askedAt = rows.now;
  rows.pushPresence(visitor('ONLINE'));
  rows.answer(sampleRow('a', { version: 2, visitor: visitor('OFFLINE') }), askedAt);
  expect(rows.get('a')).toMatchObject({ version: 2, visitor: visitor('ONLINE') });
  rows.answer(sampleRow('a', { version: 2, visitor: visitor('OFFLINE') }), rows.now);
  expect(rows.get('a')).toMatchObject({ visitor: visitor('OFFLINE') });
});

it('a patch shows over everything that comes until it is taken off', () => {
  const rows = new ConversationRows();
  rows.push(sampleRow('a'));
  const takeOff = rows.patch('a', { status: 'COMPLETED' });
  rows.push(sampleRow('a', { version: 2, unread: false }));
  expect(rows.get('a')).toMatchObject({ version: 2, unread: false, status: 'COMPLETED' });
  takeOff();
  takeOff();
  expect(rows.get('a')).toMatchObject({ version: 2, status: 'OPEN' });
});

it('a pushed row in a version that is held already still reaches the lists', () => {
  const rows = new ConversationRows();
  rows.answer(sampleRow('a'), 0);
  const heard: string[] = [];
  rows.onChange((id) => heard.push(id));
  rows.push(sampleRow('a'));
  expect(heard).toEqual(['a']);
});

it('keeps what is needed and a bounded number of others, of 20,000 that passed', () => {
  const rows = new ConversationRows((id) => id === 'needed');
  rows.push(sampleRow('needed'));
  rows.push(sampleRow('shown'));
  rows.subscribe('shown', () => undefined);
  for (let n = 0; n < 20_000; n += 1)
    rows.push(sampleRow(`cnv_${String(n)}`, { visitor: { ...visitor('ONLINE'), id: `v${String(n)}` } }));
  expect(rows.size).toBeLessThan(1_600);
  expect([rows.get('needed')?.id, rows.get('shown')?.id, rows.get('cnv_0')]).toEqual(['needed', 'shown', undefined]);
});
