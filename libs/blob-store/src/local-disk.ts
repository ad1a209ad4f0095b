import { once } from 'node:events';
import { mkdir, open, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { randomUUID } from 'node:crypto';
import { Disk } from 'flydrive';
import { FSDriver } from 'flydrive/drivers/fs';
import { BlobMissing, type BlobStore, blobKeyOf, BlobStoreUnavailable, BlobTooLarge, checkKey } from './blob-store';
import { limited } from './limited-stream';

/** Parts of files lie here until they are whole; what a killed process left behind may be deleted at any time. */
const INCOMING = 'incoming';

const FULL = new Set(['ENOSPC', 'EDQUOT']);

/** A folder that all replicas of the services share. It has to be there: a volume that is not mounted must not be filled in its stead. */
export class LocalDisk implements BlobStore {
  private readonly disk: Disk;

  constructor(private readonly folder: string) {
    this.disk = new Disk(new FSDriver({ location: folder, visibility: 'private' }));
  }

  async put(key: string, content: Readable, limits: { maxBytes: number }): Promise<{ byteSize: number }> {
    const known = checkKey(key);
    const { byteSize } = await this.store(content, limits, () => known);
    return { byteSize };
  }

  putByContent(content: Readable, limits: { maxBytes: number }): Promise<{ sha256: string; byteSize: number }> {
    return this.store(content, limits, blobKeyOf);
  }

  private async store(
    content: Readable,
    { maxBytes }: { maxBytes: number },
    keyFor: (sha256: string) => string,
  ): Promise<{ sha256: string; byteSize: number }> {
    const part = `${INCOMING}/${randomUUID()}`;
    const source = limited(content, maxBytes);
    try {
      await this.assertFolder();
      await this.disk.putStream(part, source.stream);
      const sha256 = source.sha256();
      await this.publish(part, keyFor(sha256));
      return { sha256, byteSize: source.byteSize };
    } catch (error) {
      source.stream.destroy();
      await this.disk.delete(part).catch(() => undefined);
      throw source.failure ?? this.failure(error);
    }
  }

  async get(key: string): Promise<Readable> {
    try {
      const stream = await this.disk.getStream(checkKey(key));
      await once(stream, 'open');
      return stream;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') {
        await this.assertFolder();
        throw new BlobMissing();
      }
      throw this.failure(error);
    }
  }

  async head(key: string): Promise<{ byteSize: number } | null> {
    try {
      const { contentLength } = await this.disk.getMetaData(checkKey(key));
      return { byteSize: contentLength };
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw this.failure(error);
      await this.assertFolder();
      return null;
    }
  }

  async remove(key: string): Promise<void> {
    await this.assertFolder();
    try {
      await this.disk.delete(checkKey(key));
    } catch (error) {
      throw this.failure(error);
    }
  }

  /** The bytes reach the disk before their name does. */
  private async publish(part: string, key: string): Promise<void> {
    const from = join(this.folder, part);
    const to = join(this.folder, key);
    await flush(from);
    await mkdir(dirname(to), { recursive: true });
    await rename(from, to);
    await flush(dirname(to));
  }

  private async assertFolder(): Promise<void> {
    const found = await stat(this.folder).catch((error: unknown) => {
      throw this.failure(error);
    });
    if (!found.isDirectory()) throw new BlobStoreUnavailable(`BLOB_STORE_DIR ${this.folder} is no folder`);
  }

  private failure(error: unknown): Error {
    if (error instanceof BlobStoreUnavailable || error instanceof BlobTooLarge) return error;
    const code = codeOf(error);
    const why =
      code === 'ENOENT'
        ? 'does not exist: create it, or mount its volume'
        : code !== undefined && FULL.has(code)
          ? 'is full'
          : `cannot be used (${code ?? String(error)})`;
    return new BlobStoreUnavailable(`BLOB_STORE_DIR ${this.folder} ${why}`, { cause: error });
  }
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** flydrive wraps the system's error. */
function codeOf(error: unknown): string | undefined {
  let at = error;
  while (typeof at === 'object' && at !== null) {
    const { code, cause } = at as { code?: unknown; cause?: unknown };
    if (typeof code === 'string' && !code.startsWith('E_')) return code;
    at = cause;
  }
  return undefined;
}
