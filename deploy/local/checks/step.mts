import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';

export interface Outcome {
  passed: number;
  failed: number;
  /** The name of each failed test with the first line of its failure; the closing summary repeats them. */
  failures?: string[];
}

interface CommandOptions {
  root: string;
  /** Shows the output as it comes; without it the output is shown only when the command fails. */
  live?: boolean;
  /** The command is killed, and has failed, after so many minutes. */
  minutes: number;
}

/** Seconds between two signs of life of a step that prints nothing. */
const HEARTBEAT_SECONDS = 20;

const groups = new Set<number>();

function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    for (const group of groups) signalGroup(group, 'SIGTERM');
    process.exit(1);
  });
}

/** True when nothing of the command's process group is left within 5 s; what is left then is killed. */
async function groupIsGone(group: number): Promise<boolean> {
  for (let tries = 0; tries < 50; tries += 1) {
    if (!signalGroup(group, 0)) return true;
    await after(100);
  }
  signalGroup(group, 'SIGKILL');
  return false;
}

/** Runs a command of node_modules/.bin or a program; resolves true when it exits 0 and leaves no process behind. */
export async function run(command: string[], { root, live = false, minutes }: CommandOptions): Promise<boolean> {
  const [program = '', ...args] = command;
  const started = Date.now();
  const child = spawn(program, args, {
    cwd: root,
    detached: true,
    stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'],
    env: {
      ...process.env,
      PATH: [join(process.execPath, '..'), join(root, 'node_modules', '.bin'), process.env['PATH']].join(delimiter),
      FORCE_COLOR: '0',
    },
  });
  const group = child.pid;
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes: Buffer) => output.push(bytes));
  if (group !== undefined) groups.add(group);
  const heartbeat = live
    ? undefined
    : setInterval(() => {
        console.log(`    … ${Math.round((Date.now() - started) / 1000)} s`);
      }, HEARTBEAT_SECONDS * 1000);
  const problems: string[] = [];
  const limit = setTimeout(() => {
    problems.push(`did not end within ${minutes} minutes and was killed`);
    if (group !== undefined) signalGroup(group, 'SIGKILL');
  }, minutes * 60_000);

  const code = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      problems.push(error.message);
      resolve(null);
    });
    child.once('close', resolve);
  });
  clearInterval(heartbeat);
  clearTimeout(limit);
  if (group !== undefined) {
    if (!(await groupIsGone(group))) problems.push('left processes behind (killed)');
    groups.delete(group);
  }
  const passed = code === 0 && problems.length === 0;
  if (!passed) {
    if (!live) process.stdout.write(Buffer.concat(output));
    console.log(`    ${command.join(' ')}: ${[`exit code ${code ?? 'none'}`, ...problems].join(', ')}`);
  }
  return passed;
}
