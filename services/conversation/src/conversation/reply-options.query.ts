import type { GetReplyOptions, InputOf, OutputOf, ReplyOption } from '@conversations/contracts';
import type { Tx } from '@conversations/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ChannelNotAvailable } from './reply-errors';
import { windowOf } from '../messenger/messenger-profile.entity';
import { replyOptions } from './reply-options';

interface Addressee {
  id: string;
  title: string;
  visitorId: string | null;
  email: string | null;
  emailVerified: boolean | null;
  messengerProfileId: string | null;
  canSend: boolean | null;
  windowClosesAt: Date | null;
  humanAgentUntil: Date | null;
  windowRefusedAt: Date | null;
  humanAgentRefusedAt: Date | null;
}

const UNKNOWN_CHANNEL = { disabledReason: 'CHANNEL_NOT_CONFIGURED' as const, windowClosesAt: null };

/** Who is on the site now. */
export abstract class VisitorPresence {
  abstract isOnline(visitorId: string): boolean;
}

/** Which channels this installation has. */
export abstract class ConfiguredChannels {
  abstract readonly email: boolean;
}

/** What the composer may do now. */
@Injectable()
export class ReplyOptionsQuery {
  constructor(
    private readonly dataSource: DataSource,
    private readonly presence: VisitorPresence,
    private readonly channels: ConfiguredChannels,
  ) {}

  async list({ ids }: InputOf<typeof GetReplyOptions>): Promise<OutputOf<typeof GetReplyOptions>> {
    const options = await this.of(this.dataSource.manager, ids);
    return { items: ids.map((id) => options.get(id) ?? null) };
  }

  /** One statement for all of them. */
  async of(tx: Tx, ids: readonly string[]): Promise<Map<string, ReplyOption[]>> {
    const rows: Addressee[] = await tx.query(
      `SELECT c.id, c.title, c.visitor_id AS "visitorId", k.email,
         v.id IS NULL OR (k.email_verified AND v.identified) AS "emailVerified",
         c.messenger_profile_id AS "messengerProfileId", g.can_send AS "canSend", p.window_closes_at AS "windowClosesAt",
         p.human_agent_until AS "humanAgentUntil", p.window_refused_at AS "windowRefusedAt",
         p.human_agent_refused_at AS "humanAgentRefusedAt"
       FROM conversation c LEFT JOIN contact k ON k.id = c.contact_id LEFT JOIN visitor v ON v.id = c.visitor_id
         LEFT JOIN messenger_profile p ON p.id = c.messenger_profile_id LEFT JOIN messenger_page g ON g.id = p.page_id
       WHERE c.id = ANY($1)`,
      [ids],
    );
    return new Map(rows.map((row) => [row.id, this.optionsFor(row)]));
  }

  /** Throws ChannelNotAvailable with the reason. */
  async assertAvailable(tx: Tx, conversationId: string, channel: ReplyOption['channel']): Promise<void> {
    const options = await this.of(tx, [conversationId]);
    const option = options.get(conversationId)?.find((one) => one.channel === channel);
    if (!option?.available) throw new ChannelNotAvailable(option ?? UNKNOWN_CHANNEL);
  }

  private optionsFor(row: Addressee): ReplyOption[] {
    return replyOptions({
      title: row.title,
      hasVisitor: row.visitorId !== null,
      visitorOnline: row.visitorId !== null && this.presence.isOnline(row.visitorId),
      email: row.email,
      emailVerified: row.emailVerified ?? false,
      emailConfigured: this.channels.email,
      messenger: row.messengerProfileId === null ? null : { canSend: row.canSend ?? true, window: windowOf(row) },
      now: new Date(),
    });
  }
}
