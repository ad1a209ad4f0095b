import { findRepositoryRoot } from '@conversations/runtime';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileCache } from './compile-cache';
import { eventually } from './eventually';
import { freePort, portIsFree } from './free-port';
import {
  type ExitStatus,
  type GuardedProcess,
  keepFolder,
  lastLines,
  removeFolderWithParent,
  spawnGuarded,
} from './guarded-process';

export interface ServiceOptions {
  /** Kept there; without it the log is temporary. */
  logFile?: string;
  /** How long `/readyz` may take, default 60 s. */
  readyTimeoutMs?: number;
}

/** One service as a process of its own, with its management port. */
export interface ServiceProcess {
  readonly name: string;
  readonly env: NodeJS.ProcessEnv;
  readonly pid: number;
  readonly isAlive: boolean;
  readonly exited: Promise<ExitStatus>;
  readonly logFile: string;
  /** A path of the management port, e.g. `/metrics`. */
  url(path: string): string;
  /** All it has written so far; stays readable after `stop`, which is final. */
  logs(): string;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** SIGTERM, and SIGKILL when it drains for longer than 30 s. */
  stop(): Promise<void>;
  /** Starts again with the same settings and ports and waits until it is ready. */
  restart(): Promise<void>;
}

/** Starts `dist/services/<name>/src/main.js` and waits until it is ready. */
export async function startService(
  name: string,
  env: NodeJS.ProcessEnv,
  options: ServiceOptions = {},
): Promise<ServiceProcess> {
  const scratch = options.logFile === undefined ? mkdtempSync(join(tmpdir(), `conversations-${name}-`)) : undefined;
  if (scratch !== undefined) removeFolderWithParent(scratch);
  const logFile = options.logFile ?? join(scratch ?? '', `${name}.log`);
  const managementPort = Number(env['MANAGEMENT_PORT'] ?? 0) || (await freePort());
  const settings = { ...process.env, ...compileCache(), ...env, MANAGEMENT_PORT: String(managementPort) };
  const main = join(findRepositoryRoot(), 'dist', 'services', name, 'src', 'main.js');
  let child: GuardedProcess | undefined;

  const url = (path: string) => `http://127.0.0.1:${managementPort}${path}`;
  const launch = async () => {
    if (!(await portIsFree(managementPort))) {
      throw new Error(`Port ${managementPort} is used by another process; ${name} wants it as its management port`);
    }
    const started = spawnGuarded(process.execPath, [main], { env: settings, logFile });
    child = started;
    await eventually(
      async () => {
        if (!started.isAlive) return;
        const response = await fetch(url('/readyz'), { signal: AbortSignal.timeout(2_000) });
        if (!response.ok) throw new Error(`${name} is not ready: ${await response.text()}\n${lastLines(logFile)}`);
      },
      { timeoutMs: options.readyTimeoutMs ?? 60_000 },
    );
    if (!started.isAlive) throw new Error(`${name} ended while starting:\n${lastLines(logFile)}`);
  };
  const close = async () => {
    if (child?.isAlive) await child.end('SIGTERM', 30_000);
  };

  try {
    await launch();
  } catch (error) {
    await child?.end('SIGKILL');
    if (scratch !== undefined) {
      rmSync(scratch, { recursive: true, force: true });
      await keepFolder(scratch);
    }
    throw error;
  }
  let written: string | undefined;
  const current = () => {
    if (!child) throw new Error(`${name} was not started`);
    return child;
  };
  return {
    name,
    env: settings,
    logFile,
    url,
    get pid() {
      return current().pid;
    },
    get isAlive() {
      return current().isAlive;
    },
    get exited() {
      return current().exited;
    },
    logs: () => written ?? readFileSync(logFile, 'utf8'),
    async kill() {
      await current().end('SIGKILL');
    },
    async stop() {
      await close();
      if (scratch === undefined) return;
      written ??= readFileSync(logFile, 'utf8');
      rmSync(scratch, { recursive: true, force: true });
      await keepFolder(scratch);
    },
    async restart() {
      await close();
      await launch();
    },
  };
}
