import type {
  CompleteUpload,
  FindAttachment,
  FindUploads,
  InputOf,
  OutputOf,
  ReserveUpload,
  SweepUploads,
  UploadOwner,
} from '@conversations/contracts';
import { UserError } from '@conversations/contracts';
import { newId } from '@conversations/runtime';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Visitor } from '../contact/visitor.entity';
import { Message } from '../conversation/message.entity';
import { SHOWN } from '../conversation/visitor-thread.query';
import { Attachment, uploadIds } from './attachment.entity';

/** An upload that was not sent for so long is given up. */
const UNSENT_HOURS = 24;
const SWEEP = 100;

/** What gateways ask about files: before they store one, before one is sent, before they serve one. */
@Injectable()
export class Uploads {
  constructor(private readonly dataSource: DataSource) {}

  async reserve({ owner, storageKey }: InputOf<typeof ReserveUpload>): Promise<OutputOf<typeof ReserveUpload>> {
    const visitor = await this.visitorState(owner);
    const id = newId('up');
    const reserved = { id, ownerKind: owner.kind, ownerId: owner.id, storageKey, inline: false, createdAt: new Date() };
    if (visitor !== 'expired') await this.dataSource.manager.insert(Attachment, reserved);
    return { id, visitor };
  }

  async complete({ id, ...facts }: InputOf<typeof CompleteUpload>): Promise<OutputOf<typeof CompleteUpload>> {
    const { affected } = await this.dataSource.manager
      .createQueryBuilder()
      .update(Attachment)
      .set({ ...facts, byteSize: String(facts.byteSize) })
      .where('id = :id AND filename IS NULL AND abandoned_at IS NULL', { id })
      .execute();
    if (affected === 0) throw new UserError('NOT_FOUND', 'No upload waits under this id.');
    return { attachment: { id, ...facts } };
  }

  async find({ visitorId, ids, idempotencyKey }: InputOf<typeof FindUploads>): Promise<OutputOf<typeof FindUploads>> {
    const { manager } = this.dataSource;
    const found = await manager
      .createQueryBuilder(Attachment, 'a')
      .leftJoin(Message, 'm', 'm.id = a.messageId AND m.idempotencyKey = :idempotencyKey', { idempotencyKey })
      .where('a.id = ANY(:ids)', { ids: uploadIds(ids) })
      .andWhere('(a.messageId IS NULL OR m.id IS NOT NULL)')
      .getMany();
    const usable = new Map(
      found
        .filter((one) => one.belongsTo('visitor', visitorId) && (one.sendable || one.messageId !== null))
        .map((one) => [one.id, one.snapshot()]),
    );
    return { attachments: ids.map((id) => usable.get(id) ?? null) };
  }

  async locate({ id, visitorId }: InputOf<typeof FindAttachment>): Promise<OutputOf<typeof FindAttachment>> {
    if (uploadIds([id]).length === 0) return { attachment: null };
    const query = this.dataSource.manager
      .createQueryBuilder(Attachment, 'a')
      .innerJoin(Message, 'm', 'm.id = a.messageId')
      .where('a.id = :id', { id })
      // What the person took back is shown to nobody.
      .andWhere(`m.messenger ->> 'unsent' IS DISTINCT FROM 'true'`);
    if (visitorId !== null) {
      query
        .innerJoin('conversation', 'c', 'c.id = m.conversationId AND c.visitor_id = :visitorId', { visitorId })
        .andWhere(SHOWN);
    }
    const found = await query.getOne();
    return { attachment: found && { ...found.snapshot(), storageKey: found.storageKey } };
  }

  /** In two steps, so that no bytes stay behind when whoever removes them dies in between. */
  async sweep({ removed }: InputOf<typeof SweepUploads>): Promise<OutputOf<typeof SweepUploads>> {
    const { manager } = this.dataSource;
    if (removed.length > 0) {
      await manager.query('DELETE FROM attachment WHERE id = ANY($1) AND abandoned_at IS NOT NULL', [removed]);
    }
    await manager.query(
      `UPDATE attachment SET abandoned_at = now() WHERE id IN (
         SELECT id FROM attachment
         WHERE message_id IS NULL AND abandoned_at IS NULL AND created_at < now() - $1 * interval '1 hour'
         ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
      [UNSENT_HOURS, SWEEP],
    );
    const abandoned = await manager.query<{ id: string; storageKey: string }[]>(
      `SELECT id, storage_key AS "storageKey" FROM attachment
       WHERE message_id IS NULL AND abandoned_at IS NOT NULL ORDER BY created_at LIMIT $1`,
      [SWEEP],
    );
    return { abandoned };
  }

  private async visitorState(owner: UploadOwner): Promise<OutputOf<typeof ReserveUpload>['visitor']> {
    if (owner.kind === 'agent') return null;
    const { siteId, tokenHash } = owner;
    const visitor = await this.dataSource.manager.findOneBy(Visitor, { siteId, tokenHash });
    if (visitor === null) return 'new';
    return visitor.isExpired(new Date()) ? 'expired' : 'known';
  }
}
