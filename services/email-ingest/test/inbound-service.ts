import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type DataOf, type EmailMessageReceived, ListEmailChannels, type OutputOf } from '@conversations/contracts';
import { ensureStreams, Messaging } from '@conversations/messaging';
import { createLogger, findRepositoryRoot } from '@conversations/runtime';
import {
  eventually,
  freePort,
  keepFolder,
  type NatsServer,
  type PostgresServer,
  removeFolderWithParent,
  type ServiceProcess,
  startNats,
  startPostgres,
  startService,
} from '@conversations/testing';
import { createTransport } from 'nodemailer';
import { Client } from 'pg';
import { SigningKeysSetting } from '../src/threading/signing-keys';

export type Received = DataOf<typeof EmailMessageReceived>;

const ROLE_PASSWORD = 'role-password-of-tests';
const SIGNING = 'a:0123456789abcdef0123456789abcdef';
export const INBOX = 'inbox@shop.example';
export const FORWARDER = 'agent@shop.example';
export const TOKEN = 'token-of-tests-0123456789';
/** The installation's keys, for tests that play the outgoing side. */
export const keys = SigningKeysSetting.parse(SIGNING);

export interface InboundService {
  nats: NatsServer;
  postgres: PostgresServer;
  /** One after another unless started with more. */
  replicas: ServiceProcess[];
  smtpPorts: number[];
  httpUrl: string;
  blobs: string;
  messaging: Messaging;
  readonly sql: Client;
  /** Every message that was announced, in the order of the outbox. */
  received(): Promise<Received[]>;
  /** Hands a raw mail over by SMTP; rejects with the server's answer. */
  send(raw: string | Buffer, envelope?: { from?: string; to?: string[] }): Promise<void>;
  /** Hands it over by HTTP; the raw id. */
  post(raw: string | Buffer): Promise<string>;
  /** The message of the mail with this text in its subject. */
  messageAbout(subject: string): Promise<Received>;
  /** Runs the replay command. */
  replay(...words: string[]): Promise<void>;
  channels(): Promise<OutputOf<typeof ListEmailChannels>>;
  /** Opens `sql` anew after the database was away. */
  reconnect(): Promise<void>;
  addReplica(env?: NodeJS.ProcessEnv): Promise<ServiceProcess>;
  stop(): Promise<void>;
}

