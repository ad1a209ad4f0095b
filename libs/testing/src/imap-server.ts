import { execFile } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { accountOf, needProgram } from './debian-packages';
import { eventually } from './eventually';
import { freePort, portIsFree } from './free-port';
import { type GuardedProcess, keepFolder, lastLines, removeFolderWithParent, spawnGuarded } from './guarded-process';

/** A Dovecot of the test's own, with one mailbox for each user who signs in. */
export interface ImapServer {
  readonly host: string;
  readonly port: number;
  readonly password: string;
  /** Lays a mail into a user's INBOX, as a delivery does; `at` is its INTERNALDATE. */
  deliver(user: string, raw: string, at?: Date): void;
  /** Ends the connections of a user. */
  kick(user: string): Promise<void>;
  /** Numbers all mails of a user anew, the newest first: another UIDVALIDITY. */
  renumber(user: string): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const DOVECOT = '/usr/sbin/dovecot';

export interface ImapServerOptions {
  /** Instead of the password: access tokens, by this mechanism; `tokenInfoUrl` with a token behind it answers whose it is (`{"user"}`). */
  oauth?: { mechanism: 'oauthbearer' | 'xoauth2'; tokenInfoUrl: string };
}

/** As root; Dovecot is installed when it is missing. */
export async function startImapServer({ oauth }: ImapServerOptions = {}): Promise<ImapServer> {
  await needProgram(DOVECOT, ['dovecot-imapd']);
  const folder = mkdtempSync(join(tmpdir(), 'conversations-dovecot-'));
  removeFolderWithParent(folder);
  // Its processes run as other accounts.
  chmodSync(folder, 0o755);
  const account = await accountOf('mail');
  const [port, password] = [await freePort(), randomBytes(12).toString('hex')];
  const config = join(folder, 'dovecot.conf');
  const logFile = join(folder, 'log');
  writeFileSync(
    config,
    `base_dir = ${folder}/run
log_path = ${logFile}
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
mail_location = maildir:${folder}/mail/%u
mail_max_userip_connections = 100
maildir_very_dirty_syncs = yes
${oauth ? tokenSection(oauth.mechanism, folder) : passwordSection(password)}
userdb {
  driver = static
  args = uid=${account.uid} gid=${account.gid} home=${folder}/home/%u
}
service imap-login {
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
`,
  );
  if (oauth) writeFileSync(join(folder, OAUTH_FILE), oauthFile(oauth.tokenInfoUrl));
  for (const made of ['mail', 'home']) {
    mkdirSync(join(folder, made));
    chownSync(join(folder, made), account.uid, account.gid);
  }
  let child: GuardedProcess | undefined;
  const launch = async () => {
    child = spawnGuarded(DOVECOT, ['-F', '-c', config], { logFile });
    const started = child;
    await eventually(async () => {
      if (!started.isAlive) throw new Error(`Dovecot ended while starting:\n${lastLines(logFile)}`);
      if (await portIsFree(port)) throw new Error('Dovecot does not listen yet');
    });
  };
  const end = async () => {
    await child?.end('SIGTERM');
  };
  const inbox = (user: string) => {
    const maildir = join(folder, 'mail', user);
    for (const made of [maildir, ...['cur', 'new', 'tmp'].map((name) => join(maildir, name))]) {
      if (existsSync(made)) continue;
      mkdirSync(made);
      chownSync(made, account.uid, account.gid);
    }
    return maildir;
  };
  let delivered = 0;
  const kick = async (user: string) => {
    await promisify(execFile)('/usr/bin/doveadm', ['-c', config, 'kick', user]);
  };
  try {
    await launch();
  } catch (error) {
    await end();
    rmSync(folder, { recursive: true, force: true });
    await keepFolder(folder);
    throw error;
  }
  return {
    host: '127.0.0.1',
    port,
    password,
    deliver(user, raw, at) {
      const maildir = inbox(user);
      const moment = `${Math.floor(Date.now() / 1_000)}.M${(delivered += 1).toString().padStart(8, '0')}.test`;
      // With its size in its name, as Dovecot's own deliveries have it: otherwise each file is read to learn it.
      const name = `${moment},S=${Buffer.byteLength(raw)},W=${Buffer.byteLength(raw.replace(/\r?\n/g, '\r\n'))}`;
      writeFileSync(join(maildir, 'tmp', name), raw);
      chownSync(join(maildir, 'tmp', name), account.uid, account.gid);
      if (at) utimesSync(join(maildir, 'tmp', name), at, at);
      renameSync(join(maildir, 'tmp', name), join(maildir, 'new', name));
    },
    kick,
    async renumber(user) {
      await end();
      const maildir = inbox(user);
      for (const file of readdirSync(maildir)) if (file.startsWith('dovecot')) rmSync(join(maildir, file));
      for (const part of ['cur', 'new']) reverseNames(join(maildir, part));
      await launch();
    },
    async restart() {
      await end();
      await launch();
    },
    async stop() {
      await end();
      rmSync(folder, { recursive: true, force: true });
      await keepFolder(folder);
    },
  };
}

/** The number that a mailbox without a list of its own gives a mail follows the time in its name. */
function reverseNames(folder: string): void {
  for (const [index, name] of readdirSync(folder).sort().entries())
    renameSync(join(folder, name), join(folder, `${4_000_000_000 - index}.M1.test${name.slice(name.indexOf(','))}`));
}

const passwordSection = (password: string) => `passdb {
  driver = static
  args = password=${password}
}`;

const OAUTH_FILE = 'oauth2.conf';

const tokenSection = (mechanism: string, folder: string) => `auth_mechanisms = ${mechanism}
auth_failure_delay = 0
passdb {
  driver = oauth2
  mechanisms = ${mechanism}
  args = ${join(folder, OAUTH_FILE)}
}`;

const oauthFile = (tokenInfoUrl: string) => `tokeninfo_url = ${tokenInfoUrl}
username_attribute = user
`;
