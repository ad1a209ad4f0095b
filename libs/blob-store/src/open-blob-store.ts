import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import type { BlobStore } from './blob-store';
import { LocalDisk } from './local-disk';

/** What a service that stores or serves files is told; spread it into the service's own object. */
export const BlobStoreSettings = {
  BLOB_STORE_DIR: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Folder for attachments, the same for all services; it has to exist. Without it nothing can be attached.',
    ),
};

/** Null when this installation has no place for files. */
export function openBlobStore({ BLOB_STORE_DIR: folder }: { BLOB_STORE_DIR?: string | undefined }): BlobStore | null {
  if (folder === undefined) return null;
  return new LocalDisk(isAbsolute(folder) ? folder : resolve(folder));
}
