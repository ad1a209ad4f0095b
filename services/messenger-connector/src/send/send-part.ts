import type { BlobStore } from '@conversations/blob-store';
import { Database } from '@conversations/persistence';
import type { Logger } from '@conversations/runtime';
import { Metrics } from '@conversations/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { BLOBS, LOG, MessengerConnectorSettings, SETTINGS } from '../config';
import { Graph } from '../graph/graph';
import { GraphFailure } from '../graph/graph-failure';
import { Id } from '../normalise/values';
import type { MessengerPage } from '../pages/messenger-config';
import { backOff, type Health, noteHealth, slowDown } from '../pages/page-health';
import { Pages } from '../pages/pages';
import { ProbePages } from '../pages/probe-pages';
import { composeRequest, FileMissing, type Permission } from './compose-request';
import type { Part } from './part';
import { putBack, settleFailed, settleSent, waitForEcho } from './settle-part';

const Sent = z.looseObject({ message_id: Id });

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** For so long a request that had no effect is tried again. */
const RETRIED_FOR_MS = 30 * 60_000;

const WINDOW_CLOSED = 'More than 24 hours have passed since the person’s last message.';

/** Sends one part and notes what became of it. */
@Injectable()
export class SendPart {
  constructor(
    private readonly database: Database,
    private readonly graph: Graph,
    private readonly pages: Pages,
    private readonly probes: ProbePages,
    private readonly metrics: Metrics,
    @Inject(BLOBS) private readonly blobs: BlobStore | null,
    @Inject(SETTINGS) private readonly settings: MessengerConnectorSettings,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  async run(part: Part): Promise<void> {
    const page = this.pages.find(part.page_id);
    const permission = page && (await this.permission(part));
    if (!page) return this.database.transaction((tx) => putBack(tx, part, LONGEST_PAUSE_MS));
    if (!permission) return this.fail(part, 'WINDOW', WINDOW_CLOSED);
    try {
      const body = await composeRequest(part, permission, this.blobs);
      const { json, backoffMs } = await this.graph.post(page, `${page.id}/messages`, body);
      const sent = Sent.safeParse(json).data;
      if (!sent) throw new GraphFailure('UNKNOWN', 'Facebook answered without a message id');
      await this.sent(part, sent.message_id, backoffMs);
    } catch (error) {
      if (error instanceof FileMissing) return this.fail(part, 'PAYLOAD', error.message);
      if (!(error instanceof GraphFailure)) throw error;
      await this.failed(part, page, error);
    }
  }

  /** Null: the window is closed. What was heard since the order was given counts too. */
  private async permission(part: Part): Promise<Permission | null> {
    const [until] = await this.database.dataSource.query<{ closes_at: Date; human_agent_until: Date | null }[]>(
      `SELECT greatest(closes_at, opened_at + interval '24 hours') AS closes_at,
         CASE WHEN human_agent_until IS NULL THEN NULL
           ELSE greatest(human_agent_until, opened_at + interval '7 days') END AS human_agent_until
       FROM reply LEFT JOIN person USING (page_id, person_id) WHERE message_id = $1`,
      [part.message_id],
    );
    const now = new Date();
    if (until && until.closes_at > now) return { messaging_type: 'RESPONSE' };
    const isAllowed = this.pages.find(part.page_id)?.humanAgent === true;
    if (isAllowed && until?.human_agent_until != null && until.human_agent_until > now) {
      return { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' };
    }
    return null;
  }

  private async sent(part: Part, mid: string, backoffMs: number): Promise<void> {
    this.count('sent');
    await this.database.transaction(async (tx) => {
      await settleSent(tx, part, mid);
      if (backoffMs > 0) await slowDown(tx, part.page_id, backoffMs);
      const options = { probeAfterMs: this.probes.pauseAfter('OK'), unless: ['OK', 'UNSUBSCRIBED'] satisfies Health[] };
      await noteHealth(tx, part.page_id, 'OK', options);
    });
  }

  private async fail(part: Part, code: string, detail: string): Promise<void> {
    this.count('failed');
    await this.database.transaction((tx) => settleFailed(tx, part, code, detail));
  }

  private async failed(part: Part, page: MessengerPage, error: GraphFailure): Promise<void> {
    const { failure, message: words, facts } = error;
    this.log.warn({ partId: part.id, pageId: page.id, failure, ...facts, err: error }, 'send.failed');
    switch (failure) {
      case 'UNKNOWN': {
        const waitMs = this.settings.MESSENGER_UNKNOWN_AFTER_SECONDS * 1_000;
        return this.database.transaction((tx) => waitForEcho(tx, part, waitMs));
      }
      case 'RETRY': {
        if (Date.now() - part.created_at.getTime() > RETRIED_FOR_MS) return this.fail(part, 'RETRY', words);
        const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (part.tries - 1), LONGEST_PAUSE_MS);
        return this.database.transaction((tx) => putBack(tx, part, pauseMs));
      }
      case 'THROTTLE':
        return this.database.transaction(async (tx) => {
          await putBack(tx, part, 0);
          await backOff(tx, page.id, facts.backoffMs ?? 0, words);
        });
      case 'AUTH':
        // The queue stays: with a new token all of it goes out.
        return this.database.transaction(async (tx) => {
          await putBack(tx, part, 0);
          await this.note(tx, page, 'TOKEN_INVALID', words);
        });
      case 'PERMISSION':
      case 'RESTRICTED':
        this.count('failed');
        return this.database.transaction(async (tx) => {
          await settleFailed(tx, part, failure, words);
          await this.note(tx, page, failure, words);
        });
      default:
        return this.fail(part, failure, words);
    }
  }

  private note(
    tx: Parameters<typeof noteHealth>[0],
    page: MessengerPage,
    health: Health,
    detail: string,
  ): Promise<void> {
    return noteHealth(tx, page.id, health, { detail, probeAfterMs: this.probes.pauseAfter(health) });
  }

  private count(outcome: 'sent' | 'failed'): void {
    this.metrics.counter('conversations_messages_total').inc({ channel: 'messenger', direction: 'out', outcome });
  }
}
