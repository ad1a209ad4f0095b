import { findRepositoryRoot } from '@conversations/runtime';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { withFolderLock } from './folder-lock';
import { messageOf } from './system-error';

const run = promisify(execFile);

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const PACKAGES = ['chromium', 'fonts-noto-color-emoji'];

/** No telemetry, no updates, no QUIC: the browser talks to the servers of the test only. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const installed = () => CHROMIUM.find((path) => existsSync(path));

/** Debian's Chromium; as root on Debian a missing one is installed (about a minute, once). */
async function chromiumPath(): Promise<string> {
  const found = installed();
  if (found !== undefined) return found;
  let reason = 'installing it needs root and apt-get';
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    try {
      await withFolderLock(join(findRepositoryRoot(), '.cache', 'chromium', 'lock'), async () => {
        if (installed() !== undefined) return;
        const limits = { timeout: 300_000, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
        await run('apt-get', ['-q', 'update'], limits);
        await run('apt-get', ['-q', '-y', '--no-install-recommends', 'install', ...PACKAGES], limits);
      });
    } catch (error) {
      reason = messageOf(error).trim();
    }
  }
  const now = installed();
  if (now !== undefined) return now;
  throw new Error(
    `Browser tests need Chromium, and there is none at ${CHROMIUM.join(', ')} (${reason}).\n` +
      `Install it: apt-get install ${PACKAGES.join(' ')}`,
  );
}

/** A headless Chromium with an empty profile; each of its contexts is a new visitor's browser. Close it after the test. */
export async function startBrowser(): Promise<Browser> {
  const { chromium } = await import('playwright-core');
  return chromium.launch({ executablePath: await chromiumPath(), args: FLAGS });
}
