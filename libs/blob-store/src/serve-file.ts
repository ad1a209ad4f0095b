import type { Logger } from '@conversations/runtime';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BlobMissing, type BlobStore, BlobStoreUnavailable } from './blob-store';
import { contentDisposition } from './content-disposition';

interface StoredFile {
  storageKey: string;
  filename: string;
  contentType: string;
  /** Null: only the store knows. */
  byteSize: number | null;
}

const IMAGES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** Pictures that browsers only draw, whatever stands in them. */
export const isImage = (contentType: string): boolean => IMAGES.has(contentType);

const NOT_FOUND = { error: { code: 'NOT_FOUND', message: 'There is no such file.' } };
const UNAVAILABLE = { error: { code: 'STORAGE_UNAVAILABLE', message: 'Files cannot be read right now.' } };

/**
 * Answers GET and HEAD with a file that somebody else made: nothing of it may run, whatever it is. Only pictures may be shown in the
 * page, when it asks with `inline=image`; everything else is saved.
 */
export async function serveFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { store, log }: { store: BlobStore | null; log: Logger },
  file: StoredFile | null,
): Promise<FastifyReply> {
  reply.headers({
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
  if (file === null) return reply.code(404).send(NOT_FOUND);
  const { inline } = request.query as { inline?: unknown };
  const shown = inline === 'image' && isImage(file.contentType);
  try {
    if (store === null) throw new BlobStoreUnavailable('BLOB_STORE_DIR is not set');
    const byteSize = file.byteSize ?? (await store.head(file.storageKey))?.byteSize;
    if (byteSize === undefined) throw new BlobMissing();
    const wanted = request.method !== 'HEAD';
    const content = wanted ? await store.get(file.storageKey) : null;
    reply.headers({
      'content-type': file.contentType === 'text/plain' ? 'text/plain; charset=utf-8' : file.contentType,
      'content-length': byteSize,
      'content-disposition': contentDisposition(shown ? 'inline' : 'attachment', file.filename),
      'cache-control': 'private, max-age=300',
    });
    return await (content === null ? reply.send() : reply.send(content));
  } catch (error) {
    if (error instanceof BlobMissing) return reply.code(404).send(NOT_FOUND);
    if (error instanceof BlobStoreUnavailable) {
      log.error({ err: error }, 'attachment.unavailable');
      return reply.code(503).send(UNAVAILABLE);
    }
    throw error;
  }
}
