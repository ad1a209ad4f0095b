import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { UploadAnswer } from '@conversations/contracts';
import type { Logger } from '@conversations/runtime';
import type { BlobStore } from './blob-store';
import { receiveFile, type ReceivedFile, UploadRefused } from './receive-file';

/** A place for one file, asked for before its bytes are read. */
interface Reservation {
  key: string;
  /** Its bytes are stored: answers what its owner sends with a message. */
  complete: (file: ReceivedFile) => Promise<UploadAnswer>;
}

interface UploadRoute {
  path: string;
  /** Null: this installation stores no files. */
  store: BlobStore | null;
  log: Logger;
  /** Who uploads, and may they? Throws UploadRefused, or what `describe` knows. */
  reserve: (request: FastifyRequest) => Promise<Reservation>;
  /** The service's own refusals as HTTP; null for what is none. */
  describe: (error: unknown) => { status: number; body: object; retryAfterMs?: number | undefined } | null;
}

/** Takes files by POST. Multipart is read on this route alone: no other one may be reached by what a form of another site can send. */
export function serveUploads(fastify: FastifyInstance, { path, store, log, reserve, describe }: UploadRoute): void {
  void fastify.register(async (scope) => {
    await scope.register(multipart);
    scope.setErrorHandler(async (error: unknown, request, reply) => {
      const refusal = error instanceof UploadRefused ? error : describe(error);
      if (refusal === null || refusal.status >= 500) log.error({ err: error }, 'upload.failed');
      if (refusal?.retryAfterMs !== undefined) reply.header('retry-after', Math.ceil(refusal.retryAfterMs / 1_000));
      // What is still under way is read and dropped, so that the browser gets to the answer.
      request.raw.unpipe();
      request.raw.resume();
      const { statusCode } = error as { statusCode?: number };
      const status = refusal?.status ?? (statusCode !== undefined && statusCode < 500 ? statusCode : 500);
      return reply.code(status).send(refusal?.body ?? new UploadRefused('STORAGE_UNAVAILABLE').body);
    });
    scope.post(path, async (request, reply) => {
      if (store === null) throw new UploadRefused('STORAGE_UNAVAILABLE');
      if (!request.isMultipart()) return reply.code(415).send(new UploadRefused('TYPE_NOT_ALLOWED').body);
      const { key, complete } = await reserve(request);
      const file = await receiveFile(request, store, key);
      return reply.code(201).send(await complete(file));
    });
  });
}
