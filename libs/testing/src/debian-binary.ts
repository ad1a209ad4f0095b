import { findRepositoryRoot } from '@conversations/runtime';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { debianMirrors, type Mirror } from './apt-sources';
import { withFolderLock } from './folder-lock';
import { messageOf } from './system-error';

const run = promisify(execFile);

/** A program out of one signed Debian package of a suite newer than the system's, unpacked and not installed. */
export interface DebianProgram {
  suite: string;
  package: string;
  /** Inside the package, e.g. `usr/bin/rclone`. */
  path: string;
}

async function fetchPackage(mirror: Mirror, { suite, package: name }: DebianProgram, folder: string): Promise<void> {
  const lists = join(folder, 'lists');
  for (const made of [lists, join(folder, 'cache', 'archives')]) mkdirSync(join(made, 'partial'), { recursive: true });
  const sources = join(folder, 'sources.list');
  const signed = mirror.signedBy ? `[signed-by=${mirror.signedBy}] ` : '';
  writeFileSync(sources, `deb ${signed}${mirror.uri} ${suite} main\n`);
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
  await run('apt-get', [...settings, '-q', 'download', name], limits);
  const file = readdirSync(folder).find((entry) => entry.endsWith('.deb'));
  if (file === undefined) throw new Error('apt-get downloaded nothing');
  await run('dpkg', ['-x', file, join(folder, 'package')], limits);
}

async function fetchInto(target: string, program: DebianProgram): Promise<void> {
  const reasons: string[] = [];
  for (const mirror of process.platform === 'linux' ? debianMirrors() : []) {
    const folder = `${target}.${process.pid}.partial`;
    rmSync(folder, { recursive: true, force: true });
    try {
      await fetchPackage(mirror, program, folder);
      renameSync(join(folder, 'package', program.path), target);
      return;
    } catch (error) {
      reasons.push(messageOf(error).trim());
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  const why = reasons.length === 0 ? 'this system has no Debian package sources' : reasons.join('; ');
  throw new Error(`${program.package} could not be fetched as a Debian package of ${program.suite}: ${why}`);
}

/** Path of the program in `.cache/`, fetched into it without root when it is not there yet. */
export async function debianBinary(program: DebianProgram): Promise<string> {
  const target = join(findRepositoryRoot(), '.cache', 'debian', program.package);
  mkdirSync(dirname(target), { recursive: true });
  return withFolderLock(`${target}.lock`, async () => {
    if (!existsSync(target)) await fetchInto(target, program);
    return target;
  });
}
