import fc from 'fast-check';
import { partitionOf, partitionToken, PARTITIONS } from './subject';

// Published test vectors of FNV-1a, 32 bit.
test.each([
  ['', 0x811c9dc5],
  ['a', 0xe40c292c],
  ['b', 0xe70c2de5],
  ['foobar', 0xbf9cf968],
])('the partition of "%s" is its FNV-1a hash modulo 64', (key, hash) => {
  expect(partitionOf(key)).toBe(hash % PARTITIONS);
});

test('a key has one partition of the 64, whatever it holds', () => {
  fc.assert(
    fc.property(fc.string(), (key) => {
      const partition = partitionOf(key);
      expect(Number.isInteger(partition) && partition >= 0 && partition < PARTITIONS).toBe(true);
      expect(partitionOf(key)).toBe(partition);
    }),
  );
});

test('the ids of conversations spread evenly over the partitions', () => {
  const counts = new Array<number>(PARTITIONS).fill(0);
  const perPartition = 1_000;
  for (let n = 0; n < PARTITIONS * perPartition; n += 1) {
    const id = `cnv_0193${n.toString(16).padStart(28, '0')}`;
    const partition = partitionOf(id);
    counts[partition] = (counts[partition] ?? 0) + 1;
  }
  expect(Math.min(...counts)).toBeGreaterThan(perPartition * 0.75);
  expect(Math.max(...counts)).toBeLessThan(perPartition * 1.25);
});

test('the token of a partition has two digits', () => {
  expect([0, 7, 63].map(partitionToken)).toEqual(['00', '07', '63']);
});
