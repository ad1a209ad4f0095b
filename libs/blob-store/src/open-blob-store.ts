import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import type { BlobStore } from './blob-store';
import { LocalDisk } from './local-disk';
import { S3Store } from './s3';

/** What a service that stores or serves files is told; spread it into the service's own object. */
export const BlobStoreSettings = {
  BLOB_STORE_DIR: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Folder for attachments and raw mails, the same for all services; it has to exist. Without it, and without a bucket, nothing can be attached.',
    ),
  BLOB_STORE_S3_BUCKET: z.string().min(1).optional().describe('Bucket that takes the place of the folder.'),
  BLOB_STORE_S3_REGION: z.string().min(1).default('us-east-1').describe('Region of the bucket.'),
  BLOB_STORE_S3_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Address of an S3-compatible server; Amazon’s own when not set.'),
  BLOB_STORE_S3_ACCESS_KEY_ID: z.string().min(1).optional().describe('Access key for the bucket.'),
  BLOB_STORE_S3_SECRET: z.string().min(1).optional().describe('Secret of that access key.'),
};

type Given = Partial<z.output<z.ZodObject<typeof BlobStoreSettings>>>;

/** Whether this installation has a place for files. */
export const hasBlobStore = ({ BLOB_STORE_DIR: folder, BLOB_STORE_S3_BUCKET: bucket }: Given): boolean =>
  folder !== undefined || bucket !== undefined;

/** Null when this installation has no place for files. Throws when a bucket is named and its key is not. */
export function openBlobStore(given: Given): BlobStore | null {
  const { BLOB_STORE_DIR: folder, BLOB_STORE_S3_BUCKET: bucket } = given;
  if (bucket !== undefined) {
    const { BLOB_STORE_S3_ACCESS_KEY_ID: accessKeyId, BLOB_STORE_S3_SECRET: secretAccessKey } = given;
    if (accessKeyId === undefined || secretAccessKey === undefined)
      throw new Error('BLOB_STORE_S3_BUCKET needs BLOB_STORE_S3_ACCESS_KEY_ID and BLOB_STORE_S3_SECRET');
    const region = given.BLOB_STORE_S3_REGION ?? 'us-east-1';
    return new S3Store({ bucket, region, endpoint: given.BLOB_STORE_S3_ENDPOINT, accessKeyId, secretAccessKey });
  }
  if (folder === undefined) return null;
  return new LocalDisk(isAbsolute(folder) ? folder : resolve(folder));
}
