import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  GetAutomation,
  GetConversations,
  ListTimelines,
  Reply,
  SaveAutomation,
  type AutomationContent,
  type GatewayFrame,
  type InputOf,
  type MessageSnapshot,
  type OutputOf,
} from '@conversations/contracts';
import { Messaging } from '@conversations/messaging';
import { createLogger, findRepositoryRoot } from '@conversations/runtime';
import {
  freePort,
  migrationEnvironment,
  serviceEnvironment,
  startNats,
  startPostgres,
  startService,
  WidgetClient,
  type Installation,
  type NatsServer,
  type PostgresServer,
  type ServiceProcess,
  type WidgetClientOptions,
} from '@conversations/testing';
import { WebSocket, type ClientOptions } from 'ws';

export const SITE = 'site_demo';
export const OTHER_SITE = 'site_other';
export const SHOP = 'https://shop.example';
export const OTHER_SHOP = 'https://other.example';
export const IDENTITY_SECRET = 'the secret that the shop and the gateway share';

const AGENT = { kind: 'agent' as const, id: 'agt_019329a0c4af7cc0a1b2c3d4e5f60718', name: 'Amélie' };

const NO_LIMITS = {
  CHAT_LIMIT_SOCKETS_PER_ADDRESS: '100000',
  CHAT_LIMIT_UPGRADES_PER_MINUTE: '1000000',
  CHAT_LIMIT_NEW_VISITORS_PER_HOUR: '1000000',
  CHAT_LIMIT_SOCKETS_PER_VISITOR: '1000',
  CHAT_LIMIT_MESSAGES_PER_MINUTE: '1000000',
  CHAT_LIMIT_REQUESTS_PER_MINUTE: '1000000',
  CHAT_LIMIT_UPLOADS_PER_VISITOR: '1000000',
  CHAT_LIMIT_UPLOADS_PER_ADDRESS: '1000000',
};

/** Broker, database, conversation and any number of chat-gateways, with the agents' side spoken by the test itself. */
export interface ChatStack {
  nats: NatsServer;
  postgres: PostgresServer;
  conversation: ServiceProcess;
  gateways: ServiceProcess[];
  urls: string[];
  /** The agents' end of the broker. */
  messaging: Messaging;
  widget(options?: Partial<WidgetClientOptions>): WidgetClient;
  blobFolder: string;
  reply(conversationId: string, text: string, attachmentIds?: string[]): Promise<MessageSnapshot>;
  thread(conversationId: string): Promise<MessageSnapshot[]>;
  /** The conversation of a browser that has written. */
  conversationOf(browser: WidgetClient): string;
  by: typeof AGENT;
  stop(): Promise<void>;
}

