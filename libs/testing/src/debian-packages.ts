import { findRepositoryRoot } from '@conversations/runtime';
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { withFolderLock } from './folder-lock';
import { messageOf } from './system-error';

const run = promisify(execFile);

/** Asked by the packages' scripts whether they may start a service; 101 is no. */
const POLICY = '/usr/sbin/policy-rc.d';

/**
 * Installs a server's programs from Debian when `program` is missing: as root, and without starting anything. Throws with what to
 * install where that is not possible.
 */
export async function needProgram(program: string, packages: string[]): Promise<string> {
  if (existsSync(program)) return program;
  let reason = 'installing it needs root and apt-get';
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    try {
      await withFolderLock(join(findRepositoryRoot(), '.cache', 'debian-packages', 'lock'), () =>
        install(program, packages),
      );
    } catch (error) {
      reason = messageOf(error).trim();
    }
  }
  if (existsSync(program)) return program;
  throw new Error(
    `This test needs ${program}, and it is not there (${reason}).\nInstall it: apt-get install ${packages.join(' ')}`,
  );
}

async function install(program: string, packages: string[]): Promise<void> {
  if (existsSync(program)) return;
  const ours = !existsSync(POLICY);
  if (ours) {
    writeFileSync(POLICY, '#!/bin/sh\nexit 101\n');
    chmodSync(POLICY, 0o755);
  }
  try {
    const limits = { timeout: 600_000, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    await run('apt-get', ['-q', 'update'], limits);
    await run('apt-get', ['-q', '-y', '--no-install-recommends', 'install', ...packages], limits);
  } finally {
    if (ours) rmSync(POLICY);
  }
}

/** Numbers of a system account that a package made. */
export async function accountOf(name: string): Promise<{ uid: number; gid: number }> {
  const ids = await Promise.all(['-u', '-g'].map(async (flag) => Number((await run('id', [flag, name])).stdout)));
  return { uid: ids[0] ?? -1, gid: ids[1] ?? -1 };
}
