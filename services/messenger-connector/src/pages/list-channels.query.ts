import type { ChannelState } from '@conversations/contracts';
import { Database } from '@conversations/persistence';
import { Inject, Injectable } from '@nestjs/common';
import { MessengerConnectorSettings, SETTINGS } from '../config';
import type { Health } from './page-health';
import { Pages } from './pages';

export const WEBHOOK_PATH = '/webhook';

interface Row {
  id: string;
  health: Health;
  detail: string | null;
  last_inbound_at: Date | null;
}

/** What is wrong, and what an admin can do about it. */
const ADVICE: Record<Health, string | null> = {
  OK: null,
  TOKEN_INVALID:
    'Facebook refuses the page’s token. Make a new one and put it into the token file; replies wait until then.',
  PERMISSION: 'The app may not send for this page. Check its permissions at Facebook (pages_messaging) and its review.',
  RESTRICTED:
    'Facebook has restricted the page from sending. The page’s support inbox at Facebook says why and for how long.',
  THROTTLED: 'Facebook’s rate limit was reached. Replies go out as soon as it allows.',
  UNSUBSCRIBED:
    'The page is not subscribed to the app, so its messages do not arrive. Subscribe it in the app’s Messenger settings.',
  DISABLED: 'The page is switched off in the configuration file. Messages arrive, replies are not sent.',
};
const HEALTH: Record<Health, ChannelState['health']> = {
  OK: 'OK',
  THROTTLED: 'DEGRADED',
  UNSUBSCRIBED: 'NEEDS_ATTENTION',
  TOKEN_INVALID: 'NEEDS_ATTENTION',
  PERMISSION: 'NEEDS_ATTENTION',
  RESTRICTED: 'NEEDS_ATTENTION',
  DISABLED: 'NEEDS_ATTENTION',
};

/** The pages of the configuration, how they are, and what Meta has to be told. */
@Injectable()
export class ListChannels {
  constructor(
    private readonly database: Database,
    private readonly pages: Pages,
    @Inject(SETTINGS) private readonly settings: Pick<MessengerConnectorSettings, 'MESSENGER_PUBLIC_URL'>,
  ) {}

  async run(): Promise<{ channels: ChannelState[] }> {
    const rows = await this.database.dataSource.query<Row[]>('SELECT id, health, detail, last_inbound_at FROM page');
    const known = new Map(rows.map((row) => [row.id, row]));
    const channels = this.pages.all.map(({ id, name, app }): ChannelState => {
      const row = known.get(id);
      const health = row?.health ?? 'OK';
      const words = [ADVICE[health], row?.detail].filter((part) => typeof part === 'string');
      return {
        id: `page:${id}`,
        channel: 'messenger',
        name,
        address: `m.me/${id}`,
        health: HEALTH[health],
        detail: words.length === 0 ? null : words.join(' – '),
        lastInboundAt: row?.last_inbound_at?.toISOString() ?? null,
        webhook: { address: this.webhookAddress, verifyToken: app.verifyToken },
      };
    });
    return { channels };
  }

  private get webhookAddress(): string {
    return `${this.settings.MESSENGER_PUBLIC_URL?.replace(/\/+$/, '') ?? ''}${WEBHOOK_PATH}`;
  }
}
