import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '@conversations/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type EmailSettings, LOG, SETTINGS } from '../config';
import { MailBell } from './mail-bell';
import { putBack, type RawMail, takeMails } from './raw-mail';
import { ReceiveMail } from './receive-mail';

/** Behind the bell, for mails that another replica left behind. */
const LOOK_MS = 2_000;
/** A mail lets those pass that came after it only when it takes this long. */
const PATIENCE_MS = 500;
const LONGEST_PAUSE_SECONDS = 60;

/** Works on accepted mails, oldest first, a few at once. What a killed process left is taken up again from the table. */
@Injectable()
export class WorkMails {
  private readonly working = new Set<Promise<void>>();
  private stopping = false;
  private loop: Promise<void> = Promise.resolve();
  private before: Promise<void> = Promise.resolve();

  constructor(
    private readonly dataSource: DataSource,
    private readonly bell: MailBell,
    private readonly receiving: ReceiveMail,
    @Inject(SETTINGS) private readonly settings: EmailSettings,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  start(): void {
    this.loop = this.run();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.bell.ring();
    await this.loop;
    await Promise.all(this.working);
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      const room = this.settings.EMAIL_PARSE_THREADS * 2 - this.working.size;
      const taken = room > 0 ? await this.take(room) : [];
      for (const mail of taken) this.begin(mail);
      // Rung by what comes in as well as by what ends: nothing that takes long keeps a new mail waiting.
      if (room <= 0 || taken.length < room) await this.bell.wait(LOOK_MS);
    }
  }

  private async take(room: number): Promise<RawMail[]> {
    try {
      return await takeMails(this.dataSource, room);
    } catch (error) {
      this.log.warn({ err: error }, 'mail.not-taken');
      await pause(1_000);
      return [];
    }
  }

  private begin(mail: RawMail): void {
    const { before } = this;
    // In the order in which they came, as far as that costs nobody much time.
    const turn = () => Promise.race([before, pause(PATIENCE_MS, undefined, { ref: false })]);
    const work = this.work(mail, turn);
    this.before = work;
    this.working.add(work);
    void work.finally(() => {
      this.working.delete(work);
      this.bell.ring();
    });
  }

  private async work(mail: RawMail, turn: () => Promise<void>): Promise<void> {
    try {
      await this.receiving.run(mail, turn);
    } catch (error) {
      this.log.warn({ rawId: mail.id, attempts: mail.attempts, err: error }, 'mail.not-received');
      const seconds = Math.min(2 ** (mail.attempts - 1), LONGEST_PAUSE_SECONDS);
      await putBack(this.dataSource, mail.id, seconds).catch((failure: unknown) =>
        // Then its minute runs out, and somebody takes it again.
        this.log.warn({ rawId: mail.id, err: failure }, 'mail.not-put-back'),
      );
    }
  }
}
