import fc from 'fast-check';
import type { SentAttachment } from '../data';
import {
  addFiles,
  attachmentsOf,
  canRetry,
  type ChosenFile,
  failed,
  finished,
  fromDraft,
  isRunning,
  MAX_BYTES,
  MAX_FILES,
  nextToStart,
  removed,
  retried,
  started,
  type Upload,
} from './upload-list';

const file = (key: string, byteSize = 10): ChosenFile => ({
  key,
  filename: `${key}.txt`,
  byteSize,
  contentType: 'text/plain',
});
const stored = ({ key, filename, byteSize, contentType }: ChosenFile): SentAttachment => ({
  id: `up_${key}`,
  filename,
  byteSize,
  contentType,
});
const many = (count: number, from = 0) => Array.from({ length: count }, (_, index) => file(`f${String(index + from)}`));

test('an empty file and one over 20 MiB are refused at the file; one of exactly 20 MiB is taken', () => {
  const list = addFiles([], [file('empty', 0), file('big', MAX_BYTES + 1), file('full', MAX_BYTES)]);
  expect(list.map(({ problem }) => problem)).toEqual(['EMPTY', 'TOO_LARGE', null]);
  expect(nextToStart(list).map(({ key }) => key)).toEqual(['full']);
  expect(list.some(canRetry)).toBe(false);
});

test('the eleventh file is refused, and takes the place of one that is removed', () => {
  const list = addFiles(addFiles([], many(9)), many(2, 9));
  expect(list.map(({ problem }) => problem)).toEqual([...Array<null>(MAX_FILES).fill(null), 'TOO_MANY']);
  expect(removed(list, 'f3').map(({ problem }) => problem)).toEqual(Array<null>(MAX_FILES).fill(null));
});

test('a file that can never be sent takes no place', () => {
  const list = addFiles(addFiles([], [file('empty', 0)]), many(MAX_FILES));
  expect(list.filter(({ problem }) => problem === null)).toHaveLength(MAX_FILES);
});

test('two go at once, and the order stays that of choosing whatever finishes first', () => {
  let list = addFiles([], many(3));
  expect(nextToStart(list).map(({ key }) => key)).toEqual(['f0', 'f1']);
  list = started(started(list, 'f0'), 'f1');
  expect(nextToStart(list)).toEqual([]);
  list = finished(list, 'f1', stored(file('f1')));
  expect(nextToStart(list).map(({ key }) => key)).toEqual(['f2']);
  list = finished(started(list, 'f2'), 'f2', stored(file('f2')));
  list = finished(list, 'f0', stored(file('f0')));
  expect(attachmentsOf(list).map(({ id }) => id)).toEqual(['up_f0', 'up_f1', 'up_f2']);
  expect(isRunning(list)).toBe(false);
});

test('a failed upload can be tried again', () => {
  const list = failed(started(addFiles([], many(1)), 'f0'), 'f0', 'OFFLINE');
  expect(list.every(canRetry)).toBe(true);
  expect(nextToStart(retried(list, 'f0'))).toHaveLength(1);
});

test('finished uploads of a kept draft are there again', () => {
  const attachments = many(2).map(stored);
  expect(attachmentsOf(fromDraft(attachments))).toEqual(attachments);
});

test('whatever is added and removed, at most ten files are sent or waiting, in the order of choosing', () => {
  const step = fc.oneof(
    fc.array(fc.integer({ min: 0, max: MAX_BYTES + 5 }), { maxLength: 12 }).map((sizes) => ({ sizes })),
    fc.nat(20).map((index) => ({ index })),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 15 }), (steps) => {
      let list: Upload[] = [];
      let made = 0;
      for (const next of steps) {
        if ('sizes' in next)
          list = addFiles(
            list,
            next.sizes.map((size) => file(`f${String(made++)}`, size)),
          );
        else list = removed(list, list[next.index]?.key ?? '');
        for (const one of nextToStart(list))
          list = finished(started(list, one.key), one.key, { ...stored(file(one.key)), byteSize: one.byteSize });
      }
      while (isRunning(list))
        for (const one of nextToStart(list))
          list = finished(started(list, one.key), one.key, { ...stored(file(one.key)), byteSize: one.byteSize });
      const sent = attachmentsOf(list).map(({ id }) => Number(id.slice(4)));
      expect(sent.length).toBeLessThanOrEqual(MAX_FILES);
      expect(sent).toEqual(sent.toSorted((a, b) => a - b));
    }),
  );
});
