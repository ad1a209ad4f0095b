import { Readable } from 'node:stream';
import type { BlobStore } from './blob-store';
import { contentTypeOf, SAMPLE_BYTES } from './content-type';

/** Nothing came, or a program: nothing is stored. */
export class ContentRefused extends Error {
  constructor(readonly reason: 'EMPTY' | 'TYPE_NOT_ALLOWED') {
    super(reason);
    this.name = 'ContentRefused';
  }
}

/**
 * Stores what an adapter receives under a key, without ever holding all of it; the type is told by the content. Throws
 * {@link ContentRefused}, BlobTooLarge, BlobStoreUnavailable, or what the source failed with; then nothing is stored.
 */
export async function storeContent(
  store: BlobStore,
  key: string,
  content: AsyncIterable<Buffer>,
  { filename, maxBytes }: { filename: string; maxBytes: number },
): Promise<{ contentType: string; byteSize: number }> {
  const chunks = content[Symbol.asyncIterator]();
  const sample = await readSample(chunks);
  if (sample.length === 0) throw new ContentRefused('EMPTY');
  const contentType = await contentTypeOf(sample, filename);
  if (contentType === null) throw new ContentRefused('TYPE_NOT_ALLOWED');
  const { byteSize } = await store.put(key, Readable.from(joined(sample, chunks), { objectMode: false }), { maxBytes });
  return { contentType, byteSize };
}

async function readSample(chunks: AsyncIterator<Buffer>): Promise<Buffer> {
  const read: Buffer[] = [];
  for (let size = 0; size < SAMPLE_BYTES;) {
    const next = await chunks.next();
    if (next.done === true) break;
    read.push(next.value);
    size += next.value.length;
  }
  return Buffer.concat(read);
}

async function* joined(sample: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield sample;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}
