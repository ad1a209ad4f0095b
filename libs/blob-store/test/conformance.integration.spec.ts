import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import {
  BlobMissing,
  blobKeyOf,
  type BlobStore,
  BlobStoreUnavailable,
  BlobTooLarge,
  newBlobKey,
  openBlobStore,
} from '@conversations/blob-store';

/** One place for files, with ways to look into it and to take it away, where there are such. */
interface Place {
  store: BlobStore;
  files: (() => string[]) | null;
  away: (() => Promise<void>) | null;
  end: () => Promise<void>;
}

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

async function onDisk(): Promise<Place> {
  const parent = mkdtempSync(join(tmpdir(), 'conversations-blobs-'));
  const folder = join(parent, 'blobs');
  mkdirSync(folder);
  const store = openBlobStore({ BLOB_STORE_DIR: folder })!;
  return {
    store,
    files: () => filesIn(folder),
    away: async () => rmSync(folder, { recursive: true }),
    end: async () => rmSync(parent, { recursive: true, force: true }),
  };
}

/** A bucket of a server that whoever runs the tests provides; none is installed for them. */
const s3 = {
  BLOB_STORE_S3_BUCKET: process.env['TEST_S3_BUCKET'],
  BLOB_STORE_S3_ENDPOINT: process.env['TEST_S3_ENDPOINT'],
  BLOB_STORE_S3_ACCESS_KEY_ID: process.env['TEST_S3_ACCESS_KEY_ID'],
  BLOB_STORE_S3_SECRET: process.env['TEST_S3_SECRET'],
};

async function onS3(): Promise<Place> {
  return { store: openBlobStore(s3)!, files: null, away: null, end: async () => undefined };
}

const places: [name: string, open: () => Promise<Place>][] = [['a folder', onDisk]];
if (s3.BLOB_STORE_S3_BUCKET === undefined) console.log('an S3 server: skipped: TEST_S3_BUCKET is not set');
else places.push(['an S3 server', onS3]);

describe.each(places)('%s', (_name, open) => {
  let place: Place;
  beforeAll(async () => {
    place = await open();
  }, 240_000);
  afterAll(() => place?.end());

  const limits = { maxBytes: 30 * 1024 * 1024 };
  const content = (bytes: Buffer) => Readable.from([bytes.subarray(0, 10), bytes.subarray(10)]);

  test('gives back what was put, until it is removed', async () => {
    const { store } = place;
    for (const bytes of [Buffer.from('hello, file'), Buffer.alloc(0), Buffer.alloc(12_000_000, 'x')]) {
      const key = newBlobKey();
      expect(await store.put(key, content(bytes), limits)).toEqual({ byteSize: bytes.length });
      expect(await store.head(key)).toEqual({ byteSize: bytes.length });
      expect((await buffer(await store.get(key))).equals(bytes)).toBe(true);
      await store.remove(key);
      await store.remove(key);
      expect(await store.head(key)).toBeNull();
      await expect(store.get(key)).rejects.toThrow(BlobMissing);
    }
  });

  test('content that names its own key is stored once', async () => {
    const { store, files } = place;
    const bytes = Buffer.from('the same mail');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const before = files?.().length;
    const stored = () => store.putByContent(content(bytes), limits);
    expect([await stored(), await stored()]).toEqual(Array(2).fill({ sha256, byteSize: bytes.length }));
    if (files) expect(files()).toHaveLength((before ?? 0) + 1);
    expect((await buffer(await store.get(blobKeyOf(sha256)))).equals(bytes)).toBe(true);
  });

  test('more than the limit, or a source that breaks, leaves nothing', async () => {
    const { store, files } = place;
    const before = files?.().length;
    await expect(store.put(newBlobKey(), content(Buffer.alloc(50)), { maxBytes: 40 })).rejects.toThrow(BlobTooLarge);
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('half');
        throw new Error('the browser is gone');
      })(),
    );
    await expect(store.put(newBlobKey(), broken, limits)).rejects.toThrow('the browser is gone');
    expect(files?.().length).toBe(before);
  });

  test('only its own keys name a file', async () => {
    await expect(place.store.get('../secret')).rejects.toThrow('not a key');
    await expect(place.store.put('../../x', content(Buffer.from('x')), limits)).rejects.toThrow('not a key');
  });

  test('a place that is away is told apart from a file that is not there', async () => {
    const { store, away } = place;
    if (!away) return;
    await away();
    await expect(store.put(newBlobKey(), content(Buffer.from('x')), limits)).rejects.toThrow(BlobStoreUnavailable);
    await expect(store.get(newBlobKey())).rejects.toThrow(BlobStoreUnavailable);
    await expect(store.head(newBlobKey())).rejects.toThrow(BlobStoreUnavailable);
  }, 60_000);
});
