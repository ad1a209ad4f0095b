import { buffer } from 'node:stream/consumers';
import { type BlobStore, openBlobStore } from '@conversations/blob-store';
import type { GetMailBodies, OutputOf } from '@conversations/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { GatewaySettings, SETTINGS } from '../config';
import { mailHtml } from './mail-html';

export type MailBody = NonNullable<OutputOf<typeof GetMailBodies>['items'][number]>;

/** What of emails lies in the blob store. */
@Injectable()
export class MailContent {
  private readonly store: BlobStore | null;

  constructor(@Inject(SETTINGS) settings: GatewaySettings) {
    this.store = openBlobStore(settings);
  }

  /** Null where there is none, or where files cannot be read here. */
  async html({ htmlKey, pictures }: MailBody, remoteImages: boolean): Promise<string | null> {
    const { store } = this;
    if (htmlKey === null || store === null) return null;
    const read = async (key: string) => ((await store.head(key)) === null ? null : buffer(await store.get(key)));
    const sanitised = await read(htmlKey);
    if (sanitised === null) return null;
    return mailHtml(sanitised.toString('utf8'), pictures, ({ storageKey }) => read(storageKey), remoteImages);
  }
}
