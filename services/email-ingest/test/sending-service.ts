import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type DataOf, EmailDeliveryChanged, SendEmail } from '@conversations/contracts';
import { ensureStreams, Messaging } from '@conversations/messaging';
import { createLogger, findRepositoryRoot, newId } from '@conversations/runtime';
import {
  eventually,
  freePort,
  type MailCatcher,
  type NatsServer,
  type PostgresServer,
  type ServiceProcess,
  startMailCatcher,
  startNats,
  startPostgres,
  startService,
} from '@conversations/testing';
import { Client } from 'pg';

const ROLE = 'email_service';
const ROLE_PASSWORD = 'role-password-of-tests';
const DATABASE = 'conversations';

export const SIGNING_SECRET = 'signing-secret-of-tests-with-32-characters';
export const INBOX = 'inbox@shop.example';

export type Command = DataOf<typeof SendEmail>;
export type Report = DataOf<typeof EmailDeliveryChanged>;

/** The service as processes of its own, whose outgoing server is a mail catcher. */
export interface SendingService {
  nats: NatsServer;
  postgres: PostgresServer;
  catcher: MailCatcher;
  replicas: ServiceProcess[];
  blobFolder: string;
  /** The owner of the tables, in the schema of the service. */
  sql: Client;
  messaging: Messaging;
  /** Asks for a mail, as conversation does; the command that was published. */
  send(change?: Partial<Command>): Promise<Command>;
  /** What conversation hears of a message, in order. */
  reportsOf(messageId: string): Promise<Report[]>;
  /** Waits until the newest report of a message is in `state`. */
  reported(messageId: string, state: Report['state']): Promise<Report>;
  /** The mails that came out for a message. */
  copies(messageId: string): Promise<MailCatcher['mails'][number][]>;
  stop(): Promise<void>;
}

export const newCommand = (change: Partial<Command> = {}): Command => ({
  ...SendEmail.schema.parse(SendEmail.example),
  conversationId: newId('cnv'),
  messageId: newId('msg'),
  ...change,
});

export async function startSending({
  replicas = 1,
  env: extra = {},
  relay,
}: {
  replicas?: number;
  env?: NodeJS.ProcessEnv;
  /** A server between the service and the catcher. */
  relay?: (catcher: MailCatcher) => Promise<{ port: number; stop(): Promise<void> }>;
} = {}): Promise<SendingService> {
  const started: { stop(): Promise<void> }[] = [];
  const stop = async () => {
    for (const part of started.splice(0).reverse()) await part.stop();
  };
  const keep = <T extends { stop(): Promise<void> }>(part: T): T => {
    started.push(part);
    return part;
  };
  try {
    const blobFolder = mkdtempSync(join(tmpdir(), 'conversations-mail-'));
    keep({ stop: async () => rmSync(blobFolder, { recursive: true, force: true }) });
    mkdirSync(blobFolder, { recursive: true });
    const [nats, postgres, catcher] = await Promise.all([
      startNats().then(keep),
      startPostgres().then(keep),
      startMailCatcher().then(keep),
    ]);
    const between = relay === undefined ? null : keep(await relay(catcher));
    await postgres.createDatabase(DATABASE);
    const env: NodeJS.ProcessEnv = {
      NATS_URL: nats.url,
      DATABASE_HOST: postgres.host,
      DATABASE_PORT: String(postgres.port),
      DATABASE_NAME: DATABASE,
      DATABASE_USER: ROLE,
      DATABASE_PASSWORD: ROLE_PASSWORD,
      BLOB_STORE_DIR: blobFolder,
      EMAIL_INBOX_ADDRESSES: INBOX,
      EMAIL_SIGNING_KEYS: `a:${SIGNING_SECRET}`,
      EMAIL_OUT_PORT: String(between?.port ?? catcher.smtpPort),
      EMAIL_OUT_RETRY_SECONDS: '0.3',
      // A replica that stands still for some seconds keeps its mails.
      EMAIL_OUT_LEASE_SECONDS: '10',
      EMAIL_OUT_PER_DOMAIN: '100000',
    };
    const migrate = join(findRepositoryRoot(), 'dist', 'services', 'email-ingest', 'src', 'migrate.js');
    const admin = { DATABASE_ADMIN_USER: postgres.user, DATABASE_ADMIN_PASSWORD: postgres.password };
    await promisify(execFile)(process.execPath, [migrate], { env: { ...process.env, ...env, ...admin } });
    const log = createLogger('test', { level: 'fatal' });
    const messaging = await Messaging.connect({ servers: nats.url, name: 'test', log });
    keep({ stop: () => messaging.drain() });
    await ensureStreams(messaging);
    const sql = new Client({
      host: postgres.host,
      port: postgres.port,
      database: DATABASE,
      user: postgres.user,
      password: postgres.password,
    });
    await sql.connect();
    keep({ stop: () => sql.end() });
    await sql.query('SET search_path = email');
    const processes = await Promise.all(
      Array.from({ length: replicas }, async () =>
        keep(
          await startService('email-ingest', {
            ...env,
            EMAIL_SMTP_PORT: String(await freePort()),
            EMAIL_INGEST_PORT: String(await freePort()),
            ...extra,
          }),
        ),
      ),
    );

    const reportsOf = async (messageId: string) => {
      const { rows } = await sql.query<{ body: string }>('SELECT body FROM outbox ORDER BY seq');
      return rows
        .map(({ body }) => (JSON.parse(body) as { data: Report }).data)
        .filter((report) => report.messageId === messageId && 'state' in report);
    };
    return {
      nats,
      postgres,
      catcher,
      replicas: processes,
      blobFolder,
      sql,
      messaging,
      async send(change = {}) {
        const command = newCommand(change);
        await messaging.publish(SendEmail, command.conversationId, command);
        return command;
      },
      reportsOf,
      reported: (messageId, state) =>
        eventually(
          async () => {
            const report = (await reportsOf(messageId)).at(-1);
            if (report?.state !== state) throw new Error(`${messageId} is ${JSON.stringify(report)}, not ${state}`);
            return report;
          },
          { timeoutMs: 20_000 },
        ),
      async copies(messageId) {
        const { rows } = await sql.query<{ rfc_message_id: string }>(
          'SELECT rfc_message_id FROM send WHERE message_id = $1',
          [messageId],
        );
        return catcher.mails.filter(({ parsed }) => parsed.messageId === `<${rows[0]?.rfc_message_id ?? ''}>`);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
