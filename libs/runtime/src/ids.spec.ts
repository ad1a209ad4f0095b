import { newId, newUuid } from './ids';

test('an id has its prefix and 32 hexadecimal digits', () => {
  expect(newId('msg')).toMatch(/^msg_[0-9a-f]{32}$/);
});

test('ids made one after the other sort in that order', () => {
  const ids = Array.from({ length: 1_000 }, () => newUuid());
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});
