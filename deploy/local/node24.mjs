// Runs a script under Node 24 also where the system's Node is older: `node deploy/local/node24.mjs <script> [arguments]`.
// Plain JavaScript for any Node from 14 on; with a fitting Node the script runs in this very process.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
const OLDEST = [22, 22];

const fits = (version) => {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
};

const [script, ...rest] = process.argv.slice(2);
if (script === undefined) throw new Error('usage: node deploy/local/node24.mjs <script> [arguments]');
const file = resolve(script);

if (fits(process.version)) {
  process.argv.splice(1, 2, file);
  await import(pathToFileURL(file).href);
} else {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const packaged = join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin', 'node');
  const version = existsSync(packaged) ? spawnSync(packaged, ['--version'], { encoding: 'utf8' }).stdout : '';
  if (!fits(version || 'v0')) {
    console.error(
      `Node ${process.version} is too old, and the npm package with Node 24 is missing (${packaged}).\n` +
        'Run npm ci with optional dependencies, or install Node 24 (at least 22.22).',
    );
    process.exit(1);
  }
  // The channel closes when this process dies, so that the script can end too.
  const child = spawn(packaged, [file, ...rest], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
