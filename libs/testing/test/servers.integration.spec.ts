import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { ChatRead } from '@conversations/contracts';
import { ensureStreams, Messaging } from '@conversations/messaging';
import { createLogger } from '@conversations/runtime';
import {
  eventually,
  freePort,
  type NatsServer,
  type PostgresServer,
  startNats,
  startPostgres,
} from '@conversations/testing';
import { Client } from 'pg';

const log = createLogger('test', { level: 'silent' });

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function occupy(port: number): Promise<Server> {
  const server = createServer((socket) => socket.end('INFO {"server_name":"somebody else"}\r\n'));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
}

describe('a NATS server for tests', () => {
  let nats: NatsServer;
  let messaging: Messaging;

  beforeAll(async () => {
    nats = await startNats();
    messaging = await Messaging.connect({ servers: nats.url, name: 'test', log });
  });
  afterAll(async () => {
    await messaging.drain();
    await nats.stop();
  });

  const publish = () => messaging.publish(ChatRead, ChatRead.example.visitorId, ChatRead.example);

  it('keeps its store and its port through kill and restart, and loses the store when it is wiped', async () => {
    const { port, pid } = nats;
    await ensureStreams(messaging, { replicas: 1 });
    expect((await publish()).sequence).toBe(1);

    await nats.kill();
    expect(isAlive(pid)).toBe(false);
    await nats.restart();
    expect(nats.port).toBe(port);
    expect(nats.pid).not.toBe(pid);
    expect((await publish()).sequence).toBe(2);

    await nats.wipe();
    expect(nats.isAlive).toBe(false);
    await nats.restart();
    await eventually(() => ensureStreams(messaging, { replicas: 1 }));
    expect((await publish()).sequence).toBe(1);
  });

  it('wants the user and the password that it was given', async () => {
    const locked = await startNats({ user: 'conversations', password: 'right' });
    const connect = (password: string, firstConnectMs?: number) =>
      Messaging.connect({
        servers: locked.url,
        user: 'conversations',
        password,
        name: 'test',
        log,
        firstConnectMs,
      });
    await expect(connect('wrong', 500)).rejects.toThrow();
    await (await connect('right')).drain();
    await locked.stop();
  });

  it('refuses a port that another process holds', async () => {
    const port = await freePort();
    const foreign = await occupy(port);
    await expect(startNats({ port })).rejects.toThrow(`Port ${port} is used by another process`);
    foreign.close();
  });

  it('refuses to restart onto a port that another process took meanwhile', async () => {
    const server = await startNats();
    await server.kill();
    const foreign = await occupy(server.port);
    await expect(server.restart()).rejects.toThrow(`Port ${server.port} is used by another process`);
    foreign.close();
    await server.stop();
  });
});

describe('a Postgres server for tests', () => {
  let postgres: PostgresServer;

  beforeAll(async () => {
    postgres = await startPostgres();
  }, 60_000);
  afterAll(() => postgres.stop());

  const query = async (text: string, database = 'postgres'): Promise<Record<string, unknown>[]> => {
    const { host, port, user, password } = postgres;
    const client = new Client({ host, port, user, password, database });
    await client.connect();
    const { rows } = await client.query<Record<string, unknown>>(text).finally(() => client.end());
    return rows;
  };

  it('keeps committed rows and its port through kill and restart', async () => {
    const { port, pid } = postgres;
    await postgres.createDatabase('shop');
    await query('CREATE TABLE visit (id int)', 'shop');
    await query('INSERT INTO visit VALUES (1), (2)', 'shop');

    await postgres.kill();
    expect(isAlive(pid)).toBe(false);
    await postgres.restart();
    expect(postgres.port).toBe(port);
    expect(await query('SELECT count(*)::int AS visits FROM visit', 'shop')).toEqual([{ visits: 2 }]);
  });

  it('checks the password', async () => {
    const client = new Client({ host: '127.0.0.1', port: postgres.port, user: postgres.user, password: 'wrong' });
    await expect(client.connect()).rejects.toThrow('password authentication failed');
  });

  it('refuses a port that another process holds', async () => {
    const port = await freePort();
    const foreign = await occupy(port);
    await expect(startPostgres({ port })).rejects.toThrow(`Port ${port} is used by another process`);
    foreign.close();
  });

  it('starts several at once, each with its own data', async () => {
    const servers = await Promise.all([startPostgres(), startPostgres()]);
    expect(new Set(servers.map(({ port }) => port)).size).toBe(2);
    for (const server of servers) {
      await server.stop();
      expect(existsSync(server.dataDir)).toBe(false);
    }
  });
});

describe('servers of a process that is killed', () => {
  it('end too, and leave no data behind', async () => {
    const script = `
      const { startNats, startPostgres } = require('./dist/libs/testing/src/index.js');
      Promise.all([startNats(), startPostgres()]).then(([nats, postgres]) =>
        console.log(JSON.stringify({ pids: [nats.pid, postgres.pid], dataDir: postgres.dataDir })));`;
    const cwd = join(__dirname, '..', '..', '..');
    expect(statSync(join(cwd, 'dist', 'libs', 'testing', 'src', 'index.js')).isFile()).toBe(true);
    const child = spawn(process.execPath, ['-e', script], { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
    const line = await new Promise<string>((resolve) => {
      child.stdout.once('data', (bytes: Buffer) => resolve(bytes.toString('utf8')));
    });
    const { pids, dataDir } = JSON.parse(line) as { pids: number[]; dataDir: string };
    expect(pids.map(isAlive)).toEqual([true, true]);
    child.kill('SIGKILL');
    await eventually(() => {
      expect(pids.map(isAlive)).toEqual([false, false]);
      expect(existsSync(dataDir)).toBe(false);
    });
  });
});
