import { type Logger, Metrics } from '@conversations/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type EmailSettings, LOG, SETTINGS } from '../config';
import { AcceptMail } from './accept-mail';
import { ImapMailbox } from './imap-mailbox';

const MEASURE_MS = 5_000;

/** All IMAP mailboxes of the installation. */
@Injectable()
export class Mailboxes {
  private readonly boxes: ImapMailbox[];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    dataSource: DataSource,
    accepting: AcceptMail,
    private readonly metrics: Metrics,
    @Inject(SETTINGS) settings: EmailSettings,
    @Inject(LOG) log: Logger,
  ) {
    const pollMs = settings.EMAIL_IMAP_POLL_SECONDS * 1_000;
    this.boxes = settings.EMAIL_MAILBOXES.map(
      (mailbox) => new ImapMailbox({ mailbox, dataSource, accepting, log, pollMs }),
    );
  }

  start(): void {
    for (const box of this.boxes) box.start();
    const measure = () =>
      this.metrics.gauge('conversations_mailboxes_held').set(this.boxes.filter(({ isHeld }) => isHeld).length);
    measure();
    this.timer = setInterval(measure, MEASURE_MS);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.boxes.map((box) => box.stop()));
  }
}
