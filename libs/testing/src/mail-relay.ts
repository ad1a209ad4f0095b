import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { needProgram } from './debian-packages';
import { eventually } from './eventually';
import { freePort } from './free-port';
import { type GuardedProcess, keepFolder, lastLines, removeFolderWithParent, spawnGuarded } from './guarded-process';
import { selfSigned } from './self-signed';

const run = promisify(execFile);

const POSTFIX = '/usr/sbin/postfix';
/** Its starter would stand between us and the process that is to be killed. */
const MASTER = '/usr/lib/postfix/sbin/master';

export interface MailRelayOptions {
  /** Port on 127.0.0.1 to which everything goes on. */
  next: number;
  /** True: offers STARTTLS, with a certificate that it signed itself. */
  tls?: boolean;
}

/** A Postfix of the test's own that takes mail for every address and hands it on; what is refused for now it tries every second. */
export interface MailRelay {
  readonly port: number;
  /** Mails that it holds. */
  held(): Promise<number>;
  logs(): string;
  /** SIGKILL of all its processes; its queue stays. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const SERVICES = `
pickup    unix  n - n 60  1 pickup
cleanup   unix  n - n -   0 cleanup
qmgr      unix  n - n 1   1 qmgr
tlsmgr    unix  - - n -   1 tlsmgr
rewrite   unix  - - n -   - trivial-rewrite
bounce    unix  - - n -   0 bounce
defer     unix  - - n -   0 bounce
trace     unix  - - n -   0 bounce
flush     unix  n - n -   0 flush
proxymap  unix  - - n -   - proxymap
smtp      unix  - - n -   - smtp
showq     unix  n - n -   - showq
error     unix  - - n -   - error
retry     unix  - - n -   - error
anvil     unix  - - n -   1 anvil
scache    unix  - - n -   1 scache
postlog   unix-dgram n - n - 1 postlogd
`;

/** As root; Postfix is installed when it is missing. */
export async function startMailRelay(options: MailRelayOptions): Promise<MailRelay> {
  const binary = await needProgram(POSTFIX, ['postfix']);
  const folder = mkdtempSync(join(tmpdir(), 'conversations-postfix-'));
  removeFolderWithParent(folder);
  // Its processes run as the package's account.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const logFile = join(folder, 'postfix.log');
  await configure(folder, port, options);
  await run(binary, ['-c', join(folder, 'etc'), 'check']);
  let master: GuardedProcess | undefined;

  const launch = async () => {
    const started = spawnGuarded(MASTER, ['-c', join(folder, 'etc'), '-s'], { logFile });
    master = started;
    await eventually(
      async () => {
        if (started.isAlive) await greeting(port);
      },
      { timeoutMs: 30_000 },
    );
    if (!started.isAlive) throw new Error(`Postfix ended while starting:\n${lastLines(logFile)}`);
  };
  const stop = async () => {
    await master?.end('SIGTERM', 10_000);
    rmSync(folder, { recursive: true, force: true });
    await keepFolder(folder);
  };
  try {
    await launch();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    port,
    async held() {
      const { stdout } = await run('/usr/sbin/postqueue', ['-c', join(folder, 'etc'), '-j']);
      // A mail that changes queues meanwhile is listed in both.
      const ids = stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => (JSON.parse(line) as { queue_id: string }).queue_id);
      return new Set(ids).size;
    },
    logs: () => readFileSync(logFile, 'utf8'),
    async kill() {
      // Those that hold a connection would go on serving it.
      const children = master ? await childrenOf(master.pid) : [];
      await master?.end('SIGKILL');
      for (const pid of children) killIfThere(pid);
    },
    async restart() {
      if (master?.isAlive === true) await master.end('SIGTERM', 10_000);
      await launch();
    },
    stop,
  };
}

async function configure(folder: string, port: number, { next, tls = false }: MailRelayOptions): Promise<void> {
  const etc = join(folder, 'etc');
  for (const name of ['etc', 'queue', 'data']) mkdirSync(join(folder, name));
  await run('chown', ['postfix', join(folder, 'data')]);
  const secured = tls ? await withCertificate(etc) : { smtpd_tls_security_level: 'none' };
  const main: Record<string, string> = {
    compatibility_level: '3.6',
    queue_directory: join(folder, 'queue'),
    data_directory: join(folder, 'data'),
    command_directory: '/usr/sbin',
    daemon_directory: '/usr/lib/postfix/sbin',
    mail_owner: 'postfix',
    setgid_group: 'postdrop',
    maillog_file: '/dev/stdout',
    myhostname: 'relay.test',
    mydestination: '',
    local_recipient_maps: '',
    alias_maps: '',
    alias_database: '',
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    mynetworks: '127.0.0.0/8',
    smtpd_relay_restrictions: 'permit_mynetworks, reject',
    relayhost: `[127.0.0.1]:${next}`,
    smtp_tls_security_level: 'none',
    smtp_host_lookup: 'native',
    transport_retry_time: '1s',
    default_destination_concurrency_failed_cohort_limit: '0',
    message_size_limit: String(50 * 1024 * 1024),
    minimal_backoff_time: '1s',
    maximal_backoff_time: '1s',
    queue_run_delay: '1s',
    ...secured,
  };
  writeFileSync(
    join(etc, 'main.cf'),
    Object.entries(main)
      .map(([name, value]) => `${name} = ${value}\n`)
      .join(''),
  );
  writeFileSync(join(etc, 'master.cf'), `127.0.0.1:${port} inet n - n - - smtpd${SERVICES}`);
}

async function withCertificate(folder: string): Promise<Record<string, string>> {
  const { certFile, keyFile } = await selfSigned(folder);
  return { smtpd_tls_security_level: 'may', smtpd_tls_cert_file: certFile, smtpd_tls_key_file: keyFile };
}

/** Resolves when the port greets as a mail server. */
function greeting(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(2_000, () => socket.destroy(new Error('no greeting')));
    socket.once('error', reject);
    socket.once('data', (line) => {
      socket.destroy();
      if (line.toString().startsWith('220')) resolve();
      else reject(new Error(line.toString()));
    });
  });
}

async function childrenOf(pid: number): Promise<number[]> {
  const { stdout } = await run('ps', ['-o', 'pid=', '--ppid', String(pid)]);
  return stdout.split('\n').map(Number).filter(Boolean);
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It noticed its master's end itself.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
