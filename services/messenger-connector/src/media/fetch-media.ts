import { type BlobStore, cleanFileName, newBlobKey, storeContent } from '@conversations/blob-store';
import type { InboundAttachment } from '@conversations/contracts';
import type { Logger } from '@conversations/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { BLOBS, LOG } from '../config';
import { Pages } from '../pages/pages';
import { download } from './download';

/** Source: Meta, "Send API" and "Saving assets": no file is larger. */
const MAX_BYTES = 25 * 1024 * 1024;
const MAX_PICTURE_BYTES = 2 * 1024 * 1024;

/** This installation has no place for files. */
export class NoBlobStore extends Error {
  constructor() {
    super('there is no place for files: BLOB_STORE_DIR is not set');
    this.name = 'NoBlobStore';
  }
}

/** Brings files from Meta into the blob store. */
@Injectable()
export class FetchMedia {
  constructor(
    private readonly pages: Pages,
    @Inject(BLOBS) private readonly blobs: BlobStore | null,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Throws what {@link download} and storeContent throw, or {@link NoBlobStore}. */
  async file(id: string, address: string): Promise<InboundAttachment> {
    const { filename, ...stored } = await this.store(address, MAX_BYTES);
    return { id, filename, ...stored };
  }

  /** A person's picture; null when it cannot be had, since it is an ornament. */
  async picture(address: string): Promise<{ storageKey: string; contentType: string } | null> {
    try {
      const { storageKey, contentType } = await this.store(address, MAX_PICTURE_BYTES);
      return contentType.startsWith('image/') ? { storageKey, contentType } : null;
    } catch (error) {
      this.log.info({ err: error }, 'picture.not-fetched');
      return null;
    }
  }

  private async store(address: string, maxBytes: number): Promise<Omit<InboundAttachment, 'id'>> {
    if (this.blobs === null) throw new NoBlobStore();
    const { mediaHosts: hosts, mediaOrigins: origins } = this.pages.graph;
    const { body, url } = await download(address, { hosts, origins });
    const filename = cleanFileName(lastStep(url));
    const storageKey = newBlobKey();
    const stored = await storeContent(this.blobs, storageKey, body as AsyncIterable<Buffer>, { filename, maxBytes });
    return { filename, storageKey, ...stored };
  }
}

function lastStep(url: URL): string {
  const step = url.pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(step);
  } catch (error) {
    if (error instanceof URIError) return step;
    throw error;
  }
}