export async function startInbound(env: NodeJS.ProcessEnv = {}): Promise<InboundService> {
  const scratch = mkdtempSync(join(tmpdir(), 'conversations-mail-'));
  removeFolderWithParent(scratch);
  const blobs = join(scratch, 'blobs');
  mkdirSync(blobs);
  const started: { stop(): Promise<void> }[] = [];
  const stop = async () => {
    for (const part of started.splice(0).reverse()) await part.stop();
    rmSync(scratch, { recursive: true, force: true });
    await keepFolder(scratch);
  };
  const keep = <T extends { stop(): Promise<void> }>(part: T): T => {
    started.push(part);
    return part;
  };
  try {
    const [nats, postgres] = await Promise.all([startNats().then(keep), startPostgres().then(keep)]);
    await postgres.createDatabase('conversations');
    const httpPort = await freePort();
    const database = {
      NATS_URL: nats.url,
      DATABASE_HOST: postgres.host,
      DATABASE_PORT: String(postgres.port),
      DATABASE_NAME: 'conversations',
      DATABASE_USER: 'email_service',
      DATABASE_PASSWORD: ROLE_PASSWORD,
    };
    const settings: NodeJS.ProcessEnv = {
      ...database,
      BLOB_STORE_DIR: blobs,
      EMAIL_INBOX_ADDRESSES: `${INBOX},help@shop.example`,
      EMAIL_SIGNING_KEYS: SIGNING,
      EMAIL_INGEST_TOKEN: TOKEN,
      EMAIL_FORWARDERS: FORWARDER,
      EMAIL_AUTHSERV_ID: 'mx.shop.example',
      ...env,
    };
    const migrate = join(findRepositoryRoot(), 'dist', 'services', 'email-ingest', 'src', 'migrate.js');
    await promisify(execFile)(process.execPath, [migrate], {
      env: {
        ...process.env,
        ...database,
        DATABASE_ADMIN_USER: postgres.user,
        DATABASE_ADMIN_PASSWORD: postgres.password,
      },
    });
    const messaging = await Messaging.connect({
      servers: nats.url,
      name: 'test',
      log: createLogger('test', { level: 'fatal' }),
    });
    keep({ stop: () => messaging.drain() });
    await ensureStreams(messaging);
    const connect = async () => {
      const { host, port, user, password } = postgres;
      const client = new Client({ host, port, user, password, database: 'conversations' });
      // A test may restart the server.
      client.on('error', () => undefined);
      await client.connect();
      await client.query('SET search_path = email');
      return client;
    };
    let sql = await connect();
    keep({ stop: () => sql.end() });

    const replicas: ServiceProcess[] = [];
    const smtpPorts: number[] = [];
    const addReplica = async (more: NodeJS.ProcessEnv = {}) => {
      const smtpPort = await freePort();
      const http = replicas.length === 0 ? httpPort : await freePort();
      const ports = { EMAIL_SMTP_PORT: String(smtpPort), EMAIL_INGEST_PORT: String(http) };
      const replica = keep(await startService('email-ingest', { ...settings, ...ports, ...more }));
      replicas.push(replica);
      smtpPorts.push(smtpPort);
      return replica;
    };
    await addReplica();

    const received = async () => {
      const { rows } = await sql.query<{ body: string }>(
        `SELECT body FROM email.outbox WHERE subject LIKE 'in.email.message-received.%' ORDER BY seq`,
      );
      return rows.map(({ body }) => (JSON.parse(body) as { data: Received }).data);
    };
    return {
      nats,
      postgres,
      replicas,
      smtpPorts,
      httpUrl: `http://127.0.0.1:${httpPort}/inbound/raw`,
      blobs,
      messaging,
      get sql() {
        return sql;
      },
      async reconnect() {
        await sql.end().catch(() => undefined);
        sql = await connect();
      },
      async replay(...words) {
        const file = join(findRepositoryRoot(), 'dist', 'services', 'email-ingest', 'src', 'replay.js');
        await promisify(execFile)(process.execPath, [file, ...words], { env: { ...process.env, ...database } });
      },
      channels: () => messaging.request(ListEmailChannels, {}),
      received,
      send: (raw, envelope) => sendRaw(smtpPorts[0] ?? 0, raw, envelope),
      async post(raw) {
        const response = await fetch(`http://127.0.0.1:${httpPort}/inbound/raw`, {
          method: 'POST',
          headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'message/rfc822' },
          body: new Uint8Array(Buffer.from(raw)),
        });
        if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
        return ((await response.json()) as { id: string }).id;
      },
      messageAbout: (subject) =>
        eventually(
          async () => {
            const found = (await received()).filter((message) => message.subject.includes(subject));
            expect(found).toHaveLength(1);
            return found[0]!;
          },
          { timeoutMs: 20_000 },
        ),
      addReplica,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

export async function sendRaw(
  port: number,
  raw: string | Buffer,
  { from = 'ann@example.com', to = [INBOX] }: { from?: string; to?: string[] } = {},
): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true });
  try {
    await transport.sendMail({ envelope: { from, to }, raw });
  } finally {
    transport.close();
  }
}

/** A plain mail; fields with a value of null are left out. */
export function mail(fields: Record<string, string | string[] | null> = {}, body = 'Hello there.'): string {
  const all: Record<string, string | string[] | null> = {
    From: 'Ann Okafor <ann@example.com>',
    To: INBOX,
    Subject: 'A question',
    'Message-ID': `<${randomBytes(8).toString('hex')}@example.com>`,
    Date: new Date().toUTCString(),
    'Content-Type': 'text/plain; charset=utf-8',
    ...fields,
  };
  const lines = Object.entries(all).flatMap(([name, value]) =>
    value === null ? [] : [value].flat().map((line) => `${name}: ${line}`),
  );
  return `${lines.join('\r\n')}\r\n\r\n${body.replace(/\r?\n/g, '\r\n')}\r\n`;
}
