import type { BlobStore } from '@conversations/blob-store';
import { newBlobKey } from '@conversations/blob-store';
import { Bell } from '@conversations/persistence';
import { type Logger, Metrics } from '@conversations/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import { BLOBS, type EmailSettings, LOG, SETTINGS } from '../config';
import { buildMail, MailRefused } from './build-mail';
import type { Send } from './send.entity';
import { SendLedger } from './send-ledger';
import { returnPathOf, senderOf, serverOf } from './sender';
import { SmtpLine } from './smtp-line';
import type { Outcome } from './smtp-outcome';

/** Sends that another replica accepted, or that wait for their next try, are seen after so long. */
const LOOK_MS = 1_000;
const DATABASE_AWAY_MS = 500;
const COUNT_MS = 15_000;

/** Works off the send ledger: one mail at a time on each of its connections. */
@Injectable()
export class SendMails {
  private readonly free: SmtpLine[];
  private readonly lines: readonly SmtpLine[];
  private readonly bell = new Bell();
  private readonly working = new Set<Promise<void>>();
  private running: Promise<void> | undefined;
  private counting: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly ledger: SendLedger,
    private readonly metrics: Metrics,
    @Inject(SETTINGS) private readonly settings: EmailSettings,
    @Inject(BLOBS) private readonly blobs: BlobStore,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.lines = Array.from({ length: settings.EMAIL_OUT_CONNECTIONS }, () => new SmtpLine(serverOf(settings)));
    this.free = [...this.lines];
  }

  start(): void {
    this.running ??= this.run();
    this.counting = setInterval(() => void this.count(), COUNT_MS).unref();
  }

  /** Takes nothing more, and ends when what is on its way has been answered. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.counting);
    this.bell.ring();
    await this.running;
    await Promise.all(this.working);
    for (const line of this.lines) line.close();
  }

  /** Something may be due. */
  wake(): void {
    this.bell.ring();
  }

  private async run(): Promise<void> {
    while (!this.isStopped()) {
      const line = this.free.pop();
      const send = line && (await this.claim());
      if (line && send !== null && send !== undefined && send !== 'later') {
        const work = this.deliver(line, send).finally(() => {
          this.free.push(line);
          this.working.delete(work);
          this.bell.ring();
        });
        this.working.add(work);
        continue;
      }
      if (line) this.free.push(line);
      if (send !== 'later') await this.bell.wait(LOOK_MS);
    }
  }

  private async claim(): Promise<Send | 'later' | null> {
    try {
      return await this.ledger.claim();
    } catch (error) {
      this.log.warn({ err: error }, 'send.ledger-not-reachable');
      return null;
    }
  }

  /** Never rejects. */
  private async deliver(line: SmtpLine, send: Send): Promise<void> {
    await this.ledger.holding(send, async () => {
      try {
        const rawKey = send.rawKey ?? (await this.ledger.earlierRaw(send)) ?? (await this.build(send));
        const raw = await this.blobs.get(rawKey);
        if (!(await this.ledger.begin(send, rawKey))) return void raw.destroy();
        send.tries += 1;
        const from = returnPathOf(this.settings, send);
        await this.settle(send, await line.send({ from, to: send.recipients }, raw));
      } catch (error) {
        if (error instanceof MailRefused) await this.giveUp(send, error);
        else await this.putOff(send, error);
      }
    });
  }

  private async build(send: Send): Promise<string> {
    const key = newBlobKey();
    await buildMail(this.blobs, key, send.command, senderOf(this.settings), this.settings.EMAIL_OUT_MAX_BYTES);
    return key;
  }

  /** What the server said is noted whatever it takes: until then the mail counts as one that may have been sent. */
  private async settle(send: Send, outcome: Outcome): Promise<void> {
    this.note(send, outcome);
    for (;;) {
      try {
        return await this.ledger.settle(send, (row, policy) => row.settle(outcome, policy, new Date()));
      } catch (error) {
        this.log.warn({ err: error, messageId: send.messageId }, 'send.not-noted');
        if (this.isStopped()) return;
        await delay(DATABASE_AWAY_MS);
      }
    }
  }

  private giveUp(send: Send, { code, message }: MailRefused): Promise<void> {
    this.log.warn({ messageId: send.messageId, code }, 'send.not-possible');
    this.failed(code);
    return this.ledger.settle(send, (row) => row.fail(code, message, new Date()));
  }

  /** Nothing has gone out: the same again later. */
  private async putOff(send: Send, error: unknown): Promise<void> {
    this.log.warn({ err: error, messageId: send.messageId }, 'send.put-off');
    const words = 'The mail could not be put together yet.';
    await this.ledger
      .settle(send, (row, policy) => row.settle({ kind: 'deferred', cause: 'connection', words }, policy, new Date()))
      // The lease ends by itself.
      .catch((failed: unknown) => this.log.warn({ err: failed, messageId: send.messageId }, 'send.not-noted'));
  }

  private note(send: Send, outcome: Outcome): void {
    const { messageId, attempt, tries } = send;
    if (outcome.kind === 'taken') return this.log.info({ messageId, attempt, tries }, 'send.taken');
    const words = outcome.words;
    this.log.warn({ messageId, attempt, tries, kind: outcome.kind, words }, 'send.not-taken');
    this.failed(outcome.kind === 'deferred' ? outcome.cause : outcome.kind);
  }

  private async count(): Promise<void> {
    try {
      const { waiting, oldestSeconds } = await this.ledger.backlog();
      this.metrics.gauge('conversations_sends_waiting').set({ channel: 'email' }, waiting);
      this.metrics.gauge('conversations_sends_oldest_seconds').set({ channel: 'email' }, oldestSeconds);
    } catch (error) {
      this.log.warn({ err: error }, 'send.not-counted');
    }
  }

  private failed(reason: string): void {
    this.metrics.counter('conversations_send_failures_total').inc({ channel: 'email', reason });
  }

  /** Asked after each wait, since `stop` may have come meanwhile. */
  private isStopped(): boolean {
    return this.stopped;
  }
}
