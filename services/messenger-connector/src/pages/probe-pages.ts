import { Database } from '@conversations/persistence';
import type { Logger } from '@conversations/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { LOG, MessengerConnectorSettings, SETTINGS } from '../config';
import { Graph } from '../graph/graph';
import { GraphFailure } from '../graph/graph-failure';
import type { MessengerPage } from './messenger-config';
import { type Health, noteHealth } from './page-health';
import { Pages } from './pages';

const Subscriptions = z.looseObject({ data: z.array(z.looseObject({ id: z.union([z.string(), z.number()]) })) });

/** Healthy pages are looked at this much less often. */
const HEALTHY_FACTOR = 10;
/** How long a restriction lasts is nobody's to know: after so many probes the page tries again. */
const RESTRICTED_FACTOR = 60;

/** Looks whether pages can work: at the start, now and then, and more often while one cannot. */
@Injectable()
export class ProbePages {
  constructor(
    private readonly database: Database,
    private readonly graph: Graph,
    private readonly pages: Pages,
    @Inject(SETTINGS) private readonly settings: MessengerConnectorSettings,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** How long until a page in that state is looked at again, ms. */
  pauseAfter(health: Health): number {
    const factor =
      { OK: HEALTHY_FACTOR, THROTTLED: HEALTHY_FACTOR, RESTRICTED: RESTRICTED_FACTOR }[health as 'OK'] ?? 1;
    return this.settings.MESSENGER_PROBE_SECONDS * 1_000 * factor;
  }

  /** Looks at the pages that are due; another replica may have taken them. */
  async run(): Promise<boolean> {
    const ids = this.pages.all.filter(({ enabled }) => enabled).map(({ id }) => id);
    const [due] = await this.database.dataSource.query<[{ id: string; health: Health }[], number]>(
      `UPDATE page SET probe_at = now() + $2 * interval '1 ms'
       WHERE id = ANY($1) AND probe_at <= now() AND health <> 'DISABLED' RETURNING id, health`,
      [ids, this.pauseAfter('TOKEN_INVALID')],
    );
    await Promise.all(
      due.map(async ({ id, health }) => {
        const page = this.pages.find(id);
        if (page) await this.probe(page, health);
      }),
    );
    return false;
  }

  private async probe(page: MessengerPage, before: Health): Promise<void> {
    try {
      const { json } = await this.graph.get(page, `${page.id}/subscribed_apps`);
      // Only whoever may write can read the threads.
      if (before === 'PERMISSION')
        await this.graph.get(page, `${page.id}/conversations`, { platform: 'messenger', limit: '1' });
      const apps = Subscriptions.safeParse(json).data?.data;
      const isSubscribed = apps?.some(({ id }) => String(id) === page.app.id) ?? true;
      await this.note(page, isSubscribed ? 'OK' : 'UNSUBSCRIBED', null, before);
    } catch (error) {
      if (!(error instanceof GraphFailure)) throw error;
      this.log.info({ pageId: page.id, failure: error.failure, ...error.facts }, 'page.probe-refused');
      if (error.failure === 'AUTH') await this.note(page, 'TOKEN_INVALID', error.message, before);
    }
  }

  private async note(page: MessengerPage, health: Health, detail: string | null, before: Health): Promise<void> {
    if (health !== before) this.log.warn({ pageId: page.id, health }, 'page.health-changed');
    const unless: Health[] = health === 'TOKEN_INVALID' || before === 'RESTRICTED' ? [] : ['RESTRICTED'];
    await this.database.transaction((tx) =>
      noteHealth(tx, page.id, health, { detail, probeAfterMs: this.pauseAfter(health), unless }),
    );
  }
}
