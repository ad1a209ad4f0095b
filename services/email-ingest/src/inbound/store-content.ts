import { Readable } from 'node:stream';
import { type BlobStore, newBlobKey } from '@conversations/blob-store';
import { Inject, Injectable } from '@nestjs/common';
import { BLOBS } from '../config';
import type { StoredContent } from './compose-received';
import type { ParsedMail } from './parsed-mail';

const MAX_BYTES = 200 * 1024 * 1024;

/** Lays a mail's files and its HTML down where screens get them. */
@Injectable()
export class StoreContent {
  constructor(@Inject(BLOBS) private readonly blobs: BlobStore) {}

  async run({ html, files }: ParsedMail): Promise<StoredContent> {
    const htmlKey = html === null ? null : await this.put(Buffer.from(html));
    const attachments: StoredContent['attachments'] = [];
    for (const { id, filename, contentType, inline, content } of files) {
      const storageKey = await this.put(content);
      const byteSize = content.byteLength;
      attachments.push({ id, filename, contentType, byteSize, storageKey, ...(inline ? { inline } : {}) });
    }
    return { htmlKey, attachments };
  }

  private async put(content: Uint8Array): Promise<string> {
    const key = newBlobKey();
    await this.blobs.put(key, Readable.from([Buffer.from(content.buffer, content.byteOffset, content.byteLength)]), {
      maxBytes: MAX_BYTES,
    });
    return key;
  }
}
