import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRepositoryRoot } from '@conversations/runtime';
import { AgentClient, DEMO_AGENTS, eventually, freePort } from '@conversations/testing';

const MARK = 'CONVERSATIONS_TEST_MARK';

interface Launcher {
  process: ChildProcess;
  output: () => string;
  exited: Promise<{ code: number | null; signal: string | null }>;
  /** Command lines of all processes that descend from it, also of those that lost their parent. */
  descendants: () => { pid: number; command: string }[];
}

const launched: Launcher[] = [];

function launch(args: string[], env: NodeJS.ProcessEnv = {}): Launcher {
  const mark = randomUUID();
  const child = spawn(process.execPath, ['deploy/local/node24.mjs', 'dist/deploy/local/start.js', ...args], {
    cwd: findRepositoryRoot(),
    // Without a worker's number it takes its ports from another range than this process.
    env: { ...process.env, npm_lifecycle_event: undefined, JEST_WORKER_ID: undefined, ...env, [MARK]: mark },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes: Buffer) => {
      output += bytes.toString('utf8');
    });
  }
  const launcher: Launcher = {
    process: child,
    output: () => output,
    exited: new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal }))),
    descendants: () => processesWith(`${MARK}=${mark}`).filter(({ pid }) => pid !== child.pid),
  };
  launched.push(launcher);
  return launcher;
}

/** Living processes whose environment holds the text. Every server and service inherits the launcher's environment. */
function processesWith(text: string): { pid: number; command: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        if (!readFileSync(`/proc/${pid}/environ`, 'utf8').includes(text)) return [];
        return [{ pid: Number(pid), command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') }];
      } catch {
        // It ended while it was looked at, or belongs to another user.
        return [];
      }
    });
}

const isUp = (launcher: Launcher) =>
  eventually(() => expect(launcher.output()).toContain('Ctrl-C stops everything'), { timeoutMs: 90_000 });

let dataDir: string;

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'conversations-start-test-'));
  // Postgres runs under another account when the tests run as root.
  chmodSync(dataDir, 0o755);
});
afterAll(async () => {
  for (const { process: child, exited } of launched) {
    child.kill('SIGKILL');
    await exited;
  }
  rmSync(dataDir, { recursive: true, force: true });
});

describe('npm start -- --once', () => {
  it('drives a conversation, shows it as an agent sees it, exits 0 and leaves no process', async () => {
    const launcher = launch(['--once']);
    const { code } = await launcher.exited;
    expect(launcher.output()).toContain('✓ the visitor writes again: the same conversation is open and unread');
    expect(launcher.output()).toMatch(/Visitor \S+ — open, unread, owner /);
    expect(launcher.output()).toContain('Every step held');
    expect(code).toBe(0);
    expect(launcher.descendants()).toEqual([]);
  }, 120_000);
});

describe('npm start', () => {
  const settings = async () => ({
    CONVERSATIONS_DATA_DIR: dataDir,
    GRAPHQL_GATEWAY_PORT: String(await freePort()),
    CHAT_GATEWAY_PORT: String(await freePort()),
    EMAIL_SMTP_PORT: String(await freePort()),
    EMAIL_INGEST_PORT: String(await freePort()),
    MAIL_CATCHER_SMTP_PORT: String(await freePort()),
    MAIL_CATCHER_WEB_PORT: String(await freePort()),
    MESSENGER_CONNECTOR_PORT: String(await freePort()),
    GRAPH_SIMULATOR_PORT: String(await freePort()),
    DEMO_PASSWORD: 'a password for this test',
  });
  const signIn = (env: Awaited<ReturnType<typeof settings>>) => {
    const urls = [`http://localhost:${env.GRAPHQL_GATEWAY_PORT}`];
    return AgentClient.signIn({ urls, email: DEMO_AGENTS.amelie, password: env.DEMO_PASSWORD });
  };
  const inboxOf = async (env: Awaited<ReturnType<typeof settings>>) => (await signIn(env)).inbox({ status: null });
  /** How many saved responses each category holds. */
  const heldByCategories = async (env: Awaited<ReturnType<typeof settings>>) => {
    const agent = await signIn(env);
    const { categories } = await agent.request<{ categories: { savedResponses: unknown[] }[] }>(
      '{ categories: savedResponseCategories { savedResponses { id } } }',
    );
    return categories.map(({ savedResponses }) => savedResponses.length);
  };
  let seeded: string[];

  it('seeds a small demo, starts again a service that was killed, and stops on SIGTERM without a process left', async () => {
    const env = await settings();
    const launcher = launch([], env);
    await isUp(launcher);
    const demo = await inboxOf(env);
    seeded = demo.map(({ id }) => id);
    expect(demo.map(({ lastChannel }) => lastChannel).sort()).toEqual([
      'EMAIL',
      'MESSENGER',
      ...Array<string>(4).fill('WEB_CHAT'),
    ]);
    expect(await heldByCategories(env)).toEqual([3, 3, 2]);
    expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);

    const service = launcher.descendants().find(({ command }) => command.includes('services/conversation/'));
    process.kill(service!.pid, 'SIGKILL');
    await eventually(() => expect(launcher.output()).toContain('conversation runs again'), { timeoutMs: 30_000 });
    expect(launcher.output()).toContain('conversation ended by itself (SIGKILL)');

    launcher.process.kill('SIGTERM');
    expect(await launcher.exited).toEqual({ code: 0, signal: null });
    expect(launcher.descendants()).toEqual([]);
  }, 180_000);

  it('starts a second time with what was stored, and leaves no process when it is killed with -9', async () => {
    const env = await settings();
    const launcher = launch([], env);
    await isUp(launcher);
    expect(launcher.output()).toContain('there are conversations already');
    expect((await inboxOf(env)).map(({ id }) => id)).toEqual(seeded);
    expect(await heldByCategories(env)).toEqual([3, 3, 2]);

    expect(launcher.descendants().length).toBeGreaterThan(4);
    launcher.process.kill('SIGKILL');
    await launcher.exited;
    await eventually(() => expect(launcher.descendants()).toEqual([]));
  }, 120_000);

  it('begins anew with --fresh', async () => {
    const env = await settings();
    const launcher = launch(['--fresh'], env);
    await isUp(launcher);
    const ids = (await inboxOf(env)).map(({ id }) => id);
    expect(ids).toHaveLength(seeded.length);
    expect(ids.filter((id) => seeded.includes(id))).toEqual([]);
    launcher.process.kill('SIGINT');
    expect(await launcher.exited).toEqual({ code: 0, signal: null });
    expect(launcher.descendants()).toEqual([]);
  }, 120_000);

  it('names the variable of a port that is in use', async () => {
    const env = await settings();
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(Number(env.CHAT_GATEWAY_PORT), '127.0.0.1', resolve));
    const launcher = launch([], env);
    expect((await launcher.exited).code).toBe(1);
    expect(launcher.output()).toContain(
      `Port ${env.CHAT_GATEWAY_PORT} (chat) is in use. Free it, or choose another one with CHAT_GATEWAY_PORT.`,
    );
    holder.close();
  });

  it('says what to do when the secrets cannot be read, and touches nothing', async () => {
    writeFileSync(join(dataDir, 'secrets.json'), '{"half":');
    const launcher = launch([], await settings());
    expect((await launcher.exited).code).toBe(1);
    expect(launcher.output()).toContain(
      'secrets.json cannot be read. Put it back, or begin anew: npm start -- --fresh',
    );
    expect(existsSync(join(dataDir, 'postgres'))).toBe(true);
  });
});
