import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import { BlobMissing, type BlobStore, blobKeyOf, BlobStoreUnavailable, BlobTooLarge, checkKey } from './blob-store';
import { limited } from './limited-stream';

type Library = typeof import('@aws-sdk/client-s3');

interface S3 {
  client: S3Client;
  commands: Library;
}

export interface S3Settings {
  bucket: string;
  region: string;
  /** Of another provider than AWS; its buckets are named in the path. */
  endpoint: string | undefined;
  accessKeyId: string;
  secretAccessKey: string;
}

/** The longest that the server may say nothing. */
const REQUEST_MS = 60_000;

const nothing = () => undefined;
const SILENT = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

/**
 * A bucket of any S3-compatible server. An upload needs its length first, so that one which breaks off stores nothing: content waits
 * in a temporary file until it is whole.
 */
export class S3Store implements BlobStore {
  private made: Promise<S3> | undefined;

  constructor(private readonly settings: S3Settings) {}

  async put(key: string, content: Readable, limits: { maxBytes: number }): Promise<{ byteSize: number }> {
    const known = checkKey(key);
    const { byteSize } = await this.store(content, limits, () => known);
    return { byteSize };
  }

  putByContent(content: Readable, limits: { maxBytes: number }): Promise<{ sha256: string; byteSize: number }> {
    return this.store(content, limits, blobKeyOf);
  }

  async get(key: string): Promise<Readable> {
    const object = this.object(key);
    try {
      const { client, commands } = await this.s3();
      const { Body } = await client.send(new commands.GetObjectCommand(object));
      return Body as Readable;
    } catch (error) {
      if (isMissing(error)) throw new BlobMissing();
      throw this.failure(error);
    }
  }

  async head(key: string): Promise<{ byteSize: number } | null> {
    const object = this.object(key);
    try {
      const { client, commands } = await this.s3();
      const { ContentLength } = await client.send(new commands.HeadObjectCommand(object));
      return { byteSize: ContentLength ?? 0 };
    } catch (error) {
      if (!isMissing(error)) throw this.failure(error);
      await this.assertBucket();
      return null;
    }
  }

  async remove(key: string): Promise<void> {
    const object = this.object(key);
    try {
      const { client, commands } = await this.s3();
      await client.send(new commands.DeleteObjectCommand(object));
    } catch (error) {
      if (!isMissing(error)) throw this.failure(error);
    }
  }

  /** Loaded with the first file: most installations have a folder, and the library is large. */
  private s3(): Promise<S3> {
    return (this.made ??= import('@aws-sdk/client-s3').then((commands) => {
      const { region, endpoint, accessKeyId, secretAccessKey } = this.settings;
      const client = new commands.S3Client({
        region,
        credentials: { accessKeyId, secretAccessKey },
        ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
        // Other servers than Amazon's do not all know the newer checksums.
        requestChecksumCalculation: 'WHEN_REQUIRED',
        responseChecksumValidation: 'WHEN_REQUIRED',
        requestHandler: { connectionTimeout: 5_000, requestTimeout: REQUEST_MS },
        maxAttempts: 3,
        // Whoever asked is told by the error; without a logger the library writes to the console.
        logger: SILENT,
      });
      return { client, commands };
    }));
  }

  /** The answer to HEAD has no body that would tell a missing object from a missing bucket. */
  private async assertBucket(): Promise<void> {
    try {
      const { client, commands } = await this.s3();
      await client.send(new commands.HeadBucketCommand({ Bucket: this.settings.bucket }));
    } catch (error) {
      throw this.failure(error);
    }
  }

  private object(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.settings.bucket, Key: checkKey(key) };
  }

  private async store(
    content: Readable,
    { maxBytes }: { maxBytes: number },
    keyFor: (sha256: string) => string,
  ): Promise<{ sha256: string; byteSize: number }> {
    const folder = await mkdtemp(join(tmpdir(), 'conversations-upload-'));
    const part = join(folder, randomUUID());
    const source = limited(content, maxBytes);
    try {
      await pipeline(source.stream, createWriteStream(part));
      const sha256 = source.sha256();
      const stream = createReadStream(part);
      await once(stream, 'open');
      const object = this.object(keyFor(sha256));
      const { client, commands } = await this.s3();
      await client.send(new commands.PutObjectCommand({ ...object, Body: stream, ContentLength: source.byteSize }));
      return { sha256, byteSize: source.byteSize };
    } catch (error) {
      source.stream.destroy();
      throw source.failure ?? this.failure(error);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private failure(error: unknown): Error {
    if (error instanceof BlobStoreUnavailable || error instanceof BlobTooLarge) return error;
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return new BlobStoreUnavailable(`the bucket ${this.settings.bucket} cannot be used (${reason})`, { cause: error });
  }
}

/** A bucket that is not there is no missing object: nothing may be taken for lost then. */
function isMissing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
  return name === 'NoSuchKey' || (name === 'NotFound' && $metadata?.httpStatusCode === 404);
}
