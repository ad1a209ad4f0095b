import type { ChannelState, ListEmailChannels, OutputOf } from '@conversations/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type EmailSettings, SETTINGS } from './config';
import { SmtpListener } from './inbound/smtp-listener';

interface MailboxRow {
  id: string;
  problem: string | null;
  checkedAt: Date | null;
  isHeld: boolean;
}

interface Received {
  source: string;
  at: Date;
}

/** The listeners and mailboxes that mail comes in by, and how they are. */
@Injectable()
export class ListChannels {
  constructor(
    private readonly dataSource: DataSource,
    private readonly smtp: SmtpListener,
    @Inject(SETTINGS) private readonly settings: EmailSettings,
  ) {}

  async run(): Promise<OutputOf<typeof ListEmailChannels>> {
    const [mailboxes, received, asideNow] = await Promise.all([
      this.dataSource.query<MailboxRow[]>(
        `SELECT id, problem, checked_at AS "checkedAt", coalesce(owned_until > clock_timestamp(), false) AS "isHeld"
         FROM mailbox`,
      ),
      this.dataSource.query<Received[]>('SELECT source, max(received_at) AS at FROM raw_mail GROUP BY source'),
      this.dataSource.query<{ count: number }[]>(
        `SELECT count(*)::int AS count FROM raw_mail
         WHERE state = 'SET_ASIDE' AND received_at > clock_timestamp() - interval '1 hour'`,
      ),
    ]);
    const lastOf = (source: string) => received.find((row) => row.source === source)?.at.toISOString() ?? null;
    const [address = null] = this.settings.EMAIL_INBOX_ADDRESSES;
    const channels: ChannelState[] = [];
    const add = (channel: Pick<ChannelState, 'id' | 'name' | 'address' | 'health' | 'detail' | 'lastInboundAt'>) =>
      channels.push({ channel: 'email', webhook: null, ...channel });
    const aside = asideNow[0]?.count ?? 0;
    const loops = aside === 0 ? null : `${aside} mails were set aside as loops in the last hour; replay shows them.`;
    if (this.settings.EMAIL_SMTP) {
      const up = this.smtp.isListening;
      const detail = up ? loops : 'The SMTP listener is not up.';
      const health = up ? (loops === null ? 'OK' : 'DEGRADED') : 'NEEDS_ATTENTION';
      add({ id: 'smtp', name: 'SMTP', address, health, detail, lastInboundAt: lastOf('smtp') });
    }
    if (this.settings.EMAIL_INGEST_TOKEN !== undefined)
      add({ id: 'http', name: 'HTTP', address, health: 'OK', detail: null, lastInboundAt: lastOf('http') });
    for (const mailbox of this.settings.EMAIL_MAILBOXES) {
      const row = mailboxes.find(({ id }) => id === mailbox.id);
      const source = `mailbox:${mailbox.id}`;
      const found = {
        id: source,
        name: mailbox.id,
        address: mailbox.address ?? mailbox.user,
        lastInboundAt: lastOf(source),
      };
      add({ ...found, ...stateOf(row) });
    }
    return { channels };
  }
}

function stateOf(row: MailboxRow | undefined): Pick<ChannelState, 'health' | 'detail'> {
  if (row?.problem != null)
    return {
      health: 'NEEDS_ATTENTION',
      detail: `The mailbox cannot be read: ${row.problem}. Check host, user and password.`,
    };
  if (row?.checkedAt == null || !row.isHeld) return { health: 'DEGRADED', detail: 'The mailbox is being opened.' };
  return { health: 'OK', detail: null };
}
