import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { findRepositoryRoot } from '@conversations/runtime';
import { DEMO_SITE, type Stack } from '@conversations/testing';
import { WebSocket } from 'ws';

/** Something that takes visitors' frames on one side and pushes them to an agent on the other. */
export interface Pipeline {
  name: string;
  /** Sends one message of a visitor; `mark` is what the push is recognised by. */
  send(visitor: number, clientId: string, mark: string): void;
  /** One listener at a time: a run takes over from the one before. */
  onPush(listener: (mark: string) => void): void;
  close(): Promise<void>;
}

const MARK = /\bmark-[0-9a-z-]+\b/;

function opened(
  url: string,
  options: { protocol?: string; headers?: Record<string, string> } = {},
): Promise<WebSocket> {
  const socket = new WebSocket(url, options.protocol ? [options.protocol] : [], {
    perMessageDeflate: false,
    ...(options.headers ? { headers: options.headers } : {}),
  });
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
}

function onMarks(socket: WebSocket): Pipeline['onPush'] {
  let hear: (mark: string) => void = () => undefined;
  socket.on('message', (raw: Buffer) => {
    const mark = MARK.exec(raw.toString('utf8'));
    if (mark) hear(mark[0]);
  });
  return (listener) => {
    hear = listener;
  };
}

/** Three plain scripts on the stack's own broker and database. */
export async function floorPipeline(stack: Stack, visitors: number): Promise<Pipeline> {
  const children: ChildProcess[] = [];
  const start = async (role: string): Promise<number> => {
    const child = spawn(process.execPath, [join(findRepositoryRoot(), 'dist/deploy/load/floor.js'), role], {
      env: {
        PATH: process.env['PATH'],
        NATS_URL: stack.nats.url,
        PGHOST: stack.postgres.host,
        PGPORT: String(stack.postgres.port),
        PGUSER: stack.postgres.user,
        PGPASSWORD: stack.postgres.password,
        PGDATABASE: stack.installation.database.name,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    return Number(line.toString().trim().split(' ')[1]);
  };
  await start('store');
  const inPort = await start('in');
  const outPort = await start('out');
  const sockets = await Promise.all(Array.from({ length: visitors }, () => opened(`ws://127.0.0.1:${inPort}`)));
  const agent = await opened(`ws://127.0.0.1:${outPort}`);
  return {
    name: 'floor',
    send: (visitor, clientId, mark) =>
      sockets[visitor % visitors]?.send(
        JSON.stringify({ clientId, conversation: `c${visitor % visitors}`, text: mark }),
      ),
    onPush: onMarks(agent),
    close: async () => {
      for (const socket of [...sockets, agent]) socket.terminate();
      for (const child of children) {
        child.kill('SIGTERM');
        if (child.exitCode === null) await once(child, 'exit');
      }
    },
  };
}

/** What an inbox needs of every change; the agent's screens subscribe to the same. */
const INBOX_SUBSCRIPTION = `subscription Inbox { inboxChanged {
  __typename
  ... on StreamReady { cursor }
  ... on ConversationUpserted { cursor notify conversation {
    id version status unread waitingForReply title lastChannel lastActivityAt
    lastMessage { id text channel direction createdAt }
  } }
} }`;

/** The product itself: widget protocol in, an agent's GraphQL subscription out. */
export async function productPipeline(stack: Stack, visitors: number): Promise<Pipeline> {
  const chatUrl = stack.chatUrls[0] as string;
  const gatewayUrl = stack.gatewayUrls[0] as string;
  const sockets = await Promise.all(
    Array.from({ length: visitors }, async (_, index) => {
      const socket = await opened(`${chatUrl.replace('http', 'ws')}/chat`, { headers: { origin: chatUrl } });
      socket.on('message', (raw: Buffer) => {
        if (raw.includes('"t":"ping"')) socket.send('{"t":"pong"}');
      });
      const welcome = once(socket, 'message');
      socket.send(JSON.stringify({ t: 'hello', v: 1, site: DEMO_SITE, token: null, tab: `bench${index}`, lastSeq: 0 }));
      await welcome;
      return socket;
    }),
  );
  const agent = await stack.signIn('amelie');
  const screen = await opened(`${gatewayUrl.replace('http', 'ws')}/graphql`, {
    protocol: 'graphql-transport-ws',
    headers: { origin: stack.installation.publicOrigin, cookie: agent.cookie },
  });
  const ready = new Promise<void>((resolve, reject) => {
    screen.on('message', (raw: Buffer) => {
      if (raw.includes('"connection_ack"'))
        screen.send(JSON.stringify({ id: 'inbox', type: 'subscribe', payload: { query: INBOX_SUBSCRIPTION } }));
      if (raw.includes('StreamReady')) resolve();
      if (raw.includes('"type":"ping"')) screen.send('{"type":"pong"}');
      if (raw.includes('"type":"error"')) reject(new Error(raw.toString('utf8')));
    });
  });
  screen.send('{"type":"connection_init"}');
  await ready;
  return {
    name: 'product',
    send: (visitor, clientId, mark) =>
      sockets[visitor % visitors]?.send(JSON.stringify({ t: 'send', clientId, text: mark })),
    onPush: onMarks(screen),
    close: () => {
      for (const socket of [...sockets, screen]) socket.terminate();
      return Promise.resolve();
    },
  };
}
