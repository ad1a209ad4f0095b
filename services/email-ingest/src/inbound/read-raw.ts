import { BlobMissing, blobKeyOf, type BlobStore } from '@conversations/blob-store';
import { Metrics } from '@conversations/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { BLOBS, type EmailSettings, SETTINGS } from '../config';
import { bounceAddressOf } from './own-addresses';
import { ParseFailed, ParsePool } from './parse-pool';
import type { ParsedMail, ParseOptions } from './parsed-mail';
import type { RawMail } from './raw-mail';

/** Of a mail that is larger only the beginning is looked at. */
const MOST_PARSED = 40 * 1024 * 1024;

/** Reads a stored mail, completely or as far as it goes. */
@Injectable()
export class ReadRaw {
  constructor(
    private readonly parser: ParsePool,
    private readonly metrics: Metrics,
    @Inject(BLOBS) private readonly blobs: BlobStore,
    @Inject(SETTINGS) private readonly settings: EmailSettings,
  ) {}

  /** Never fails because of what stands in the mail; throws when the store cannot be read. */
  async run(mail: RawMail): Promise<{ parsed: ParsedMail; raw: Buffer }> {
    const { EMAIL_INBOX_ADDRESSES: inboxes, EMAIL_AUTHSERV_ID: authservId } = this.settings;
    const options: ParseOptions = {
      rawId: mail.id,
      ownAddresses: [...inboxes, bounceAddressOf(this.settings)],
      authservId,
      nullSender: mail.envelope.from === '',
      receivedAt: mail.receivedAt,
    };
    const raw = await this.bytesOf(mail);
    const parsed = await this.read(raw, options, mail.byteSize > MOST_PARSED ? 'too large' : null);
    if (parsed.incomplete !== null) this.metrics.counter('conversations_mails_incomplete_total').inc();
    return { parsed, raw };
  }

  private async read(raw: Buffer, options: ParseOptions, tooMuch: string | null): Promise<ParsedMail> {
    if (tooMuch !== null) return this.parser.scan(raw, options, tooMuch);
    try {
      return await this.parser.parse(raw, options);
    } catch (error) {
      if (!(error instanceof ParseFailed)) throw error;
      return this.parser.scan(raw, options, error.message);
    }
  }

  /** In memory that the parser's threads share: a copy of a large mail would hold the event loop. */
  private async bytesOf({ id, byteSize }: RawMail): Promise<Buffer> {
    try {
      const raw = Buffer.from(new SharedArrayBuffer(byteSize));
      let filled = 0;
      for await (const chunk of await this.blobs.get(blobKeyOf(id))) {
        raw.set(chunk as Buffer, filled);
        filled += (chunk as Buffer).length;
      }
      if (filled !== byteSize) throw new Error('the raw mail in the store is not whole');
      return raw;
    } catch (error) {
      // Said by the store itself: whoever restores the file replays the mail.
      if (error instanceof BlobMissing) throw new Error('the raw mail is not in the store', { cause: error });
      throw error;
    }
  }
}
