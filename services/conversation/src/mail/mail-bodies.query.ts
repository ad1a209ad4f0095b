import type { GetMailBodies, InputOf, OutputOf } from '@conversations/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { Attachment } from '../attachment/attachment.entity';

interface Row {
  id: string;
  quotedText: string | null;
  htmlKey: string | null;
  rawKey: string | null;
}

/** What emails hold beside their new text. */
@Injectable()
export class MailBodiesQuery {
  constructor(private readonly dataSource: DataSource) {}

  async get({ ids }: InputOf<typeof GetMailBodies>): Promise<OutputOf<typeof GetMailBodies>> {
    const rows = await this.dataSource.query<Row[]>(
      `SELECT message_id AS id, quoted_text AS "quotedText", html_key AS "htmlKey", raw_key AS "rawKey"
       FROM mail WHERE message_id = ANY($1)`,
      [ids],
    );
    const pictures = await this.pictures(rows.filter(({ htmlKey }) => htmlKey !== null).map(({ id }) => id));
    const byId = new Map(rows.map(({ id, ...body }) => [id, { ...body, pictures: pictures.get(id) ?? [] }]));
    return { items: ids.map((id) => byId.get(id) ?? null) };
  }

  private async pictures(messageIds: readonly string[]) {
    const found = new Map<string, ReturnType<Attachment['sent']>[]>();
    if (messageIds.length === 0) return found;
    const pictures = await this.dataSource.manager.findBy(Attachment, { messageId: In([...messageIds]), inline: true });
    for (const picture of pictures) {
      const messageId = picture.messageId ?? '';
      found.set(messageId, [...(found.get(messageId) ?? []), picture.sent()]);
    }
    return found;
  }
}
