import type { Flow, PublishedFlow } from './flow';
import { isPublished, isStale, keptEdit, onTopOf, writeFlow } from './flow-edit';

const flow = (botName: string): Flow => ({
  ...{ enabled: true, botName, trigger: { kind: 'VISITOR_SENDS_FIRST_MESSAGE', urlContains: null } },
  ...{ steps: [{ id: 'a', kind: 'message', text: 'Hello' }], openingHours: null },
});
const published = (version: number, botName: string): PublishedFlow => ({
  ...{ version, publishedAt: '2026-11-22T12:00:00.000Z', publishedBy: null, flow: flow(botName) },
});

test('a change begins an edit, and taking it back ends it', () => {
  const edit = writeFlow(null, published(1, 'Robin'), flow('Ada'));
  expect(edit?.base.version).toBe(1);
  expect(writeFlow(edit, published(1, 'Robin'), flow('Robin'))).toBeNull();
});

test('another version with other content makes the edit stale until it goes on upon that version', () => {
  const edit = writeFlow(null, published(1, 'Robin'), flow('Ada'))!;
  expect(isStale(edit, published(1, 'Robin'))).toBe(false);
  expect(isStale(edit, published(2, 'Bob'))).toBe(true);
  expect(isStale(onTopOf(edit, published(2, 'Bob')), published(2, 'Bob'))).toBe(false);
});

test('another version that says the same as the first, or the same as the edit, is no conflict', () => {
  const edit = writeFlow(null, published(1, 'Robin'), flow('Ada'))!;
  expect(isStale(edit, published(3, 'Robin'))).toBe(false);
  expect(isStale(edit, published(2, 'Ada'))).toBe(false);
  expect(isPublished(edit, published(2, 'Ada'))).toBe(true);
});

test('taking a change back under a newer version is not the newer version', () => {
  const edit = writeFlow(null, published(1, 'Robin'), flow('Ada'))!;
  expect(writeFlow(edit, published(2, 'Bob'), flow('Robin'))?.base.version).toBe(1);
});

test('only what is an edit is read from the browser', () => {
  const edit = writeFlow(null, published(1, 'Robin'), flow('Ada'))!;
  expect(keptEdit(structuredClone(edit))).toEqual(edit);
  for (const other of [undefined, null, 'text', {}, { flow: {} }, { flow: flow('Ada') }])
    expect(keptEdit(other)).toBeNull();
});
