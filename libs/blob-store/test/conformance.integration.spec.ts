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
import { type S3Server, startS3Server } from '@conversations/testing';

/** One place for files, with ways to count them and to take it away. */
interface Place {
  store: BlobStore;
  files: () => number;
  away: () => Promise<void>;
  end: () => Promise<void>;
}

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;

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

const settingsOf = ({ endpoint, bucket, accessKeyId, secret }: S3Server) => ({
  BLOB_STORE_S3_ENDPOINT: endpoint,
  BLOB_STORE_S3_BUCKET: bucket,
  BLOB_STORE_S3_ACCESS_KEY_ID: accessKeyId,
  BLOB_STORE_S3_SECRET: secret,
});

async function onS3(): Promise<Place> {
  const server = await startS3Server();
  return {
    store: openBlobStore(settingsOf(server))!,
    files: () => server.objects(),
    away: () => server.kill(),
    end: () => server.stop(),
  };
}

const places: [name: string, open: () => Promise<Place>][] = [
  ['a folder', onDisk],
  ['an S3 server', onS3],
];

describe.each(places)('%s', (_name, open) => {
  let place: Place;
  beforeAll(async () => {
    place = await open();
  }, 600_000);
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
    const before = files();
    const stored = () => store.putByContent(content(bytes), limits);
    expect([await stored(), await stored()]).toEqual(Array(2).fill({ sha256, byteSize: bytes.length }));
    expect(files()).toBe(before + 1);
    expect((await buffer(await store.get(blobKeyOf(sha256)))).equals(bytes)).toBe(true);
  });

  test('more than the limit, or a source that breaks, leaves nothing', async () => {
    const { store, files } = place;
    const before = files();
    await expect(store.put(newBlobKey(), content(Buffer.alloc(50)), { maxBytes: 40 })).rejects.toThrow(BlobTooLarge);
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('half');
        throw new Error('the browser is gone');
      })(),
    );
    await expect(store.put(newBlobKey(), broken, limits)).rejects.toThrow('the browser is gone');
    expect(files()).toBe(before);
  });

  test('only its own keys name a file', async () => {
    await expect(place.store.get('../secret')).rejects.toThrow('not a key');
    await expect(place.store.put('../../x', content(Buffer.from('x')), limits)).rejects.toThrow('not a key');
  });

  test('a place that is away is told apart from a file that is not there', async () => {
    const { store, away } = place;
    await away();
    await expect(store.put(newBlobKey(), content(Buffer.from('x')), limits)).rejects.toThrow(BlobStoreUnavailable);
    await expect(store.get(newBlobKey())).rejects.toThrow(BlobStoreUnavailable);
    await expect(store.head(newBlobKey())).rejects.toThrow(BlobStoreUnavailable);
    await expect(store.remove(newBlobKey())).rejects.toThrow(BlobStoreUnavailable);
  }, 60_000);
});

describe('an S3 server that has no such bucket, or does not know the key', () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3Server();
  }, 600_000);
  afterAll(() => server?.stop());

  test.each([
    ['another bucket', { BLOB_STORE_S3_BUCKET: 'nobody-made-it' }],
    ['another secret', { BLOB_STORE_S3_SECRET: 'not-the-secret' }],
  ])('%s: nothing is taken for lost, and it is said why', async (_what, changed) => {
    const store = openBlobStore({ ...settingsOf(server), ...changed })!;
    const key = newBlobKey();
    const content = () => Readable.from([Buffer.from('x')]);
    await expect(store.put(key, content(), { maxBytes: 10 })).rejects.toThrow(/the bucket .* cannot be used/);
    await expect(store.get(key)).rejects.toThrow(BlobStoreUnavailable);
    await expect(store.head(key)).rejects.toThrow(BlobStoreUnavailable);
    await expect(store.remove(key)).rejects.toThrow(BlobStoreUnavailable);
  });
});
