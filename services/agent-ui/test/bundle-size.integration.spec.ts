import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** What `npm run build` made. */
const PUBLIC = join(__dirname, '../../../dist/services/agent-ui/public');
const KB = 1_000;

const zipped = (path: string): number => gzipSync(readFileSync(join(PUBLIC, path)), { level: 9 }).length;
const assets = readdirSync(join(PUBLIC, 'assets')).map((name) => `assets/${name}`);
const document = readFileSync(join(PUBLIC, 'index.html'), 'utf8');

/** Scripts with all that they import before they run. */
function withImports(entries: readonly string[]): string[] {
  const found = new Set<string>();
  const visit = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    const code = readFileSync(join(PUBLIC, path), 'utf8');
    for (const [, name] of code.matchAll(/(?:\bimport|\bfrom)\s*["'`]\.\/([^"'`]+\.js)["'`]/g))
      visit(`assets/${name!}`);
  };
  for (const entry of entries) visit(entry);
  return [...found];
}

const inDocument = [...document.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, path]) => path!);
const chunk = (name: string) => assets.find((path) => path.startsWith(`assets/${name}-`) && path.endsWith('.js'))!;
const longerLanguage = ['en', 'fr'].map(chunk).sort((one, other) => zipped(other) - zipped(one))[0]!;
/** All that an inbox with an open thread asks for until it can be used: the panes' code is asked for at once. */
const first = withImports([...inDocument, longerLanguage, chunk('thread'), chunk('details')]);

it('an inbox with an open thread brings at most 170 kB of JavaScript, zipped', () => {
  expect(first.length).toBeGreaterThan(inDocument.length + 3);
  const sizes = Object.fromEntries(first.map((path) => [path, zipped(path)]));
  const total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
  expect({ total, sizes, fits: total <= 170 * KB }).toEqual({ total, sizes, fits: true });
});

it('all styles together are at most 12 kB, zipped', () => {
  const styles = assets.filter((name) => name.endsWith('.css'));
  expect(styles.length).toBeGreaterThan(0);
  expect(styles.reduce((sum, path) => sum + zipped(path), 0)).toBeLessThanOrEqual(12 * KB);
});

it('other pages, dialogs, menus and the saved-response picker are not part of the first load', () => {
  for (const name of [
    'settings-page',
    'automation',
    'agents-page',
    'saved-responses',
    'join-page',
    'popup-parts',
    'picker',
  ]) {
    const path = chunk(name);
    expect(path).toBeDefined();
    expect(first).not.toContain(path);
  }
});

it('the page runs under its policy: no inline script or style, no font, nothing from elsewhere', () => {
  expect(document).not.toMatch(/<script(?![^>]*\bsrc=)/);
  expect(document).not.toMatch(/<style|\sstyle=|\son\w+=/);
  expect(document).not.toMatch(/(?:src|href)="(?!\/)/);
  for (const name of assets) expect(name).toMatch(/\.(js|css)$/);
});
