import fc from 'fast-check';
import { minute } from '../../test/sample-rows';
import { comparePlaces, OrderedIds, type Place } from './ordered-ids';

const change = fc.record({ id: fc.constantFrom(...'abcdefgh'), at: fc.integer({ min: 0, max: 5 }), gone: fc.boolean() });

it('after any changes the ids stand newest first, of equal times the higher id first', () => {
  fc.assert(
    fc.property(fc.array(change), (changes) => {
      const ordered = new OrderedIds();
      const expected = new Map<string, Place>();
      for (const { id, at, gone } of changes) {
        if (gone) {
          expect(ordered.delete(id)).toBe(expected.delete(id));
          continue;
        }
        const place = { id, at: minute(at) };
        expect(ordered.set(id, place.at)).toBe(expected.get(id)?.at !== place.at);
        expected.set(id, place);
      }
      expect(ordered.ids()).toEqual([...expected.values()].sort(comparePlaces).map(({ id }) => id));
      for (const id of 'abcdefgh') expect(ordered.has(id)).toBe(expected.has(id));
    }),
  );
});

it('gives the ids between two places, the second included', () => {
  const ordered = new OrderedIds();
  for (const [n, id] of [...'abcde'].entries()) ordered.set(id, minute(n));
  const at = (n: number, id: string) => ({ id, at: minute(n) });
  expect(ordered.between(null, at(2, 'c'))).toEqual(['e', 'd', 'c']);
  expect(ordered.between(at(2, 'c'), null)).toEqual(['b', 'a']);
  expect(ordered.between(at(3, 'd'), at(1, 'b'))).toEqual(['c', 'b']);
  expect(ordered.between(at(3, 'gone'), at(1, 'gone'))).toEqual(['d', 'c']);
});

it('a change among 10,000 compares at most 30 times', () => {
  let compared = 0;
  const ordered = new OrderedIds((a, b) => {
    compared += 1;
    return comparePlaces(a, b);
  });
  for (let n = 0; n < 10_000; n += 1) ordered.set(`cnv_${String(n)}`, minute(n));
  compared = 0;
  for (let n = 0; n < 100; n += 1) ordered.set(`cnv_${String(n * 97)}`, minute(20_000 + n));
  expect(compared).toBeLessThanOrEqual(100 * 30);
});
