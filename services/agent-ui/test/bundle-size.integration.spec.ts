import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** What `npm run build` made. */
const PUBLIC = join(__dirname, '../../../dist/services/agent-ui/public');
const KB = 1_000;

const zipped = (path: string): number => gzipSync(readFileSync(join(PUBLIC, path)), { level: 9 }).length;
const assets = readdirSync(join(PUBLIC, 'assets')).map((name) => `assets/${name}`);
const document = readFileSync(join(PUBLIC, 'index.html'), 'utf8');

/** Scripts that the document loads before anything is drawn, and the texts of the longer language. */
const first = [
  ...[...document.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, path]) => path!),
  assets.filter((name) => /^assets\/(en|fr)-/.test(name)).sort((one, other) => zipped(other) - zipped(one))[0]!,
];

it('the first load brings at most 170 kB of JavaScript, zipped', () => {
  expect(first.length).toBeGreaterThan(2);
  const sizes = Object.fromEntries(first.map((path) => [path, zipped(path)]));
  const total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
  expect({ total, sizes, fits: total <= 170 * KB }).toEqual({ total, sizes, fits: true });
});

it('all styles together are at most 12 kB, zipped', () => {
  const styles = assets.filter((name) => name.endsWith('.css'));
  expect(styles.length).toBeGreaterThan(0);
  expect(styles.reduce((sum, path) => sum + zipped(path), 0)).toBeLessThanOrEqual(12 * KB);
});

it('settings, agents, saved responses and the invitation page are not part of the first load', () => {
  for (const page of ['settings-page', 'agents-page', 'saved-responses', 'join-page']) {
    const chunk = assets.find((name) => name.startsWith(`assets/${page}-`) && name.endsWith('.js'));
    expect(chunk).toBeDefined();
    expect(first).not.toContain(chunk);
  }
});

it('the page runs under its policy: no inline script or style, no font, nothing from elsewhere', () => {
  expect(document).not.toMatch(/<script(?![^>]*\bsrc=)/);
  expect(document).not.toMatch(/<style|\sstyle=|\son\w+=/);
  expect(document).not.toMatch(/(?:src|href)="(?!\/)/);
  for (const name of assets) expect(name).toMatch(/\.(js|css)$/);
});
