import type { Channel, InboundAttachment, MessageSnapshot, UploadOwner } from '@conversations/contracts';
import { UploadId } from '@conversations/contracts';
import type { Tx } from '@conversations/persistence';
import { Column, Entity, PrimaryColumn } from 'typeorm';

type Snapshot = MessageSnapshot['attachments'][number];

/** A file: uploaded, which its owner may send with one message, or brought by a channel together with one. A sent one stays as it is. */
@Entity('attachment')
export class Attachment {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'owner_kind' })
  ownerKind!: UploadOwner['kind'] | 'channel';

  /** Of a channel: its name. */
  @Column('text', { name: 'owner_id' })
  ownerId!: string;

  @Column('text', { name: 'storage_key' })
  storageKey!: string;

  /** Null until its bytes are stored, as are type and size. */
  @Column('text', { nullable: true })
  filename!: string | null;

  @Column('text', { name: 'content_type', nullable: true })
  contentType!: string | null;

  /** A bigint comes as text. */
  @Column('bigint', { name: 'byte_size', nullable: true })
  byteSize!: string | null;

  /** A picture within an email's HTML. */
  @Column('boolean')
  inline!: boolean;

  @Column('text', { name: 'message_id', nullable: true })
  messageId!: string | null;

  @Column('timestamptz', { name: 'abandoned_at', nullable: true })
  abandonedAt!: Date | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  static brought(file: InboundAttachment, messageId: string, channel: Channel, at: Date): Attachment {
    return Object.assign(new Attachment(), {
      ...file,
      ownerKind: 'channel' as const,
      ownerId: channel,
      byteSize: String(file.byteSize),
      inline: file.inline ?? false,
      messageId,
      abandonedAt: null,
      createdAt: at,
    });
  }

  belongsTo(kind: UploadOwner['kind'], id: string): boolean {
    return this.ownerKind === kind && this.ownerId === id;
  }

  /** Stored, and neither sent nor given up. */
  get sendable(): boolean {
    return this.filename !== null && this.messageId === null && this.abandonedAt === null;
  }

  /** What everybody may know of it; where the bytes lie is no part of that. */
  snapshot(): Snapshot {
    return {
      id: this.id,
      filename: this.filename ?? '',
      contentType: this.contentType ?? '',
      byteSize: Number(this.byteSize ?? 0),
      ...(this.inline ? { inline: true } : {}),
    };
  }

  /** The same with the place of its bytes, for an adapter that sends it. */
  sent(): InboundAttachment {
    return { ...this.snapshot(), storageKey: this.storageKey };
  }
}

/** Those that can be an upload's id at all: a client may send any text. */
export const uploadIds = (ids: readonly string[]): string[] => ids.filter((id) => UploadId.safeParse(id).success);

/** Reads and locks uploads by id, in the order of ids. */
export async function lockUploads(tx: Tx, ids: readonly string[]): Promise<Map<string, Attachment>> {
  const found = await tx
    .createQueryBuilder(Attachment, 'a')
    .where('a.id = ANY(:ids)', { ids: uploadIds(ids) })
    .orderBy('a.id')
    .setLock('pessimistic_write')
    .getMany();
  return new Map(found.map((attachment) => [attachment.id, attachment]));
}

/** Binds each upload to the message that it was sent with; the messages are stored by now. */
export async function bindToMessages(tx: Tx, sent: readonly Attachment[]): Promise<void> {
  await tx.query(
    `UPDATE attachment SET message_id = s.message_id FROM unnest($1::text[], $2::text[]) AS s (id, message_id)
     WHERE attachment.id = s.id`,
    [sent.map(({ id }) => id), sent.map(({ messageId }) => messageId)],
  );
}

/** Stores files that came in together with their messages, which are stored by now. */
export async function insertBrought(tx: Tx, attachments: readonly Attachment[]): Promise<void> {
  await tx.query(
    `INSERT INTO attachment (id, owner_kind, owner_id, storage_key, filename, content_type, byte_size, inline, message_id, created_at)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::boolean[],
       $9::text[], $10::timestamptz[])`,
    [
      attachments.map(({ id }) => id),
      attachments.map(({ ownerKind }) => ownerKind),
      attachments.map(({ ownerId }) => ownerId),
      attachments.map(({ storageKey }) => storageKey),
      attachments.map(({ filename }) => filename),
      attachments.map(({ contentType }) => contentType),
      attachments.map(({ byteSize }) => byteSize),
      attachments.map(({ inline }) => inline),
      attachments.map(({ messageId }) => messageId),
      attachments.map(({ createdAt }) => createdAt),
    ],
  );
}

/** The files of a stored message. */
export function findSent(tx: Tx, messageId: string): Promise<Attachment[]> {
  return tx.find(Attachment, { where: { messageId }, order: { id: 'ASC' } });
}
