import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';

/** Where files lie whose bytes do not belong into a database. Whoever knows no key finds nothing. */
export interface BlobStore {
  /**
   * Stores the whole stream under a new key, or nothing: once it resolves the bytes survive a power cut, and before that nobody sees
   * a part of them. Throws {@link BlobTooLarge}, {@link BlobStoreUnavailable}, or what the stream failed with.
   */
  put(key: string, content: Readable, limits: { maxBytes: number }): Promise<{ byteSize: number }>;
  /** Stores the whole stream under the key that its content gives ({@link blobKeyOf}), as `put` does: the same bytes are stored once. */
  putByContent(content: Readable, limits: { maxBytes: number }): Promise<{ sha256: string; byteSize: number }>;
  /** Throws {@link BlobMissing} or {@link BlobStoreUnavailable} before the first byte. */
  get(key: string): Promise<Readable>;
  /** Null when there is none. */
  head(key: string): Promise<{ byteSize: number } | null>;
  /** Idempotent. */
  remove(key: string): Promise<void>;
}

export class BlobMissing extends Error {
  constructor() {
    super('nothing is stored under this key');
  }
}

export class BlobTooLarge extends Error {
  constructor(readonly maxBytes: number) {
    super(`more than ${maxBytes} bytes`);
  }
}

/** The store cannot take or give anything now; the message says why, for the operator. */
export class BlobStoreUnavailable extends Error {}

/** 256 random bits, in one of 256 folders. */
export function newBlobKey(): string {
  const random = randomBytes(32).toString('hex');
  return `${random.slice(0, 2)}/${random.slice(2)}`;
}

/** The key of content that is known by its SHA-256 (64 hexadecimal digits). Only for what nobody outside asks for by this key. */
export const blobKeyOf = (sha256: string): string => checkKey(`${sha256.slice(0, 2)}/${sha256.slice(2)}`);

const KEY = /^[0-9a-f]{2}\/[0-9a-f]{62}$/;

/** Keys come from {@link newBlobKey} and {@link blobKeyOf} only: no other text ever becomes a path. */
export function checkKey(key: string): string {
  if (!KEY.test(key)) throw new Error('not a key of the blob store');
  return key;
}
