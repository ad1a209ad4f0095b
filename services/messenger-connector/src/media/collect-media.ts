import { BlobTooLarge, ContentRefused } from '@conversations/blob-store';
import { type InboundAttachment, MessengerMessageChanged, messengerThreadKey } from '@conversations/contracts';
import { Database, emit, type Tx } from '@conversations/persistence';
import { type Logger, newId } from '@conversations/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { LOG } from '../config';
import type { MediaLink } from '../normalise/fact';
import { DownloadFailed } from './download';
import { FetchMedia, NoBlobStore } from './fetch-media';
import { AddressRefused } from './media-address';

const BATCH = 4;
/** Longer than a download may take: until somebody else may try when this process ends meanwhile. */
const LEASE_MS = 3 * 60_000;
const PAUSES_MS = [1_000, 5_000, 30_000, 120_000, 600_000];

export interface AnnouncedMedia {
  targetKey: string;
  pageId: string;
  personId: string;
  media: readonly MediaLink[];
}

/** Notes what has to be fetched, beside the message that it belongs to. */
export async function announceMedia(tx: Tx, announced: readonly AnnouncedMedia[]): Promise<void> {
  if (announced.length === 0) return;
  const files = announced.flatMap(({ targetKey, media }) => media.map(({ url }, place) => ({ targetKey, place, url })));
  await tx.query(
    `INSERT INTO media_message (target_key, page_id, person_id)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) ON CONFLICT DO NOTHING`,
    [
      announced.map(({ targetKey }) => targetKey),
      announced.map(({ pageId }) => pageId),
      announced.map(({ personId }) => personId),
    ],
  );
  await tx.query(
    `INSERT INTO media_file (id, target_key, place, url, state, try_at)
     SELECT id, target_key, place, url, 'pending', now()
     FROM unnest($1::text[], $2::text[], $3::int[], $4::text[]) AS new (id, target_key, place, url)
     ON CONFLICT DO NOTHING`,
    [
      files.map(() => newId('up')),
      files.map(({ targetKey }) => targetKey),
      files.map(({ place }) => place),
      files.map(({ url }) => url),
    ],
  );
}

interface FileRow {
  id: string;
  target_key: string;
  url: string;
  tries: number;
}

/** Fetches the files of messages that are told of already, and tells when those of a message are all there, or not to be had. */
@Injectable()
export class CollectMedia {
  constructor(
    private readonly database: Database,
    private readonly media: FetchMedia,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** True when more files wait. */
  async run(): Promise<boolean> {
    const [files] = await this.database.dataSource.query<[FileRow[], number]>(
      `UPDATE media_file SET try_at = now() + $1 * interval '1 ms', tries = tries + 1
       WHERE id IN (SELECT id FROM media_file WHERE state = 'pending' AND try_at <= now()
                    ORDER BY try_at LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING id, target_key, url, tries`,
      [LEASE_MS, BATCH],
    );
    await Promise.all(files.map((file) => this.collect(file)));
    return files.length === BATCH;
  }

  private async collect(file: FileRow): Promise<void> {
    let stored: InboundAttachment;
    try {
      stored = await this.media.file(file.id, file.url);
    } catch (error) {
      const pauseMs = isFinal(error) ? undefined : PAUSES_MS[file.tries - 1];
      this.log.warn(
        { fileId: file.id, tries: file.tries, isOver: pauseMs === undefined, err: error },
        'media.not-fetched',
      );
      await (pauseMs === undefined ? this.settle(file, null, reasonOf(error)) : this.later(file, pauseMs));
      return;
    }
    await this.settle(file, stored, null);
  }

  private async later({ id }: FileRow, pauseMs: number): Promise<void> {
    await this.database.dataSource.query(`UPDATE media_file SET try_at = now() + $2 * interval '1 ms' WHERE id = $1`, [
      id,
      pauseMs,
    ]);
  }

  private async settle(file: FileRow, stored: InboundAttachment | null, reason: string | null): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [message] = await tx.query<{ page_id: string; person_id: string; settled: boolean }[]>(
        'SELECT page_id, person_id, settled FROM media_message WHERE target_key = $1 FOR UPDATE',
        [file.target_key],
      );
      await tx.query(`UPDATE media_file SET state = $2, stored = $3, reason = $4 WHERE id = $1 AND state = 'pending'`, [
        file.id,
        stored === null ? 'failed' : 'stored',
        stored === null ? null : JSON.stringify(stored),
        reason,
      ]);
      const all = await tx.query<{ state: string; stored: InboundAttachment | null }[]>(
        'SELECT state, stored FROM media_file WHERE target_key = $1 ORDER BY place',
        [file.target_key],
      );
      if (!message || message.settled || all.some(({ state }) => state === 'pending')) return;
      await tx.query('UPDATE media_message SET settled = true WHERE target_key = $1', [file.target_key]);
      const threadKey = messengerThreadKey(message.page_id, message.person_id);
      await emit(tx, MessengerMessageChanged, threadKey, {
        threadKey,
        targetKey: file.target_key,
        change: {
          kind: 'MEDIA',
          attachments: all.flatMap((one) => one.stored ?? []),
          media: all.every(({ state }) => state === 'stored') ? 'READY' : 'FAILED',
        },
        window: null,
        at: new Date().toISOString(),
      });
    });
  }
}

/** Trying again would end the same way. */
const isFinal = (error: unknown): boolean =>
  error instanceof AddressRefused ||
  error instanceof ContentRefused ||
  error instanceof BlobTooLarge ||
  error instanceof NoBlobStore ||
  (error instanceof DownloadFailed && error.isFinal);

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 200);
