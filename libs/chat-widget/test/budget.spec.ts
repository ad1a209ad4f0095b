import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';

const folder = mkdtempSync(join(tmpdir(), 'conversations-widget-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const build = async (outdir: string) => {
  const script = join(__dirname, '..', 'build.mjs');
  await promisify(execFile)(process.execPath, [script, outdir]);
  return readdirSync(outdir).sort();
};
const read = (outdir: string, file: string) => readFileSync(join(outdir, file));
const gzipped = (outdir: string, ...files: string[]) =>
  files.reduce((sum, file) => sum + gzipSync(read(outdir, file), { level: 9 }).length, 0);

test('the loader is at most 3 KiB and the frame at most 25 KiB gzip, with all they load', async () => {
  const files = await build(folder);
  expect(files).toEqual(['app.css', 'app.js', 'loader.js']);
  expect(gzipped(folder, 'loader.js')).toBeLessThanOrEqual(3 * 1024);
  expect(gzipped(folder, 'app.js', 'app.css')).toBeLessThanOrEqual(25 * 1024);
  const text = files.map((file) => read(folder, file).toString()).join('\n');
  expect(text).not.toMatch(/@font-face|@import|url\(|data:image/);
});

test('the same sources give the same bytes', async () => {
  const again = join(folder, 'again');
  const files = await build(again);
  for (const file of files) expect(read(again, file).equals(read(folder, file))).toBe(true);
});
