import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually';
import { wantsContainers } from './container-mode';
import { freePort, portIsFree } from './free-port';
import {
  type ExitStatus,
  type GuardedProcess,
  keepFolder,
  lastLines,
  removeFolderWithParent,
  spawnGuarded,
} from './guarded-process';
import { natsBinary } from './nats-binary';

export interface NatsServerOptions {
  /** Keeps the store there; without it the store is temporary and deleted by `stop`. */
  storeDir?: string;
  /** Fails when it is in use; without it any free port. */
  port?: number;
  /** Clients have to give both. */
  user?: string;
  password?: string;
  logFile?: string;
  /** Hears what takes long, e.g. the first fetch of the server. */
  onProgress?: (line: string) => void;
}

/** A nats-server with JetStream on the loopback address, ended with this process at the latest. */
export interface NatsServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly isAlive: boolean;
  readonly logFile: string;
  /** Ends with the server's process; for whoever wants to start it again. */
  readonly exited: Promise<ExitStatus>;
  /** SIGKILL: no clean-up, no goodbye to clients. */
  kill(): Promise<void>;
  /** Orderly end; a temporary store is deleted. */
  stop(): Promise<void>;
  /** Starts again on the same port and store, after an orderly end when it still runs. */
  restart(): Promise<void>;
  /** Kills the server when it runs and deletes its store; `restart` brings up an empty one. */
  wipe(): Promise<void>;
}

/** What the server on a port says of itself in its first line; rejects when nobody answers as NATS. */
function greeting(port: number): Promise<{ server_name?: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 1_000 });
    let text = '';
    socket.on('error', reject);
    socket.on('timeout', () => socket.destroy(new Error(`port ${port} does not answer`)));
    socket.on('close', () => reject(new Error(`port ${port} closed the connection`)));
    socket.on('data', (bytes) => {
      text += bytes.toString('utf8');
      if (!text.includes('\r\n')) return;
      socket.destroy();
      const info = /^INFO (\{.*\})/.exec(text)?.[1];
      if (info === undefined) reject(new Error(`port ${port} is no NATS server`));
      else resolve(JSON.parse(info) as { server_name?: string });
    });
  });
}

const configuration = (settings: { port: number; name: string; storeDir: string; login?: [string, string] }) =>
  [
    'host: "127.0.0.1"',
    `port: ${settings.port}`,
    `server_name: ${JSON.stringify(settings.name)}`,
    // The limits of the streams are checked against this promise, not against the disk of a small machine.
    `jetstream { store_dir: ${JSON.stringify(settings.storeDir)}, max_file_store: 256GB, max_memory_store: 1GB }`,
    ...(settings.login
      ? [`authorization { user: ${JSON.stringify(settings.login[0])}, password: ${JSON.stringify(settings.login[1])} }`]
      : []),
  ].join('\n');

export async function startNats(options: NatsServerOptions = {}): Promise<NatsServer> {
  if (wantsContainers()) return (await import('./containers')).startNatsContainer(options);
  const binary = await natsBinary(options.onProgress);
  const scratch = mkdtempSync(join(tmpdir(), 'conversations-nats-'));
  removeFolderWithParent(scratch);
  const storeDir = options.storeDir ?? join(scratch, 'store');
  const logFile = options.logFile ?? join(scratch, 'nats.log');
  const login: [string, string] | undefined =
    options.user !== undefined && options.password !== undefined ? [options.user, options.password] : undefined;
  let port = options.port ?? 0;
  let server: GuardedProcess | undefined;

  const launch = async () => {
    if (!(await portIsFree(port)))
      throw new Error(`Port ${port} is used by another process; nats-server cannot have it`);
    const name = `conversations-${randomUUID()}`;
    mkdirSync(storeDir, { recursive: true });
    const file = join(scratch, 'nats.conf');
    writeFileSync(file, configuration({ port, name, storeDir, ...(login ? { login } : {}) }), { mode: 0o600 });
    const started = spawnGuarded(binary, ['-c', file], { logFile, orphanSignal: 'SIGKILL' });
    server = started;
    await eventually(
      async () => {
        if (!started.isAlive) return;
        const found = await greeting(port);
        if (found.server_name !== name)
          throw new Error(`Port ${port} belongs to a NATS server that was not started here`);
      },
      { timeoutMs: 20_000, everyMs: 10 },
    );
    if (!started.isAlive) throw new Error(`nats-server ended while starting:\n${lastLines(logFile)}`);
  };

  const close = async () => {
    if (server?.isAlive) await server.end('SIGTERM');
  };
  const dispose = async () => {
    rmSync(scratch, { recursive: true, force: true });
    await keepFolder(scratch);
  };

  try {
    for (let tries = 1; ; tries += 1) {
      port = options.port ?? (await freePort());
      try {
        await launch();
        break;
      } catch (error) {
        await server?.end('SIGKILL');
        if (options.port !== undefined || tries === 3) throw error;
      }
    }
  } catch (error) {
    await dispose();
    throw error;
  }

  const current = () => {
    if (!server) throw new Error('nats-server was not started');
    return server;
  };
  const kill = async () => {
    await current().end('SIGKILL');
  };
  return {
    get url() {
      return `nats://127.0.0.1:${port}`;
    },
    get port() {
      return port;
    },
    get pid() {
      return current().pid;
    },
    get isAlive() {
      return current().isAlive;
    },
    get exited() {
      return current().exited;
    },
    logFile,
    kill,
    async stop() {
      await close();
      await dispose();
    },
    async restart() {
      await close();
      await launch();
    },
    async wipe() {
      await kill();
      rmSync(storeDir, { recursive: true, force: true });
    },
  };
}
