import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './step.mts';

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
/** The pictures and the emoji of the browser tests need a font that has them. */
const DEBIAN_PACKAGES = ['chromium', 'fonts-noto-color-emoji'];
const EMOJI_FONT = '/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf';

function hasBrowser(): boolean {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && existsSync(named)) return true;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.some((folder) => BROWSERS.some((name) => existsSync(join(folder, name))));
}

/** Installs a browser where a root user of Debian may; elsewhere says what to install. */
export async function ensureBrowser(root: string): Promise<boolean> {
  const isDebian = existsSync('/usr/bin/apt-get');
  const isComplete = hasBrowser() && (!isDebian || existsSync(EMOJI_FONT));
  if (isComplete) return true;
  if (!isDebian || process.getuid?.() !== 0) {
    if (hasBrowser()) return true;
    console.log('    No Chromium found: install it (Debian, Ubuntu: apt install chromium), or set CHROMIUM_PATH.');
    return false;
  }
  console.log(`    installing ${DEBIAN_PACKAGES.join(' and ')} with apt-get (once)`);
  process.env['DEBIAN_FRONTEND'] = 'noninteractive';
  const limits = { root, minutes: 10 };
  return (
    (await run(['apt-get', '-q', 'update'], limits)) &&
    (await run(['apt-get', '-q', 'install', '-y', '--no-install-recommends', ...DEBIAN_PACKAGES], limits))
  );
}
