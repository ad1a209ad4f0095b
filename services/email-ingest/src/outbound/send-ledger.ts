import { type DataOf, EmailDeliveryChanged } from '@conversations/contracts';
import { Database, emit, type Tx } from '@conversations/persistence';
import { Metrics } from '@conversations/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { type EmailSettings, SETTINGS } from '../config';
import { takePlace } from './domain-pace';
import { Send, type SendPolicy } from './send.entity';
import { policyOf } from './sender';

type Report = DataOf<typeof EmailDeliveryChanged>;

/**
 * The oldest send that is due and not in another replica's hands; mails of one conversation go out one after the other.
 * Only a conversation's oldest one may be taken: while one replica takes that, the row is locked and its lease not yet
 * to be seen, and another replica, which skips locked rows, would come upon the next mail.
 */
const DUE = `
  SELECT message_id AS "messageId", attempt FROM send s
  WHERE state IN ('WAITING', 'SENDING') AND due_at <= clock_timestamp()
    AND NOT EXISTS (
      SELECT 1 FROM send o
      WHERE o.conversation_id = s.conversation_id AND o.state IN ('WAITING', 'SENDING')
        AND CASE
          WHEN o.due_at > clock_timestamp() THEN o.lease IS NOT NULL
          ELSE (o.due_at, o.seq) < (s.due_at, s.seq)
        END
    )
  ORDER BY due_at, seq LIMIT 1 FOR UPDATE SKIP LOCKED`;

/** The rows of `send`, and who works on which. */
@Injectable()
export class SendLedger {
  private readonly policy: SendPolicy;
  private readonly leaseMs: number;

  constructor(
    private readonly database: Database,
    private readonly metrics: Metrics,
    @Inject(SETTINGS) private readonly settings: EmailSettings,
  ) {
    this.policy = policyOf(settings);
    this.leaseMs = settings.EMAIL_OUT_LEASE_SECONDS * 1_000;
  }

  /** The next send, in this replica's hands for the length of a lease; null when none is due, `later` when one was put off. */
  claim(): Promise<Send | 'later' | null> {
    return this.database.transaction(async (tx) => {
      const [due] = await tx.query<{ messageId: string; attempt: number }[]>(DUE);
      if (!due) return null;
      const send = await tx.findOneByOrFail(Send, due);
      // Its replica died, or lost the database, while the mail was on its way.
      if (send.state === 'SENDING') {
        await this.store(
          tx,
          send,
          send.lost('The sending process ended before the server answered.', this.policy, new Date()),
        );
        return 'later';
      }
      const freeAt = await takePlace(tx, send.domain, this.settings.EMAIL_OUT_PER_DOMAIN);
      if (freeAt) {
        await tx.update(Send, due, { dueAt: freeAt });
        return 'later';
      }
      send.lease = randomUUID();
      send.dueAt = new Date(Date.now() + this.leaseMs);
      await tx.update(Send, due, { lease: send.lease, dueAt: send.dueAt });
      return send;
    });
  }

  /** From now on its fate is unknown until it is settled. False: another replica has it by now. */
  async begin(send: Send, rawKey: string): Promise<boolean> {
    const tries = send.tries + 1;
    const { affected } = await this.database.dataSource.manager.update(Send, held(send), {
      state: 'SENDING',
      rawKey,
      tries,
      dueAt: new Date(Date.now() + this.leaseMs),
    });
    return affected === 1;
  }

  /** Keeps the send in this replica's hands while `work` runs. */
  async holding<T>(send: Send, work: () => Promise<T>): Promise<T> {
    const renew = setInterval(() => {
      this.database.dataSource.manager
        .update(Send, held(send), { dueAt: new Date(Date.now() + this.leaseMs) })
        // The next one tries again; when all fail the lease ends, as it has to.
        .catch(() => undefined);
    }, this.leaseMs / 3);
    try {
      return await work();
    } finally {
      clearInterval(renew);
    }
  }

  /** Notes what became of a send; nothing when another replica has taken it over meanwhile. */
  async settle(held: Send, change: (send: Send, policy: SendPolicy) => Report | null): Promise<void> {
    await this.database.transaction(async (tx) => {
      const send = await tx.findOne(Send, {
        where: { messageId: held.messageId, attempt: held.attempt },
        lock: { mode: 'pessimistic_write' },
      });
      if (send && send.lease === held.lease) await this.store(tx, send, change(send, this.policy));
    });
  }

  /** The stored mail of an earlier attempt with the same content. */
  async earlierRaw({ messageId, contentHash }: Send): Promise<string | null> {
    const earlier = await this.database.dataSource.manager
      .createQueryBuilder(Send, 's')
      .where('s.messageId = :messageId AND s.contentHash = :contentHash AND s.rawKey IS NOT NULL', {
        messageId,
        contentHash,
      })
      .orderBy('s.attempt', 'DESC')
      .getOne();
    return earlier?.rawKey ?? null;
  }

  /** What waits, over all replicas. */
  async backlog(): Promise<{ waiting: number; oldestSeconds: number }> {
    const [row] = await this.database.dataSource.query<{ waiting: number; oldestSeconds: number }[]>(
      `SELECT count(*)::int AS waiting,
         coalesce(extract(epoch FROM clock_timestamp() - min(accepted_at)), 0)::float AS "oldestSeconds"
       FROM send WHERE state IN ('WAITING', 'SENDING')`,
    );
    return row ?? { waiting: 0, oldestSeconds: 0 };
  }

  /** Writes a changed row, and tells of it. */
  async store(tx: Tx, send: Send, report: Report | null): Promise<void> {
    const { messageId, attempt, state, recipients, refused, ambiguous, lease, dueAt, bouncedAt, failureCode } = send;
    const { detail, doneAt } = send;
    const changed = { state, recipients, refused, ambiguous, lease, dueAt, bouncedAt, failureCode, detail, doneAt };
    await tx.update(Send, { messageId, attempt }, changed);
    if (!report) return;
    await emit(tx, EmailDeliveryChanged, send.conversationId, report);
    const outcome = { SENT: 'sent', FAILED: 'failed', UNKNOWN: 'unknown', DELIVERED: 'delivered', SEEN: 'seen' }[
      report.state
    ];
    this.metrics.counter('conversations_messages_total').inc({ channel: 'email', direction: 'out', outcome });
  }
}

const held = ({ messageId, attempt, lease }: Send) => ({ messageId, attempt, lease: lease ?? '' });
