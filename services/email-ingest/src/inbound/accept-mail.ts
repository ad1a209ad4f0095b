import type { Readable } from 'node:stream';
import type { BlobStore } from '@conversations/blob-store';
import { Database, type Tx } from '@conversations/persistence';
import { Metrics } from '@conversations/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { BLOBS } from '../config';
import { MailBell } from './mail-bell';

/** Who handed a mail over and for whom, outside of the mail itself. */
export interface Envelope {
  /** Empty for a null sender; null where the source does not say. */
  from: string | null;
  to: string[];
  remoteAddress: string | null;
  helo: string | null;
}

export const NO_ENVELOPE: Envelope = { from: null, to: [], remoteAddress: null, helo: null };

export interface Incoming {
  /** `smtp`, `http`, `mailbox:<id>`. */
  source: string;
  envelope: Envelope;
  content: Readable;
  maxBytes: number;
  /** Work of the source that belongs to the same transaction, e.g. moving its cursor. */
  alongside?: (tx: Tx) => Promise<void>;
}

/** Stores a mail as it came, before anybody looks into it. The source is answered when this resolves. */
@Injectable()
export class AcceptMail {
  constructor(
    private readonly database: Database,
    private readonly bell: MailBell,
    private readonly metrics: Metrics,
    @Inject(BLOBS) private readonly blobs: BlobStore,
  ) {}

  /** The id is the SHA-256 of the bytes: the same bytes are one mail, however often they come. */
  async run({ source, envelope, content, maxBytes, alongside }: Incoming): Promise<{ id: string; isNew: boolean }> {
    const { sha256: id, byteSize } = await this.blobs.putByContent(content, { maxBytes });
    const isNew = await this.database.transaction(async (tx) => {
      const rows = await tx.query<unknown[]>(
        `INSERT INTO raw_mail (id, byte_size, source, envelope, received_at)
         VALUES ($1, $2, $3, $4, clock_timestamp()) ON CONFLICT (id) DO NOTHING RETURNING id`,
        [id, byteSize, source, JSON.stringify(envelope)],
      );
      await alongside?.(tx);
      return rows.length > 0;
    });
    this.metrics.counter('conversations_mails_accepted_total').inc({ source: source.split(':')[0] ?? source });
    if (isNew) this.bell.ring();
    return { id, isNew };
  }
}
