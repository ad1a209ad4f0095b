import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promises as dns } from 'node:dns';
import { needProgram } from './debian-packages';
import { eventually } from './eventually';
import { freePort } from './free-port';
import { keepFolder, lastLines, removeFolderWithParent, spawnGuarded } from './guarded-process';

/** A dnsmasq of the test's own that knows the given TXT records, and that nothing else exists. */
export interface DnsServer {
  /** `127.0.0.1:port` */
  readonly address: string;
  stop(): Promise<void>;
}

const DNSMASQ = '/usr/sbin/dnsmasq';
/** What one string of a TXT record may hold. */
const LONGEST = 255;
const READY = 'ready.test';

/** dnsmasq is installed, as root, when it is missing. */
export async function startDnsServer(records: Record<string, string>): Promise<DnsServer> {
  await needProgram(DNSMASQ, ['dnsmasq-base']);
  const folder = mkdtempSync(join(tmpdir(), 'conversations-dns-'));
  removeFolderWithParent(folder);
  const logFile = join(folder, 'log');
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const texts = Object.entries({ ...records, [READY]: 'yes' }).map(
    ([name, text]) => `--txt-record=${[name, ...(text.match(new RegExp(`.{1,${LONGEST}}`, 'g')) ?? [])].join(',')}`,
  );
  const here = [`--port=${port}`, '--listen-address=127.0.0.1', '--bind-interfaces', `--user=${userInfo().username}`];
  const alone = ['--conf-file=/dev/null', '--no-resolv', '--no-hosts', '--local=/#/', `--pid-file=${folder}/pid`];
  const child = spawnGuarded(DNSMASQ, ['--keep-in-foreground', '--log-facility=-', ...here, ...alone, ...texts], {
    logFile,
  });
  const stop = async () => {
    await child.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
    await keepFolder(folder);
  };
  const resolver = new dns.Resolver({ timeout: 500, tries: 1 });
  resolver.setServers([address]);
  try {
    await eventually(async () => {
      if (!child.isAlive) throw new Error(`dnsmasq ended while starting:\n${lastLines(logFile)}`);
      await resolver.resolveTxt(READY);
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, stop };
}