export async function startChat(options: { gateways?: number; env?: NodeJS.ProcessEnv } = {}): Promise<ChatStack> {
  const started: { stop(): Promise<void> }[] = [];
  const keep = <T extends { stop(): Promise<void> }>(part: T): T => {
    started.push(part);
    return part;
  };
  const blobFolder = mkdtempSync(join(tmpdir(), 'conversations-blobs-'));
  const stop = async () => {
    for (const part of started.splice(0).reverse()) await part.stop();
    rmSync(blobFolder, { recursive: true, force: true });
  };
  try {
    const [nats, postgres] = await Promise.all([startNats().then(keep), startPostgres().then(keep)]);
    await postgres.createDatabase('conversations');
    const installation: Installation = {
      nats: { url: nats.url },
      database: {
        host: postgres.host,
        port: postgres.port,
        name: 'conversations',
        adminUser: postgres.user,
        adminPassword: postgres.password,
      },
      rolePassword: randomBytes(18).toString('base64url'),
      chatTokenSecret: randomBytes(32).toString('base64url'),
      demoPassword: '',
      publicOrigin: 'http://localhost',
      siteOrigins: [SHOP],
      blobFolder,
    };
    const migrate = join(findRepositoryRoot(), 'dist', 'services', 'conversation', 'src', 'migrate.js');
    await promisify(execFile)(process.execPath, [migrate], {
      env: { ...process.env, ...migrationEnvironment('conversation', installation) },
    });
    const conversation = keep(
      await startService('conversation', {
        ...serviceEnvironment('conversation', installation),
        CHATBOT_DEFAULT_FLOW: 'off',
        ...options.env,
      }),
    );
    const ports = await Promise.all(Array.from({ length: options.gateways ?? 1 }, freePort));
    const gateways = await Promise.all(
      ports.map(async (port) =>
        keep(
          await startService('chat-gateway', {
            ...serviceEnvironment('chat-gateway', installation),
            ...NO_LIMITS,
            CHAT_SITES: JSON.stringify([
              { id: SITE, name: 'Shop', origins: [SHOP], identitySecret: IDENTITY_SECRET },
              { id: OTHER_SITE, name: 'Other shop', origins: [OTHER_SHOP] },
            ]),
            CHAT_DRAIN_SECONDS: '1',
            ...options.env,
            CHAT_GATEWAY_PORT: String(port),
          }),
        ),
      ),
    );
    const messaging = await Messaging.connect({
      servers: nats.url,
      name: 'test',
      log: createLogger('test', { level: 'silent' }),
    });
    keep({ stop: () => messaging.drain() });
    const urls = ports.map((port) => `http://localhost:${String(port)}`);
    return {
      nats,
      postgres,
      conversation,
      gateways,
      urls,
      messaging,
      by: AGENT,
      widget: (overrides = {}) => new WidgetClient({ urls, site: SITE, ...overrides }),
      blobFolder,
      reply: async (conversationId, text, attachmentIds = []) => {
        const clientMessageId = crypto.randomUUID();
        const input = { conversationId, by: AGENT, channel: 'chat' as const, text, clientMessageId };
        const { message } = await messaging.request(Reply, { ...input, attachmentIds, complete: false });
        return message;
      },
      thread: (conversationId) => readThread(messaging, conversationId),
      conversationOf: (browser) => {
        const id = browser.welcomes.at(-1)?.thread?.id;
        if (id === undefined) throw new Error('the last welcome named no conversation');
        return id;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Timelines = InputOf<typeof ListTimelines>;

async function readThread(messaging: Messaging, conversationId: string): Promise<MessageSnapshot[]> {
  const messages: MessageSnapshot[] = [];
  for (let after: string | null = null, more = true; more;) {
    const page: Timelines['pages'][number] = { conversationId, limit: 100, before: null, after, forward: true };
    const answer: OutputOf<typeof ListTimelines> = await messaging.request(ListTimelines, { pages: [page] });
    const items = answer.pages[0]?.items ?? [];
    for (const item of items) if (item.kind === 'message') messages.push(item.message);
    after = items.at(-1)?.cursor ?? null;
    more = answer.pages[0]?.hasNextPage ?? false;
  }
  return messages;
}

/** Turns on, or off, a flow that asks visitors for their address and a company. */
export async function asksForm(stack: ChatStack, enabled: boolean): Promise<void> {
  const { automation } = await stack.messaging.request(GetAutomation, { version: null });
  const content: AutomationContent = {
    ...{ enabled, botName: 'Robin', openingHours: null },
    trigger: { kind: 'VISITOR_SENDS_FIRST_MESSAGE', urlContains: null },
    steps: [
      {
        id: 'who',
        kind: 'form',
        prompt: 'Who are you?',
        submitLabel: 'Send',
        fields: [
          { key: 'email', label: 'Your address', required: true },
          { key: 'name', label: 'Your name', required: false },
          { key: 'company', label: 'Your company', required: true },
        ],
      },
      { id: 'over', kind: 'handoff', text: 'Thank you' },
    ],
  };
  await stack.messaging.request(SaveAutomation, { expectedVersion: automation?.version ?? 0, content, by: stack.by });
}

export async function conversationState(stack: ChatStack, id: string) {
  const { items } = await stack.messaging.request(GetConversations, { ids: [id] });
  const [conversation] = items;
  if (conversation === undefined || conversation === null) throw new Error(`no conversation ${id}`);
  return conversation;
}

/** A socket without a client's manners, for what a browser's script would never send. */
export interface BareSocket {
  ws: WebSocket;
  frames: GatewayFrame[];
  send(frame: object | string): void;
  /** Resolves with the close code. */
  closed: Promise<number>;
}

/** Rejects with the message of ws when the upgrade is refused, e.g. "Unexpected server response: 403". */
export async function openSocket(url: string, options: ClientOptions = {}): Promise<BareSocket> {
  const ws = new WebSocket(new URL('/chat', url.replace(/^http/, 'ws')), { origin: SHOP, ...options });
  const frames: GatewayFrame[] = [];
  ws.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString('utf8')) as GatewayFrame));
  const closed = new Promise<number>((resolve) => ws.once('close', resolve));
  await new Promise<void>((resolve, reject) => {
    ws.once('open', resolve);
    ws.once('error', reject);
  });
  ws.on('error', () => ws.terminate());
  return { ws, frames, closed, send: (frame) => ws.send(typeof frame === 'string' ? frame : JSON.stringify(frame)) };
}

export const hello = (more: object = {}) => ({
  t: 'hello',
  v: 1,
  site: SITE,
  token: null,
  tab: 'tab-1',
  lastSeq: 0,
  ...more,
});
