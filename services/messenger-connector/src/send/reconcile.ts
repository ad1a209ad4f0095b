import { Database } from '@conversations/persistence';
import type { Logger } from '@conversations/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { LOG } from '../config';
import { Graph } from '../graph/graph';
import { GraphFailure } from '../graph/graph-failure';
import { Id } from '../normalise/values';
import { Pages } from '../pages/pages';
import { type Part, PART_COLUMNS } from './part';
import { Sender } from './sender';
import { settleSent, settleUnknown } from './settle-part';

const Threads = z.looseObject({
  data: z.array(z.looseObject({ messages: z.looseObject({ data: z.array(z.unknown()) }).optional() })),
});
const ThreadMessage = z.looseObject({
  id: Id,
  message: z.string().default(''),
  created_time: z.string(),
  from: z.looseObject({ id: Id }),
  attachments: z.looseObject({ data: z.array(z.unknown()) }).optional(),
});
type ThreadMessage = z.output<typeof ThreadMessage>;

/** Facebook's clock and ours may differ, and its times have whole seconds. */
const CLOCKS_MS = 5_000;
const AGAIN_AFTER_MS = 5_000;
const CHECKS = 4;
/** Source: Meta, "Messenger Platform rate limits": two calls a second for each page. */
const BATCH = 1;

/** Asks the thread itself about parts whose echo did not come. Source: Meta, "Conversations API". */
@Injectable()
export class Reconcile {
  constructor(
    private readonly database: Database,
    private readonly graph: Graph,
    private readonly pages: Pages,
    private readonly sender: Sender,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** One at a time, so that a page's limit is kept. */
  async run(): Promise<boolean> {
    const [parts] = await this.database.dataSource.query<[Part[], number]>(
      `UPDATE part SET check_at = now() + $1 * interval '1 ms' * (checks + 1), checks = checks + 1
       WHERE id IN (SELECT id FROM part WHERE open AND state = 'unknown' AND check_at <= now()
                    ORDER BY check_at LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING ${PART_COLUMNS}`,
      [AGAIN_AFTER_MS, BATCH],
    );
    for (const part of parts) await this.check(part);
    return false;
  }

  private async check(part: Part): Promise<void> {
    const page = this.pages.find(part.page_id);
    try {
      const query = {
        platform: 'messenger',
        user_id: part.person_id,
        fields: 'messages.limit(20){id,message,created_time,from,attachments}',
      };
      const threads =
        page && Threads.safeParse((await this.graph.get(page, `${page.id}/conversations`, query)).json).data;
      const messages = threads?.data.flatMap(({ messages: found }) => found?.data ?? []) ?? [];
      const mid = await this.find(
        part,
        messages.flatMap((given) => ThreadMessage.safeParse(given).data ?? []),
      );
      await this.database.transaction((tx) => (mid === null ? settleUnknown(tx, part) : settleSent(tx, part, mid)));
      this.log.warn({ partId: part.id, found: mid !== null }, 'send.reconciled');
    } catch (error) {
      if (!(error instanceof GraphFailure)) throw error;
      this.log.warn(
        { partId: part.id, checks: part.checks, failure: error.failure, ...error.facts },
        'send.not-reconciled',
      );
      // A rate limit says nothing about the message; anything else is asked a few times.
      if (error.failure === 'THROTTLE' || part.checks < CHECKS) return;
      await this.database.transaction((tx) => settleUnknown(tx, part));
    }
    this.sender.wake();
  }

  /** The oldest message of the page with this content, not before it was sent, that is no other part and no answer from elsewhere. */
  private async find(part: Part, messages: readonly ThreadMessage[]): Promise<string | null> {
    const alike = messages
      .filter(
        ({ from, created_time: time }) =>
          from.id === part.page_id && Date.parse(graphTime(time)) >= part.sending_at.getTime() - CLOCKS_MS,
      )
      .filter((found) => (part.text === null ? isFile(found) : found.message.trim() === part.text.trim()))
      .map(({ id }) => id)
      .reverse();
    const taken = await this.database.dataSource.query<{ mid: string }[]>(
      `SELECT mid FROM part WHERE page_id = $1 AND mid = ANY($2)
       UNION SELECT substr(key, 3) FROM event
       WHERE page_id = $1 AND key = ANY($3) AND NOT EXISTS (SELECT FROM echo WHERE echo.page_id = $1 AND 'm:' || echo.mid = event.key)`,
      [part.page_id, alike, alike.map((mid) => `m:${mid}`)],
    );
    return alike.find((mid) => !taken.some((one) => one.mid === mid)) ?? null;
  }
}

const isFile = ({ message, attachments }: ThreadMessage) => message === '' && (attachments?.data.length ?? 0) > 0;

/** Graph writes +0000, which the language's own form does not know. */
const graphTime = (time: string) => time.replace(/\+0000$/, 'Z');
