import type { MessageSnapshot, UploadOwner } from '@conversations/contracts';
import { UploadId } from '@conversations/contracts';
import type { Tx } from '@conversations/persistence';
import { Column, Entity, PrimaryColumn } from 'typeorm';

type Snapshot = MessageSnapshot['attachments'][number];

/** An uploaded file. Its owner may send it with one message; from then on it stays as it is. */
@Entity('attachment')
export class Attachment {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'owner_kind' })
  ownerKind!: UploadOwner['kind'];

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

  @Column('text', { name: 'message_id', nullable: true })
  messageId!: string | null;

  @Column('timestamptz', { name: 'abandoned_at', nullable: true })
  abandonedAt!: Date | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

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
    };
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
