import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

const BATCH = 2_000;

/**
 * Forgets what nobody asks for any more. Meta repeats a delivery for 36 hours, so a week is enough to know it again; what could not be
 * read stays a month for those who look into it, and so does what was sent: a day after the person's last message it cannot be
 * sent again anyway. The messages themselves are conversation's.
 */
@Injectable()
export class Prune {
  constructor(private readonly dataSource: DataSource) {}

  /** True when there is more. */
  async run(): Promise<boolean> {
    const counts = [
      await this.delete(`event WHERE ctid IN (SELECT ctid FROM event
        WHERE received_at < now() - CASE WHEN unreadable IS NULL THEN interval '8 days' ELSE interval '30 days' END
          AND received_at < now() - interval '8 days' LIMIT $1)`),
      await this.delete(`part WHERE seq IN (SELECT seq FROM part
        WHERE created_at < now() - interval '30 days' AND NOT open ORDER BY seq LIMIT $1)`),
      await this
        .delete(`reply WHERE message_id IN (SELECT message_id FROM reply WHERE created_at < now() - interval '30 days'
        AND NOT EXISTS (SELECT FROM part WHERE part.message_id = reply.message_id) LIMIT $1)`),
      await this.delete(`media_file WHERE id IN (SELECT id FROM media_file
        WHERE state <> 'pending' AND try_at < now() - interval '30 days' LIMIT $1)`),
      await this.delete(`media_message WHERE target_key IN (SELECT target_key FROM media_message
        WHERE settled AND NOT EXISTS (SELECT FROM media_file WHERE media_file.target_key = media_message.target_key) LIMIT $1)`),
    ];
    return counts.includes(BATCH);
  }

  private async delete(which: string): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown[], number]>(`DELETE FROM ${which}`, [BATCH]);
    return count;
  }
}
