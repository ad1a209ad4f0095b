import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { GenericContainer, getContainerRuntimeClient, Wait } from 'testcontainers';
import { eventually } from './eventually';
import { freePort } from './free-port';
import type { ExitStatus } from './guarded-process';
import type { NatsServer, NatsServerOptions } from './nats-server';
import type { PostgresServer, PostgresServerOptions } from './postgres-server';

/** The images of docker-compose.yml; another registry or build of the same server may stand in. */
const NATS_IMAGE = process.env['CONVERSATIONS_NATS_IMAGE'] ?? 'nats:2.10.27-alpine';
const POSTGRES_IMAGE = process.env['CONVERSATIONS_POSTGRES_IMAGE'] ?? 'postgres:18.4-bookworm';

interface ServerInContainer {
  image: string;
  /** Port inside; outside it is `hostPort`, which stays when the container starts again. */
  port: number;
  hostPort: number;
  command: string[];
  environment: Record<string, string>;
  files: { content: string; target: string }[];
  /** Fails until the server answers. */
  answers(): Promise<void>;
}

class Contained {
  readonly logFile: string;
  private readonly scratch = mkdtempSync(join(tmpdir(), 'conversations-container-'));
  private id: string | undefined;
  private processId = 0;
  private end: Promise<ExitStatus> = Promise.resolve({ code: null, signal: null });
  private running = false;

  constructor(private readonly server: ServerInContainer) {
    this.logFile = join(this.scratch, 'server.log');
  }

  get pid(): number {
    return this.processId;
  }
  get isAlive(): boolean {
    return this.running;
  }
  get exited(): Promise<ExitStatus> {
    return this.end;
  }

  async launch(): Promise<void> {
    const container = this.id === undefined ? await this.create() : await this.container(this.id);
    const logs = await container.logs({ follow: true, stdout: true, stderr: true });
    logs.pipe(createWriteStream(this.logFile, { flags: 'a' }));
    const { State } = await container.inspect();
    this.processId = State.Pid;
    this.running = true;
    this.end = container.wait().then(({ StatusCode }: { StatusCode: number }) => {
      this.running = false;
      return { code: StatusCode, signal: null };
    });
    await eventually(() => this.server.answers(), { timeoutMs: 60_000 });
  }

  async signal(signal: 'SIGKILL' | 'SIGTERM' | 'SIGINT'): Promise<void> {
    if (this.id === undefined || !this.running) return;
    if (isOurProcess(this.processId, this.id)) process.kill(this.processId, signal);
    else await (await this.byId(this.id)).kill({ signal });
    await this.end;
  }

  /** Removes the container with all it stored; `launch` makes a new one. */
  async remove(): Promise<void> {
    if (this.id === undefined) return;
    await (await this.byId(this.id)).remove({ force: true, v: true });
    this.id = undefined;
  }

  forgetLogs(): void {
    rmSync(this.scratch, { recursive: true, force: true });
  }

  private async create() {
    const { server } = this;
    const started = await new GenericContainer(server.image)
      .withCommand(server.command)
      .withEnvironment(server.environment)
      .withCopyContentToContainer(server.files)
      .withExposedPorts({ container: server.port, host: server.hostPort })
      .withWaitStrategy(Wait.forListeningPorts())
      .start();
    this.id = started.getId();
    return this.byId(this.id);
  }

  private async container(id: string) {
    const container = await this.byId(id);
    await container.start();
    return container;
  }

  private async byId(id: string) {
    return (await getContainerRuntimeClient()).container.getById(id);
  }
}

/**
 * True when the container's process can be signalled from here, which is many times faster than through Docker: a test
 * that kills a server in the middle of its work hits the middle. False in a virtual machine and without root.
 */
function isOurProcess(pid: number, containerId: string): boolean {
  const cgroup = `/proc/${pid}/cgroup`;
  return process.getuid?.() === 0 && existsSync(cgroup) && readFileSync(cgroup, 'utf8').includes(containerId);
}

/** Rejects when the port is closed, or open without a server behind it (Docker's proxy accepts first). */
function greetsAsNats(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 1_000 });
    socket.on('error', reject);
    socket.on('timeout', () => socket.destroy(new Error('no greeting')));
    socket.on('close', () => reject(new Error('closed without a greeting')));
    socket.on('data', (bytes) => {
      if (bytes.toString('utf8').startsWith('INFO ')) resolve();
      socket.destroy();
    });
  });
}

export async function startNatsContainer(options: NatsServerOptions = {}): Promise<NatsServer> {
  const hostPort = options.port ?? (await freePort());
  const login =
    options.user === undefined || options.password === undefined
      ? ''
      : `authorization { user: ${JSON.stringify(options.user)}, password: ${JSON.stringify(options.password)} }\n`;
  const content = `port: 4222\njetstream { store_dir: /data, max_file_store: 256GB, max_memory_store: 1GB }\n${login}`;
  const contained = new Contained({
    image: NATS_IMAGE,
    port: 4222,
    hostPort,
    command: ['--config', '/etc/nats/server.conf'],
    environment: {},
    files: [{ content, target: '/etc/nats/server.conf' }],
    answers: () => greetsAsNats(hostPort),
  });
  await contained.launch();
  return {
    url: `nats://127.0.0.1:${hostPort}`,
    port: hostPort,
    logFile: contained.logFile,
    get pid() {
      return contained.pid;
    },
    get isAlive() {
      return contained.isAlive;
    },
    get exited() {
      return contained.exited;
    },
    kill: () => contained.signal('SIGKILL'),
    async stop() {
      await contained.signal('SIGTERM');
      await contained.remove();
      contained.forgetLogs();
    },
    async restart() {
      await contained.signal('SIGTERM');
      await contained.launch();
    },
    async wipe() {
      await contained.signal('SIGKILL');
      await contained.remove();
    },
  };
}

export async function startPostgresContainer(options: PostgresServerOptions = {}): Promise<PostgresServer> {
  const host = '127.0.0.1';
  const port = options.port ?? (await freePort());
  const user = 'postgres';
  const password = options.password ?? 'only-for-this-test';
  const withClient = async (work: (client: Client) => Promise<unknown>) => {
    const client = new Client({ host, port, user, password, database: 'postgres' });
    client.on('error', () => undefined);
    await client.connect();
    await work(client).finally(() => client.end());
  };
  const lasting = options.durable === true ? [] : ['-c', 'fsync=off', '-c', 'full_page_writes=off'];
  const contained = new Contained({
    image: POSTGRES_IMAGE,
    port: 5432,
    hostPort: port,
    command: ['postgres', '-c', 'max_connections=200', ...lasting],
    environment: { POSTGRES_PASSWORD: password },
    files: [],
    answers: () => withClient((client) => client.query('SELECT 1')),
  });
  await contained.launch();
  return {
    host,
    port,
    user,
    password,
    dataDir: '/var/lib/postgresql',
    logFile: contained.logFile,
    get pid() {
      return contained.pid;
    },
    get isAlive() {
      return contained.isAlive;
    },
    get exited() {
      return contained.exited;
    },
    createDatabase: (name) => withClient((client) => client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`)),
    kill: () => contained.signal('SIGKILL'),
    async stop() {
      await contained.signal('SIGINT');
      await contained.remove();
      contained.forgetLogs();
    },
    async restart() {
      await contained.signal('SIGINT');
      await contained.launch();
    },
  };
}
