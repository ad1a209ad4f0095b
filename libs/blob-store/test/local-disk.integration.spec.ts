import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { BlobMissing, BlobStoreUnavailable, BlobTooLarge } from '../src/blob-store';
import { newBlobKey, openBlobStore, type BlobStore } from '@conversations/blob-store';

let folder: string;
let store: BlobStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'conversations-blobs-'));
  const opened = openBlobStore({ BLOB_STORE_DIR: folder });
  if (opened === null) throw new Error('no store');
  store = opened;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const files = async () =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
const content = (text: string) => Readable.from([Buffer.from(text)]);
const limits = { maxBytes: 100 };

test('what is put is there whole, until it is removed', async () => {
  const key = newBlobKey();
  expect(await store.put(key, content('hello'), limits)).toEqual({ byteSize: 5 });
  expect(await store.head(key)).toEqual({ byteSize: 5 });
  expect((await buffer(await store.get(key))).toString()).toBe('hello');
  await store.remove(key);
  await store.remove(key);
  expect(await store.head(key)).toBeNull();
  await expect(store.get(key)).rejects.toThrow(BlobMissing);
});

test('more than the limit is refused and leaves nothing', async () => {
  const key = newBlobKey();
  const endless = Readable.from(
    (function* () {
      for (;;) yield Buffer.alloc(40);
    })(),
  );
  await expect(store.put(key, endless, limits)).rejects.toThrow(BlobTooLarge);
  expect(endless.destroyed).toBe(true);
  expect(await files()).toEqual([]);
});

test('a source that breaks leaves nothing, and its error is what is thrown', async () => {
  const broken = Readable.from(
    (function* () {
      yield Buffer.from('half');
      throw new Error('the browser is gone');
    })(),
  );
  await expect(store.put(newBlobKey(), broken, limits)).rejects.toThrow('the browser is gone');
  expect(await files()).toEqual([]);
});

test('a folder that is not there is named and not made', async () => {
  await rm(folder, { recursive: true });
  const named = `BLOB_STORE_DIR ${folder} does not exist`;
  await expect(store.put(newBlobKey(), content('x'), limits)).rejects.toThrow(named);
  await expect(store.get(newBlobKey())).rejects.toThrow(named);
  await expect(store.head(newBlobKey())).rejects.toThrow(BlobStoreUnavailable);
  await expect(store.remove(newBlobKey())).rejects.toThrow(named);
});

test('a place that cannot be written is an error that says why', async () => {
  // A file where the folder for parts has to be: no right gets around it.
  await writeFile(join(folder, 'incoming'), '');
  await expect(store.put(newBlobKey(), content('x'), limits)).rejects.toThrow(/cannot be used \((EEXIST|ENOTDIR)\)/);
  const file = openBlobStore({ BLOB_STORE_DIR: join(folder, 'incoming') });
  await expect(file?.put(newBlobKey(), content('x'), limits)).rejects.toThrow('is no folder');
});

test('only its own keys name a file', async () => {
  await writeFile(join(folder, 'secret'), 'secret');
  await expect(store.get('../secret')).rejects.toThrow('not a key');
  await expect(store.put('../../x', content('x'), limits)).rejects.toThrow('not a key');
  expect(await readFile(join(folder, 'secret'), 'utf8')).toBe('secret');
});
