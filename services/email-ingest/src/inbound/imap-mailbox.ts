import { setTimeout as pause } from 'node:timers/promises';
import { Bell } from '@conversations/persistence';
import { type Logger, newUuid } from '@conversations/runtime';
import { ImapFlow } from 'imapflow';
import type { DataSource } from 'typeorm';
import type { AcceptMail } from './accept-mail';
import { loginOf } from './imap-login';
import type { Mailbox } from './inbound-settings';
import { leaseMailbox, noteProblem, releaseMailbox, RENEW_MS } from './mailbox-cursor';
import { readMailbox } from './read-mailbox';

interface Surroundings {
  mailbox: Mailbox;
  dataSource: DataSource;
  accepting: AcceptMail;
  log: Logger;
  pollMs: number;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;

/** One mailbox: read by one replica at a time, new mail within a moment of its arrival, whatever happens to the connection. */
export class ImapMailbox {
  /** Identifies this process for the lease. */
  private readonly owner = newUuid();
  private readonly news = new Bell();
  private stopping = false;
  private held = false;
  private client: ImapFlow | null = null;
  private loop: Promise<void> = Promise.resolve();

  constructor(private readonly surroundings: Surroundings) {}

  get isHeld(): boolean {
    return this.held;
  }

  start(): void {
    this.loop = this.run();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.news.ring();
    this.client?.close();
    await this.loop;
  }

  private async run(): Promise<void> {
    const { mailbox, dataSource, log } = this.surroundings;
    for (let failures = 0; !this.stopping;) {
      try {
        this.held = await leaseMailbox(dataSource, mailbox.id, this.owner);
        if (this.held) await this.follow(() => (failures = 0));
        else await this.news.wait(RENEW_MS);
      } catch (error) {
        if (this.stopping) break;
        failures += 1;
        const reason = reasonOf(error, mailbox);
        log.warn({ mailbox: mailbox.id, reason, failures }, 'mailbox.failed');
        await noteProblem(dataSource, mailbox.id, reason).catch(() => undefined);
        await this.news.wait(Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS));
      }
    }
    await releaseMailbox(dataSource, mailbox.id, this.owner).catch(() => undefined);
    this.held = false;
  }

  /** One connection, until it breaks, the lease is lost or the service stops. */
  private async follow(isWell: () => void): Promise<void> {
    const { mailbox, dataSource, accepting, log, pollMs } = this.surroundings;
    const client = await this.connect();
    const renewal = new AbortController();
    const lost = this.keepLease(renewal.signal);
    const end: { failure: Error | null } = { failure: null };
    void lost.then((reason) => {
      end.failure ??= reason;
      client.close();
    });
    try {
      for (;;) {
        const reading = { client, mailbox, owner: this.owner, dataSource, accepting, log };
        const taken = await readMailbox({ ...reading, isStopping: () => this.stopping });
        if (taken > 0) log.debug({ mailbox: mailbox.id, taken }, 'mailbox.read');
        await noteProblem(dataSource, mailbox.id, null);
        isWell();
        if (this.stopping || end.failure) break;
        // Resolves with the next command; no event comes while a lock of the mailbox is held, so there is none.
        void client.idle().catch(() => undefined);
        await this.news.wait(pollMs);
        if (this.stopping || end.failure) break;
        if (!client.usable) throw new Error('the connection ended');
        await client.noop();
      }
    } finally {
      renewal.abort();
      client.close();
      this.client = null;
    }
    if (end.failure) throw end.failure;
  }

  private async connect(): Promise<ImapFlow> {
    const { mailbox } = this.surroundings;
    const client = new ImapFlow({
      host: mailbox.host,
      port: mailbox.port,
      secure: mailbox.tls === 'implicit',
      doSTARTTLS: mailbox.tls === 'starttls',
      auth: await loginOf(mailbox),
      logger: false,
      connectionTimeout: 15_000,
      socketTimeout: 5 * 60_000,
      disableAutoIdle: true,
    });
    client.on('error', () => this.news.ring());
    client.on('close', () => this.news.ring());
    client.on('exists', () => this.news.ring());
    this.client = client;
    await client.connect();
    // Flags and "seen" are other people's.
    await client.mailboxOpen(mailbox.folder, { readOnly: true });
    return client;
  }

  /** Resolves with the reason when the lease is lost. */
  private async keepLease(signal: AbortSignal): Promise<Error | null> {
    const { mailbox, dataSource } = this.surroundings;
    while (!signal.aborted) {
      await pause(RENEW_MS, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) break;
      try {
        if (!(await leaseMailbox(dataSource, mailbox.id, this.owner)))
          return new Error('another replica took the mailbox');
      } catch (error) {
        return new Error('the database is away', { cause: error });
      }
    }
    return null;
  }
}

function reasonOf(error: unknown, { password }: Mailbox): string {
  if (!(error instanceof Error)) return String(error);
  const { authenticationFailed, responseText } = error as Error & {
    authenticationFailed?: boolean;
    responseText?: string;
  };
  if (authenticationFailed === true)
    return `the server refused the ${password === undefined ? 'access token' : 'user name or password'}`;
  return responseText ?? error.message;
}
