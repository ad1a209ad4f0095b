import type { FastifyRequest } from 'fastify';
import { MAX_ATTACHMENT_BYTES, type UploadRefusal } from '@conversations/contracts';
import { type BlobStore, BlobStoreUnavailable, BlobTooLarge } from './blob-store';
import { cleanFileName } from './file-name';
import { ContentRefused, storeContent } from './store-content';

type Code = UploadRefusal['error']['code'];

const STATUS: Record<Code, number> = {
  TOO_LARGE: 413,
  EMPTY: 400,
  TYPE_NOT_ALLOWED: 415,
  TOO_MANY: 429,
  STORAGE_UNAVAILABLE: 503,
};
const MESSAGE: Record<Code, string> = {
  TOO_LARGE: `A file has at most ${MAX_ATTACHMENT_BYTES / 1024 / 1024} MB.`,
  EMPTY: 'The file is empty.',
  TYPE_NOT_ALLOWED: 'Programs cannot be sent.',
  TOO_MANY: 'Too many files: try again later.',
  STORAGE_UNAVAILABLE: 'Files cannot be stored right now: try again later.',
};

/** Why a file is not taken, for the person who sent it. */
export class UploadRefused extends Error {
  readonly status: number;

  constructor(
    readonly code: Code,
    readonly retryAfterMs?: number,
  ) {
    super(MESSAGE[code]);
    this.status = STATUS[code];
  }

  get body(): UploadRefusal {
    const limit = this.code === 'TOO_LARGE' ? { limit: MAX_ATTACHMENT_BYTES } : {};
    return { error: { code: this.code, message: this.message, ...limit } };
  }
}

export interface ReceivedFile {
  filename: string;
  contentType: string;
  byteSize: number;
}

/**
 * Stores the one file of a multipart request under a key, without ever holding all of it. Throws {@link UploadRefused}; then nothing
 * is stored.
 */
export async function receiveFile(request: FastifyRequest, store: BlobStore, key: string): Promise<ReceivedFile> {
  const part = await request.file({
    limits: { fileSize: MAX_ATTACHMENT_BYTES + 1, files: 1, parts: 2, fieldSize: 1_024 },
    throwFileSizeLimit: false,
  });
  if (part?.fieldname !== 'file') throw new UploadRefused('EMPTY');
  // Browsers write a quotation mark in the name of a part as %22.
  const filename = cleanFileName(part.filename.replaceAll('%22', '"'));
  try {
    const stored = await storeContent(store, key, part.file as AsyncIterable<Buffer>, {
      filename,
      maxBytes: MAX_ATTACHMENT_BYTES,
    });
    return { filename, ...stored };
  } catch (error) {
    if (error instanceof ContentRefused) throw new UploadRefused(error.reason);
    if (error instanceof BlobTooLarge) throw new UploadRefused('TOO_LARGE');
    if (error instanceof BlobStoreUnavailable)
      throw Object.assign(new UploadRefused('STORAGE_UNAVAILABLE'), { cause: error });
    throw error;
  }
}
