import type { Browser } from 'playwright-core';
import { type DebianPackage, provideDebianPackage } from './debian-package';

/** About a minute, once. */
const CHROMIUM: DebianPackage = {
  name: 'chromium',
  packages: ['chromium', 'fonts-noto-color-emoji'],
  files: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
};

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

/** A headless Chromium with an empty profile; each of its contexts is a new visitor's browser. Close it after the test. */
export async function startBrowser(): Promise<Browser> {
  const { chromium } = await import('playwright-core');
  return chromium.launch({ executablePath: await provideDebianPackage(CHROMIUM), args: FLAGS });
}
