import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface ExitStatus {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A child process that never outlives the process that started it, not even one that is killed with -9. */
export interface GuardedProcess {
  readonly pid: number;
  readonly isAlive: boolean;
  /** Resolves when it has ended, whatever the reason. */
  readonly exited: Promise<ExitStatus>;
  /** Sends the signal, then SIGKILL after `timeoutMs` (default 10 s), and waits for the end. */
  end(signal: NodeJS.Signals, timeoutMs?: number): Promise<ExitStatus>;
}

export interface SpawnOptions {
  /** Gets standard output and errors; appended to. */
  logFile: string;
  /** What the process gets when its parent is gone; SIGKILL follows after 4 s. Default SIGTERM. */
  orphanSignal?: 'SIGTERM' | 'SIGINT' | 'SIGKILL';
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  uid?: number;
  gid?: number;
}

/**
 * Reads `watch <signal> <pid>`, `forget <pid>`, `remove <folder>` and `keep <folder>`. The end of its input means that its
 * parent is gone: it ends the processes and deletes the folders that are still on its lists.
 */
const GUARD = `
trap '' INT TERM HUP
watched=''
folders=''
nl='
'
without() { printf '%s\\n' "$1" | grep -vxF -- "$2"; }
while read -r verb first second; do
  case $verb in
    watch) watched="$watched$nl$first $second" ;;
    forget) watched=$(printf '%s\\n' "$watched" | grep -v " $first$") ;;
    remove) folders="$folders$nl$first" ;;
    keep) folders=$(without "$folders" "$first") ;;
  esac
done
living() {
  printf '%s\\n' "$watched" | while read -r signal pid; do
    [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null || continue
    if [ -r "/proc/$pid/stat" ]; then
      read -r stat <"/proc/$pid/stat"
      case $stat in *') Z '*) continue ;; esac
    fi
    printf '%s %s\\n' "$signal" "$pid"
  done
}
living | while read -r signal pid; do kill -s "$signal" "$pid" 2>/dev/null; done
tries=0
while [ $tries -lt 40 ] && [ -n "$(living)" ]; do sleep 0.1; tries=$((tries + 1)); done
living | while read -r signal pid; do kill -s KILL "$pid" 2>/dev/null; done
printf '%s\\n' "$folders" | while read -r folder; do [ -n "$folder" ] && rm -rf -- "$folder"; done
`;

let guard: ChildProcess | undefined;
const guarded = new Set<string>();

function tellGuard(line: string): void {
  if (!guard) {
    // A session of its own: Ctrl-C in the terminal must not reach it.
    guard = spawn('sh', ['-c', GUARD], { stdio: ['pipe', 'ignore', 'ignore'], detached: true, cwd: '/' });
    guard.stdin?.on('error', () => undefined);
    guard.unref();
  }
  guard.stdin?.write(`${line}\n`);
}

async function dismissGuard(): Promise<void> {
  if (guarded.size > 0 || !guard) return;
  const idle = guard;
  guard = undefined;
  const gone = new Promise((resolve) => idle.once('exit', resolve));
  idle.ref();
  idle.stdin?.end();
  await gone;
}

/** The folder is deleted when this process dies before {@link keepFolder} is called for it. */
export function removeFolderWithParent(folder: string): void {
  guarded.add(folder);
  tellGuard(`remove ${folder}`);
}

export async function keepFolder(folder: string): Promise<void> {
  if (!guarded.delete(folder)) return;
  tellGuard(`keep ${folder}`);
  await dismissGuard();
}

export function spawnGuarded(command: string, args: string[], options: SpawnOptions): GuardedProcess {
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = openSync(options.logFile, 'a');
  const child = spawn(command, args, {
    env: options.env ?? process.env,
    cwd: options.cwd ?? '/',
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.gid }),
    stdio: ['ignore', log, log],
    // Out of the terminal's group: the parent decides in which order its processes stop.
    detached: true,
  });
  closeSync(log);
  const pid = child.pid;
  let ended = false;
  const key = `pid ${String(pid)}`;
  const exited = new Promise<ExitStatus>((resolve, reject) => {
    child.once('error', (error) => {
      ended = true;
      reject(new Error(`${command} cannot be started: ${error.message}`));
    });
    child.once('exit', (code, signal) => {
      ended = true;
      guarded.delete(key);
      tellGuard(`forget ${String(pid)}`);
      dismissGuard().then(() => resolve({ code, signal }), reject);
    });
  });
  // The caller may look at it later; until then a failed start is no unhandled rejection.
  exited.catch(() => undefined);
  if (pid !== undefined) {
    guarded.add(key);
    tellGuard(`watch ${(options.orphanSignal ?? 'SIGTERM').slice(3)} ${pid}`);
  }
  return {
    get pid() {
      if (pid === undefined) throw new Error(`${command} did not start`);
      return pid;
    },
    get isAlive() {
      return pid !== undefined && !ended;
    },
    exited,
    async end(signal, timeoutMs = 10_000) {
      if (pid === undefined || ended) return exited;
      const deadline = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
      child.kill(signal);
      try {
        return await exited;
      } finally {
        clearTimeout(deadline);
      }
    },
  };
}

/** The end of a log, for error messages. */
export function lastLines(logFile: string, count = 15): string {
  if (!existsSync(logFile)) return '';
  return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
}
