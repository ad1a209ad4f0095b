import { type Logger } from '@conversations/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { LOG, MessengerConnectorSettings, SETTINGS } from '../config';
import { Pages } from '../pages/pages';
import { Repeat } from '../repeat';
import { claimParts, giveUpOrphans } from './claim-parts';
import { SendPart } from './send-part';

/** Requests to Graph that one replica has open. */
const MOST_AT_ONCE = 32;
/** For parts whose pause or page's back-off ends, and those that another replica stored. */
const SWEEP_MS = 500;
/** Beyond the request's own time-out: until its outcome is noted at the latest. */
const EXTRA_PATIENCE_MS = 10_000;

/** Sends what the ledger holds: strictly in order in each thread, threads beside each other. Any number of replicas may run. */
@Injectable()
export class Sender {
  private readonly loop: Repeat;
  private readonly sending = new Set<Promise<void>>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly pages: Pages,
    private readonly part: SendPart,
    @Inject(SETTINGS) private readonly settings: MessengerConnectorSettings,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.loop = new Repeat('send', SWEEP_MS, () => this.turn(), log);
  }

  start(): void {
    this.loop.start();
  }

  wake(): void {
    this.loop.wake();
  }

  /** Takes nothing more and waits for the answers that are still to come. */
  async stop(): Promise<void> {
    await this.loop.stop();
    await Promise.all(this.sending);
  }

  private async turn(): Promise<boolean> {
    const waitMs = this.settings.MESSENGER_UNKNOWN_AFTER_SECONDS * 1_000;
    const orphans = await giveUpOrphans(this.dataSource, waitMs);
    if (orphans > 0) this.log.warn({ parts: orphans }, 'send.found-under-way');
    const most = MOST_AT_ONCE - this.sending.size;
    if (most === 0) return false;
    const parts = await claimParts(this.dataSource, {
      pageIds: this.pages.all.filter(({ enabled }) => enabled).map(({ id }) => id),
      most,
      patienceMs: this.pages.graph.timeoutSeconds * 1_000 + EXTRA_PATIENCE_MS,
    });
    for (const part of parts) {
      const done = this.part
        .run(part)
        .catch((error: unknown) => this.log.error({ partId: part.id, err: error }, 'send.not-noted'))
        .finally(() => {
          this.sending.delete(done);
          this.wake();
        });
      this.sending.add(done);
    }
    return parts.length > 0 && this.sending.size < MOST_AT_ONCE;
  }
}
