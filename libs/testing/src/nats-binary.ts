import { findRepositoryRoot } from '@conversations/runtime';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { debianMirrors, type Mirror } from './apt-sources';
import { withFolderLock } from './folder-lock';
import { messageOf } from './system-error';

const run = promisify(execFile);

/** The suite whose nats-server is new enough (2.10.27); older releases of Debian have 2.9. */
const SUITE = 'trixie';

/** The version of an executable, when it is one that we can use: 2.10 or newer. */
async function usableVersion(binary: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(binary, ['--version']);
    const [, version, major, minor] = /v((\d+)\.(\d+)\.\d+)/.exec(stdout) ?? [];
    return Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 10) ? version : undefined;
  } catch {
    // Missing, not executable or broken: not usable.
    return undefined;
  }
}

async function fetchDebianPackage(mirror: Mirror, folder: string): Promise<void> {
  const lists = join(folder, 'lists');
  const archives = join(folder, 'cache', 'archives');
  for (const made of [lists, archives]) mkdirSync(join(made, 'partial'), { recursive: true });
  const sources = join(folder, 'sources.list');
  const options = mirror.signedBy ? `[signed-by=${mirror.signedBy}] ` : '';
  writeFileSync(sources, `deb ${options}${mirror.uri} ${SUITE} main\n`);
  const settings = [
    `Dir::Etc::SourceList=${sources}`,
    'Dir::Etc::SourceParts=/dev/null',
    `Dir::State::Lists=${lists}`,
    `Dir::Cache=${join(folder, 'cache')}`,
    'APT::Sandbox::User=root',
    'Acquire::Languages=none',
  ].flatMap((setting) => ['-o', setting]);
  const limits = { cwd: folder, timeout: 180_000 };
  await run('apt-get', [...settings, '-q', 'update'], limits);
  await run('apt-get', [...settings, '-q', 'download', 'nats-server'], limits);
  const file = readdirSync(folder).find((name) => name.endsWith('.deb'));
  if (file === undefined) throw new Error('apt-get downloaded nothing');
  await run('dpkg', ['-x', file, join(folder, 'package')], limits);
}

function instruction(reasons: string[]): Error {
  return new Error(
    [
      'No nats-server of version 2.10 or newer was found, and it could not be fetched as a Debian package:',
      ...reasons.map((reason) => `  - ${reason}`),
      'Install it so that `nats-server` is on the PATH (macOS: brew install nats-server; Debian 13: apt install nats-server;',
      'elsewhere: the release page of nats-server), or set NATS_URL to a running server with JetStream.',
    ].join('\n'),
  );
}

async function fetchBinary(target: string, say: (line: string) => void): Promise<void> {
  const mirrors = process.platform === 'linux' ? debianMirrors() : [];
  if (mirrors.length === 0) throw instruction(['this system has no Debian package sources']);
  const reasons: string[] = [];
  for (const mirror of mirrors) {
    const folder = `${target}.${process.pid}.partial`;
    rmSync(folder, { recursive: true, force: true });
    try {
      say('fetching nats-server as a Debian package (about 10 s, once)');
      await fetchDebianPackage(mirror, folder);
      const found = ['usr/sbin', 'usr/bin'].map((bin) => join(folder, 'package', bin, 'nats-server')).find(existsSync);
      if (found === undefined || !(await usableVersion(found)))
        throw new Error('the package holds no usable nats-server');
      renameSync(found, target);
      return;
    } catch (error) {
      // A failed command's message ends with what it wrote to standard error.
      reasons.push(messageOf(error).trim());
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  throw instruction(reasons);
}

/** Path of a nats-server ≥ 2.10: from PATH, else from `.cache/`, else fetched into it as a signed Debian package without root. */
export async function natsBinary(say: (line: string) => void = () => undefined): Promise<string> {
  if (await usableVersion('nats-server')) return 'nats-server';
  const folder = join(findRepositoryRoot(), '.cache', 'nats-server');
  const target = join(folder, 'nats-server');
  if (existsSync(target) && (await usableVersion(target))) return target;
  return withFolderLock(join(folder, 'lock'), async () => {
    if (!existsSync(target) || !(await usableVersion(target))) await fetchBinary(target, say);
    return target;
  });
}
