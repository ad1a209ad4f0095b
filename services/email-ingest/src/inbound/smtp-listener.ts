import type { AddressInfo } from 'node:net';
import type { Logger } from '@conversations/runtime';
import { BlobTooLarge } from '@conversations/blob-store';
import { Inject, Injectable } from '@nestjs/common';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { type EmailSettings, LOG, SETTINGS } from '../config';
import { AcceptMail } from './accept-mail';
import { isOwnAddress } from './own-addresses';

const MAX_RECIPIENTS = 50;
const SOCKET_MS = 60_000;
/** A stopping listener lets what is under way finish for so long. */
const CLOSE_MS = 8_000;

/** An answer that the other server reads: its code says whether it keeps the mail. */
const answer = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode });

/** Takes mail from the mail server in front of it, for the inbox's addresses and the bounce address only. */
@Injectable()
export class SmtpListener {
  private server: SMTPServer | null = null;

  constructor(
    private readonly accepting: AcceptMail,
    @Inject(SETTINGS) private readonly settings: EmailSettings,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  async start(): Promise<void> {
    const { settings } = this;
    if (!settings.EMAIL_SMTP) return;
    const tls =
      settings.EMAIL_SMTP_TLS_CERT !== undefined && settings.EMAIL_SMTP_TLS_KEY !== undefined
        ? { cert: settings.EMAIL_SMTP_TLS_CERT, key: settings.EMAIL_SMTP_TLS_KEY }
        : null;
    const server = new SMTPServer({
      banner: 'Conversations',
      disabledCommands: tls ? ['AUTH'] : ['AUTH', 'STARTTLS'],
      ...tls,
      authOptional: true,
      disableReverseLookup: true,
      size: settings.EMAIL_MAX_BYTES,
      maxClients: settings.EMAIL_SMTP_MAX_CLIENTS,
      maxRecipients: MAX_RECIPIENTS,
      socketTimeout: SOCKET_MS,
      closeTimeout: CLOSE_MS,
      logger: false,
      onConnect: ({ remoteAddress }, done) =>
        done(this.mayConnect(remoteAddress) ? null : answer(554, '5.7.1 Not for you')),
      onRcptTo: ({ address }, session, done) => done(this.refusalOf(address, session)),
      onData: (stream, session, done) => {
        this.take(stream, session).then(
          (id) => done(null, `2.0.0 Stored as ${id.slice(0, 16)}`),
          (error: unknown) => done(this.refusalFor(error)),
        );
      },
    });
    server.on('error', (error: Error) => this.log.debug({ err: error }, 'smtp.connection-failed'));
    await new Promise<void>((resolve, reject) => {
      server.server.once('error', reject);
      server.listen(settings.EMAIL_SMTP_PORT, settings.EMAIL_SMTP_HOST, () => resolve());
    });
    this.server = server;
    this.log.info({ port: (server.server.address() as AddressInfo).port }, 'smtp.listening');
  }

  get isListening(): boolean {
    return this.server?.server.listening ?? false;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => (this.server ? this.server.close(() => resolve()) : resolve()));
  }

  private mayConnect(remoteAddress: string): boolean {
    const address = remoteAddress.replace(/^::ffff:/i, '');
    return this.settings.EMAIL_SMTP_CLIENTS.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
  }

  private refusalOf(address: string, { envelope }: SMTPServerSession): Error | null {
    if (!isOwnAddress(this.settings, address)) return answer(550, '5.1.1 No such mailbox here');
    return envelope.rcptTo.length < MAX_RECIPIENTS ? null : answer(452, '4.5.3 Too many recipients');
  }

  private async take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<string> {
    const { mailFrom, rcptTo } = session.envelope;
    const { id } = await this.accepting.run({
      source: 'smtp',
      envelope: {
        from: mailFrom === false ? '' : mailFrom.address,
        to: rcptTo.map(({ address }) => address),
        remoteAddress: session.remoteAddress,
        helo: session.hostNameAppearsAs || null,
      },
      content: stream,
      maxBytes: this.settings.EMAIL_MAX_BYTES,
    });
    return id;
  }

  private refusalFor(error: unknown): Error {
    if (error instanceof BlobTooLarge) return answer(552, '5.3.4 The mail is too large');
    this.log.error({ err: error }, 'mail.not-stored');
    return answer(451, '4.3.0 Cannot store mail now, try again later');
  }
}
