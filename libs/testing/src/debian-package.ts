import { findRepositoryRoot } from '@conversations/runtime';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { withFolderLock } from './folder-lock';
import { messageOf } from './system-error';

const run = promisify(execFile);

export interface DebianPackage {
  /** Names the lock: two test runs do not install at once. */
  name: string;
  packages: string[];
  /** One of them is there when it is installed. */
  files: string[];
  /** Answers for debconf, one a line. */
  answers?: string[];
}

/** The program of a Debian package, installed where it is missing: as root on Debian; elsewhere it says what to install. */
export async function provideDebianPackage({ name, packages, files, answers = [] }: DebianPackage): Promise<string> {
  const installed = () => files.find((file) => existsSync(file));
  const found = installed();
  if (found !== undefined) return found;
  let reason = 'installing it needs root and apt-get';
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    try {
      await withFolderLock(join(findRepositoryRoot(), '.cache', name, 'lock'), async () => {
        if (installed() !== undefined) return;
        const limits = { timeout: 300_000, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' } };
        if (answers.length > 0) {
          const preseed = run('debconf-set-selections', [], limits);
          preseed.child.stdin?.end(answers.map((answer) => `${answer}\n`).join(''));
          await preseed;
        }
        await run('apt-get', ['-q', 'update'], limits);
        await run('apt-get', ['-q', '-y', '--no-install-recommends', 'install', ...packages], limits);
      });
    } catch (error) {
      reason = messageOf(error).trim();
    }
  }
  const now = installed();
  if (now !== undefined) return now;
  throw new Error(
    `These tests need ${files.join(' or ')} (${reason}).\nInstall it: apt-get install ${packages.join(' ')}`,
  );
}
