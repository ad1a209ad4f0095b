export { BlobMissing, blobKeyOf, type BlobStore, BlobStoreUnavailable, BlobTooLarge, newBlobKey } from './blob-store';
export { cleanFileName } from './file-name';
export { ContentRefused, storeContent } from './store-content';
export { BlobStoreSettings, hasBlobStore, openBlobStore } from './open-blob-store';
export { isImage, serveFile } from './serve-file';
export { UploadRefused } from './receive-file';
export { serveUploads } from './serve-uploads';
