import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { accountOf, needProgram } from './debian-packages';
import { eventually } from './eventually';
import { freePort, portIsFree } from './free-port';
import { keepFolder, lastLines, removeFolderWithParent, spawnGuarded } from './guarded-process';

/** A Postfix of the test's own that hands all mail on to one server, and keeps what that one does not take yet. */
export interface MailRelay {
  readonly port: number;
  /** Mails that it still holds. */
  held(): Promise<number>;
  stop(): Promise<void>;
}

const POSTFIX = '/usr/sbin/postfix';
const SERVICES = [
  'cleanup unix n - n - 0 cleanup',
  'qmgr unix n - n 1 1 qmgr',
  'rewrite unix - - n - - trivial-rewrite',
  'bounce unix - - n - 0 bounce',
  'defer unix - - n - 0 bounce',
  'trace unix - - n - 0 bounce',
  'verify unix - - n - 1 verify',
  'proxymap unix - - n - - proxymap',
  'smtp unix - - n - - smtp',
  'relay unix - - n - - smtp',
  'error unix - - n - - error',
  'retry unix - - n - - error',
  'anvil unix - - n - 1 anvil',
  'scache unix - - n - 1 scache',
  'showq unix n - n - - showq',
  'postlog unix-dgram n - n - 1 postlogd',
  'pickup unix n - n 60 1 pickup',
];

/** As root; Postfix is installed when it is missing. `next`: port on this machine that all mail goes to. */
export async function startMailRelay({ next }: { next: number }): Promise<MailRelay> {
  await needProgram(POSTFIX, ['postfix']);
  const folder = mkdtempSync(join(tmpdir(), 'conversations-postfix-'));
  removeFolderWithParent(folder);
  chmodSync(folder, 0o755);
  const { uid } = await accountOf('postfix');
  const port = await freePort();
  const [config, spool, data] = ['etc', 'spool', 'data'].map((name) => join(folder, name)) as [string, string, string];
  for (const made of [config, spool, data]) mkdirSync(made);
  chownSync(data, uid, -1);
  const logFile = join(folder, 'log');
  writeFileSync(
    join(config, 'main.cf'),
    `compatibility_level = 3.6
queue_directory = ${spool}
data_directory = ${data}
maillog_file = ${logFile}
maillog_file_prefixes = ${tmpdir()}
myhostname = relay.example
mydestination =
local_recipient_maps =
alias_maps =
alias_database =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
relayhost = [127.0.0.1]:${next}
smtp_host_lookup = native
smtp_tls_security_level = none
smtpd_relay_restrictions = permit_mynetworks, reject
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 2s
transport_retry_time = 1s
default_destination_concurrency_failed_cohort_limit = 0
message_size_limit = 60000000
`,
  );
  writeFileSync(join(config, 'master.cf'), [`127.0.0.1:${port} inet n - n - - smtpd`, ...SERVICES, ''].join('\n'));
  const child = spawnGuarded(POSTFIX, ['-c', config, 'start-fg'], { logFile: join(folder, 'output') });
  const stop = async () => {
    await promisify(execFile)(POSTFIX, ['-c', config, 'abort']).catch(() => undefined);
    await child.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
    await keepFolder(folder);
  };
  try {
    await eventually(
      async () => {
        const said = () => [logFile, join(folder, 'output')].map((file) => lastLines(file)).join('\n');
        if (!child.isAlive) throw new Error(`Postfix ended while starting:\n${said()}`);
        if (await portIsFree(port)) throw new Error(`Postfix does not listen yet:\n${said()}`);
      },
      { timeoutMs: 20_000 },
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    port,
    async held() {
      const { stdout } = await promisify(execFile)('/usr/sbin/postqueue', ['-c', config, '-j']);
      return stdout.split('\n').filter((line) => line !== '').length;
    },
    stop,
  };
}
