import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { type CaughtMail, CaughtMails } from './caught-mail';
import { answerWeb } from './mail-catcher-web';

export interface MailCatcherOptions {
  /** 0 or nothing: a port that is free. */
  smtpPort?: number | undefined;
  webPort?: number | undefined;
}

/** How the catcher answers instead of taking the mail; 4xx asks for another try. */
export interface Refusal {
  code: number;
  words: string;
}

/** For tests: what a server may do to a mail. `drop-after-taking` keeps it and closes the connection without an answer; `hang` keeps it and says nothing. */
export interface CatcherMood {
  onRecipient?: ((address: string) => Refusal | null) | undefined;
  onData?:
    | ((mail: {
        raw: Buffer;
        sender: string;
        recipients: string[];
      }) => Refusal | 'drop-after-taking' | 'drop' | 'hang' | null)
    | undefined;
}

/** A mail server that takes every mail and delivers none, with a page to look at them. */
export interface MailCatcher {
  readonly smtpPort: number;
  readonly webPort: number;
  /** `http://localhost:…` */
  readonly url: string;
  /** Newest first. */
  readonly mails: readonly CaughtMail[];
  mood: CatcherMood;
  clear(): void;
  /** Closes the SMTP port, as a server that is down; `open` comes back at the same port. */
  close(): Promise<void>;
  open(): Promise<void>;
  stop(): Promise<void>;
}

const MAX_BYTES = 50 * 1024 * 1024;

export async function startMailCatcher(options: MailCatcherOptions = {}): Promise<MailCatcher> {
  const mails = new CaughtMails();
  const state: { mood: CatcherMood } = { mood: {} };
  const drop = (sessionId: string) => {
    for (const { session, _socket: socket } of smtp.connections) if (session.id === sessionId) socket.destroy();
  };
  const listener = smtpOptions(mails, state, drop);
  let smtp = await listen(listener, options.smtpPort ?? 0);
  const smtpPort = (smtp.server.address() as AddressInfo).port;
  const web = createServer((request, response) => void answerWeb(mails, request, response));
  web.listen(options.webPort ?? 0, '127.0.0.1');
  await once(web, 'listening').catch(async (error: unknown) => {
    await closed(smtp);
    throw error;
  });
  const webPort = (web.address() as AddressInfo).port;

  return {
    smtpPort,
    webPort,
    url: `http://localhost:${webPort}`,
    get mails() {
      return mails.all;
    },
    get mood() {
      return state.mood;
    },
    set mood(mood) {
      state.mood = mood;
    },
    clear: () => mails.clear(),
    close: () => closed(smtp),
    async open() {
      smtp = await listen(listener, smtpPort);
    },
    async stop() {
      web.close();
      web.closeAllConnections();
      await closed(smtp);
    },
  };
}

/** `drop` ends one connection as a crash does. */
function smtpOptions(
  mails: CaughtMails,
  catcher: { mood: CatcherMood },
  drop: (sessionId: string) => void,
): SMTPServerOptions {
  return {
    name: 'catcher.localhost',
    banner: 'takes every mail, delivers none',
    size: MAX_BYTES,
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    allowInsecureAuth: true,
    onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'anybody' }),
    onRcptTo({ address }, _session, done) {
      const refusal = catcher.mood.onRecipient?.(address) ?? null;
      done(refusal && refused(refusal));
    },
    onData(stream, session, done) {
      const take = async () => {
        const raw = await buffer(stream);
        const { mailFrom, rcptTo } = session.envelope;
        const recipients = rcptTo.map(({ address }) => address);
        const mail = { sender: mailFrom === false ? '' : mailFrom.address, recipients, raw };
        const answer = catcher.mood.onData?.(mail) ?? null;
        if (answer === null || answer === 'drop-after-taking' || answer === 'hang') await mails.add(mail);
        return answer;
      };
      take().then(
        (answer) => {
          if (answer === 'drop' || answer === 'drop-after-taking') drop(session.id);
          else if (answer !== 'hang') done(answer && refused(answer));
        },
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      );
    },
  };
}

const refused = ({ code, words }: Refusal) => Object.assign(new Error(words), { responseCode: code });

async function listen(options: SMTPServerOptions, port: number): Promise<SMTPServer> {
  const server = new SMTPServer(options);
  // A client that goes away in the middle is its own business.
  server.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  return server;
}

const closed = (server: SMTPServer) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    for (const connection of server.connections) connection._socket.destroy();
  });
