import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { wantsContainers } from './container-mode';
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
import { openTemporaryFolder, postgresBinaries } from './postgres-binaries';
import { copyTemplate, initialiseData, postgresDataFolder, SUPERUSER } from './postgres-data';
import { messageOf } from './system-error';

export interface PostgresServerOptions {
  /** Keeps the data there; without it the data are temporary, written without fsync, and deleted by `stop`. */
  dataDir?: string;
  /** The superuser's, when `dataDir` is made or was made with it. */
  password?: string;
  /** Fails when it is in use; without it any free port. */
  port?: number;
  /** True: commits reach the disk as in production. Default: true with `dataDir`, else false. */
  durable?: boolean;
  logFile?: string;
  /** Hears what takes long or lies elsewhere than expected. */
  onProgress?: (line: string) => void;
}

/** A Postgres server on the loopback address, ended with this process at the latest. */
export interface PostgresServer {
  readonly host: string;
  readonly port: number;
  /** Name and password of the superuser. */
  readonly user: string;
  readonly password: string;
  readonly pid: number;
  readonly isAlive: boolean;
  readonly logFile: string;
  readonly dataDir: string;
  readonly exited: Promise<ExitStatus>;
  createDatabase(name: string): Promise<void>;
  /** SIGKILL of the postmaster; its backends end by themselves. */
  kill(): Promise<void>;
  /** Fast shutdown; temporary data are deleted. */
  stop(): Promise<void>;
  /** Starts again on the same port and data, after a fast shutdown when it still runs. */
  restart(): Promise<void>;
}

const NOT_FOR_KEEPS = ['-c', 'fsync=off', '-c', 'full_page_writes=off'];
/** The files or the shared memory of a server that was killed a moment ago are still held by its backends. */
const PREDECESSOR_LIVES = /pre-existing shared memory block|lock file "postmaster.pid" already exists/;

export async function startPostgres(options: PostgresServerOptions = {}): Promise<PostgresServer> {
  if (wantsContainers()) return (await import('./containers')).startPostgresContainer(options);
  const say = options.onProgress ?? (() => undefined);
  const binaries = await postgresBinaries(say);
  const { account } = binaries;
  const scratch = mkdtempSync(join(openTemporaryFolder(), 'conversations-postgres-'));
  removeFolderWithParent(scratch);
  if (account) chownSync(scratch, account.uid, account.gid);
  const logFile = options.logFile ?? join(scratch, 'postgres.log');
  const dataDir = options.dataDir === undefined ? join(scratch, 'data') : postgresDataFolder(options.dataDir);
  const durable = options.durable ?? options.dataDir !== undefined;
  let password = options.password ?? '';
  let port = options.port ?? 0;
  let server: GuardedProcess | undefined;

  const isReady = (pid: number) => {
    const file = join(dataDir, 'postmaster.pid');
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    return lines[0] === String(pid) && lines[3] === String(port) && lines[7]?.trim() === 'ready';
  };
  const client = () => new Client({ host: '127.0.0.1', port, user: SUPERUSER, password, database: 'postgres' });
  const assertOurs = async () => {
    const connection = client();
    await connection.connect();
    const { rows } = await connection
      .query<{ data_directory: string }>('SHOW data_directory')
      .finally(() => connection.end());
    if (rows[0]?.data_directory !== dataDir)
      throw new Error(`Port ${port} belongs to a Postgres that was not started here`);
  };

  const launchOnce = async () => {
    if (!(await portIsFree(port))) throw new Error(`Port ${port} is used by another process; Postgres cannot have it`);
    const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200'];
    const args = ['-D', dataDir, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
    const started = spawnGuarded(binaries.postgres, [...args, ...(durable ? [] : NOT_FOR_KEEPS)], {
      logFile,
      orphanSignal: 'SIGINT',
      ...account,
    });
    server = started;
    await eventually(
      () => {
        if (started.isAlive && !isReady(started.pid)) throw new Error(`Postgres is not ready:\n${lastLines(logFile)}`);
      },
      { timeoutMs: 60_000, everyMs: 10 },
    );
    if (!started.isAlive) {
      await started.exited;
      throw new Error(`Postgres ended while starting:\n${lastLines(logFile)}`);
    }
    await assertOurs();
  };
  const launch = async () => {
    for (const end = Date.now() + 10_000; ;) {
      try {
        await launchOnce();
        return;
      } catch (error) {
        const again = PREDECESSOR_LIVES.test(messageOf(error)) && Date.now() < end;
        if (!again) throw error;
      }
    }
  };
  const prepareData = async () => {
    if (options.dataDir === undefined) {
      password = await copyTemplate(binaries, dataDir);
      return;
    }
    password ||= randomBytes(18).toString('base64url');
    if (existsSync(join(dataDir, 'PG_VERSION'))) {
      const made = readFileSync(join(dataDir, 'PG_VERSION'), 'utf8').trim();
      const wanted = binaries.version.split('.')[0];
      if (made !== wanted)
        throw new Error(`${dataDir} was made by Postgres ${made}, this is Postgres ${String(wanted)}`);
      return;
    }
    say(`making a database in ${dataDir}`);
    mkdirSync(dirname(dataDir), { recursive: true });
    await initialiseData(binaries, dataDir, password);
  };
  const dispose = async () => {
    rmSync(scratch, { recursive: true, force: true });
    await keepFolder(scratch);
  };
  const close = async () => {
    if (server?.isAlive) await server.end('SIGINT', 20_000);
  };

  try {
    await prepareData();
    for (let tries = 1; ; tries += 1) {
      port = options.port ?? (await freePort());
      try {
        await launch();
        break;
      } catch (error) {
        await close();
        if (options.port !== undefined || tries === 3) throw error;
      }
    }
  } catch (error) {
    await dispose();
    throw error;
  }

  const current = () => {
    if (!server) throw new Error('Postgres was not started');
    return server;
  };
  return {
    host: '127.0.0.1',
    port,
    user: SUPERUSER,
    password,
    logFile,
    dataDir,
    get pid() {
      return current().pid;
    },
    get isAlive() {
      return current().isAlive;
    },
    get exited() {
      return current().exited;
    },
    async createDatabase(name) {
      const connection = client();
      await connection.connect();
      await connection.query(`CREATE DATABASE ${connection.escapeIdentifier(name)}`).finally(() => connection.end());
    },
    async kill() {
      await current().end('SIGKILL');
    },
    async stop() {
      await close();
      await dispose();
    },
    async restart() {
      await close();
      await launch();
    },
  };
}
