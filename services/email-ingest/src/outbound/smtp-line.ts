import { createTransport } from 'nodemailer';
import type SMTPPool from 'nodemailer/lib/smtp-pool';
import type { Readable } from 'node:stream';
import { type Outcome, outcomeOfFailure, refusalOf, type SmtpFailure } from './smtp-outcome';

export interface SmtpServer {
  host: string;
  port: number;
  /** TLS from the first byte. */
  secure: boolean;
  /** No mail without STARTTLS. */
  requireTls: boolean;
  verifyTls: boolean;
  user: string | undefined;
  password: string | undefined;
  /** How we say hello; the inbox's domain. */
  helo: string;
}

/** A whole mail has so long to be taken, however slowly the other side reads. */
const SEND_LIMIT_MS = 10 * 60_000;

/**
 * One connection to the outgoing server, kept open between mails, with one mail on it at a time. nodemailer's errors do not tell whether
 * the final dot was sent, its log does, and with one mail at a time the log line is about that mail.
 */
export class SmtpLine {
  private readonly transport: ReturnType<typeof createTransport<SMTPPool.SentMessageInfo, SMTPPool.Options>>;
  private wholeMailSent = false;

  constructor(server: SmtpServer) {
    const note = (entry: { tnx?: string } | string) => {
      if (typeof entry !== 'string' && entry.tnx === 'message') this.wholeMailSent = true;
    };
    const silent = () => undefined;
    this.transport = createTransport({
      pool: true,
      maxConnections: 1,
      // A mail that lost its connection goes back to the ledger.
      maxRequeues: 0,
      host: server.host,
      port: server.port,
      secure: server.secure,
      requireTLS: server.requireTls,
      tls: { rejectUnauthorized: server.verifyTls },
      ...(server.user === undefined ? {} : { auth: { user: server.user, pass: server.password ?? '' } }),
      name: server.helo,
      connectionTimeout: 15_000,
      greetingTimeout: 30_000,
      // RFC 5321 4.5.3.2.6 lets a server think for ten minutes after the final dot.
      socketTimeout: SEND_LIMIT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
      logger: { trace: silent, debug: silent, info: note, warn: silent, error: silent, fatal: silent },
    });
  }

  /** Never rejects. `raw` goes out as it is. */
  async send(envelope: { from: string; to: string[] }, raw: Readable): Promise<Outcome> {
    this.wholeMailSent = false;
    try {
      const {
        accepted,
        rejectedErrors = [],
        response,
      } = await this.transport.sendMail({
        envelope,
        raw,
        signal: AbortSignal.timeout(SEND_LIMIT_MS),
      });
      const refused = rejectedErrors.map((error) => refusalOf(String(error.recipient), error as SmtpFailure));
      return { kind: 'taken', accepted, refused, response };
    } catch (error) {
      raw.destroy();
      return outcomeOfFailure(error as SmtpFailure, this.wholeMailSent);
    }
  }

  close(): void {
    this.transport.close({ force: true });
  }
}
