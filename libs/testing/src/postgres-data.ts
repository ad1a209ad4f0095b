import { findRepositoryRoot } from '@conversations/runtime';
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { withFolderLock } from './folder-lock';
import { isOpenToEveryone, openTemporaryFolder, postgresAccount, type PostgresBinaries } from './postgres-binaries';

const run = promisify(execFile);

export const SUPERUSER = 'postgres';

/** Where the data of `folder` really lies: elsewhere when the account of Postgres cannot enter it. */
export function postgresDataFolder(folder: string): string {
  if (postgresAccount() === undefined || isOpenToEveryone(dirname(resolve(folder)))) return resolve(folder);
  const name = `conversations-data-${createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 12)}`;
  return join(existsSync('/var/tmp') && isOpenToEveryone('/var/tmp') ? '/var/tmp' : openTemporaryFolder(), name);
}

/** Makes an empty cluster at `folder`; a start that dies half-way leaves none. */
export async function initialiseData(binaries: PostgresBinaries, folder: string, password: string): Promise<void> {
  const { account } = binaries;
  const scratch = mkdtempSync(join(openTemporaryFolder(), 'conversations-initdb-'));
  try {
    const passwordFile = join(scratch, 'password');
    writeFileSync(passwordFile, password, { mode: 0o600 });
    const partial = `${folder}.partial`;
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial, { recursive: true, mode: 0o700 });
    if (account) for (const path of [scratch, passwordFile, partial]) chownSync(path, account.uid, account.gid);
    // The builtin locale is the same on every system; the operating system's may be missing.
    const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
    const login = [`--username=${SUPERUSER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
    await run(binaries.initdb, ['-D', partial, ...login, ...locale, '--no-instructions'], { cwd: '/', ...account });
    renameSync(partial, folder);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Copies a cluster that was initialised once on this machine: a tenth of the time of a new one. Gives its password. */
export async function copyTemplate(binaries: PostgresBinaries, folder: string): Promise<string> {
  const store = join(
    findRepositoryRoot(),
    '.cache',
    'postgres',
    `${binaries.version}-${binaries.account?.uid ?? 'own'}`,
  );
  const template = join(store, 'template');
  const passwordFile = join(store, 'password');
  if (!existsSync(template)) {
    await withFolderLock(join(store, 'lock'), async () => {
      if (existsSync(template)) return;
      const fresh = mkdtempSync(join(openTemporaryFolder(), 'conversations-template-'));
      try {
        if (binaries.account) chownSync(fresh, binaries.account.uid, binaries.account.gid);
        const password = randomBytes(18).toString('base64url');
        await initialiseData(binaries, join(fresh, 'data'), password);
        writeFileSync(passwordFile, password, { mode: 0o600 });
        await run('cp', ['-Rp', join(fresh, 'data'), `${template}.partial`]);
        renameSync(`${template}.partial`, template);
      } finally {
        rmSync(fresh, { recursive: true, force: true });
      }
    });
  }
  await run('cp', ['-Rp', template, folder]);
  return readFileSync(passwordFile, 'utf8');
}
