import { isStale, isUnsaved, onTopOf, problemsOf, startEdit, versionToSave } from './response-edit';
import type { SavedResponse } from './saved-responses-store';

const stored: SavedResponse = {
  id: 'rsp_1',
  version: 3,
  title: 'Refund',
  body: 'We refund within 30 days.',
  categoryId: 'cat_1',
  updatedAt: '2026-11-22T12:00:00.000Z',
  updatedBy: null,
};

test('an untouched form has nothing to lose, a changed one has', () => {
  const edit = startEdit(stored);
  expect(isUnsaved(edit)).toBe(false);
  expect(isUnsaved({ ...edit, title: ' Refund ' })).toBe(false);
  expect(isUnsaved({ ...edit, body: 'x' })).toBe(true);
  expect(isUnsaved({ title: '', body: ' ', categoryId: 'cat_1', base: null })).toBe(false);
});

test('content that another agent stored meanwhile makes the edit stale, and the old version is named so that the server refuses', () => {
  const edit = { ...startEdit(stored), body: 'Mine.' };
  const theirs = { ...stored, version: 4, body: 'Theirs.' };
  expect(isStale(edit, theirs)).toBe(true);
  expect(versionToSave(edit, theirs)).toBe(3);
  const chosen = onTopOf(edit, theirs);
  expect(isStale(chosen, theirs)).toBe(false);
  expect(versionToSave(chosen, theirs)).toBe(4);
});

test('a version without other content makes nothing stale', () => {
  const edit = { ...startEdit(stored), body: 'Mine.' };
  expect(isStale(edit, { ...stored, version: 5 })).toBe(false);
  expect(versionToSave(edit, { ...stored, version: 5 })).toBe(5);
});

test('two agents who wrote the same are not asked', () => {
  const edit = { ...startEdit(stored), body: 'Same.' };
  expect(isStale(edit, { ...stored, version: 4, body: 'Same.' })).toBe(false);
});

test('title and text are needed and limited as the server limits them', () => {
  expect(problemsOf({ title: ' ', body: '\n', categoryId: null })).toEqual({ title: 'MISSING', body: 'MISSING' });
  expect(problemsOf({ title: 'a'.repeat(120), body: 'b'.repeat(10_000), categoryId: null })).toEqual({});
  expect(problemsOf({ title: 'a'.repeat(122), body: 'b'.repeat(10_001), categoryId: null })).toEqual({
    title: { over: 2 },
    body: { over: 1 },
  });
});
