export { BlobMissing, blobKeyOf, type BlobStore, BlobStoreUnavailable, BlobTooLarge, newBlobKey } from './blob-store';
export { BlobStoreSettings, openBlobStore } from './open-blob-store';
export { isImage, serveFile } from './serve-file';
export { UploadRefused } from './receive-file';
export { serveUploads } from './serve-uploads';
