import type { Tx } from '@conversations/persistence';
import { Metrics } from '@conversations/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { type EmailSettings, SETTINGS } from '../config';
import { readOwnMessageId } from '../threading/message-id';
import { readReturnPath } from '../threading/return-path';
import type { Bounce } from '../threading/thread-signs';
import { Send } from './send.entity';
import { SendLedger } from './send-ledger';

/** Finds the send that a bounce or a complaint is about, and lets its message show what happened. */
@Injectable()
export class NoteBounce {
  constructor(
    private readonly ledger: SendLedger,
    private readonly metrics: Metrics,
    @Inject(SETTINGS) private readonly settings: EmailSettings,
  ) {}

  /** False: it is about no mail of ours. */
  async run(tx: Tx, bounce: Bounce): Promise<boolean> {
    const about = await this.find(tx, bounce);
    if (!about) return false;
    const send = await tx.findOneOrFail(Send, { where: about, lock: { mode: 'pessimistic_write' } });
    await this.ledger.store(tx, send, send.bounce(bounce));
    if (bounce.kind === 'failure' || bounce.kind === 'complaint') {
      const reason = bounce.kind === 'failure' ? 'bounced' : 'complaint';
      this.metrics.counter('conversations_send_failures_total').inc({ channel: 'email', reason });
    }
    return true;
  }

  /** By the address it came to, else by the ids of the mail that it returns. */
  private async find(tx: Tx, bounce: Bounce): Promise<{ messageId: string; attempt: number } | null> {
    const keys = this.settings.EMAIL_SIGNING_KEYS;
    const sends = bounce.recipients.flatMap((address) => readReturnPath(keys, address) ?? []);
    const own = bounce.rfcMessageIds.flatMap((id) => readOwnMessageId(keys, id) ?? []);
    const [found] = await tx.query<{ messageId: string; attempt: number }[]>(
      `SELECT s.message_id AS "messageId", s.attempt
       FROM send s
       LEFT JOIN unnest($1::text[], $2::int[]) AS path (message_id, attempt) USING (message_id, attempt)
       WHERE s.message_id = ANY($1 || $3::text[]) AND (path.message_id IS NOT NULL OR s.message_id = ANY($3))
       ORDER BY path.message_id IS NULL, s.attempt DESC LIMIT 1`,
      [sends.map(({ messageId }) => messageId), sends.map(({ attempt }) => attempt), own],
    );
    return found ?? null;
  }
}
