import { type AgentClient, eventually, type Stack } from '@conversations/testing';
import { type ClientOptions, WebSocket } from 'ws';
import { AgentData } from '../src/data/agent-data';
import { type KeptStorage, MemoryStorage } from '../src/data/kept-storage';
import { Requests } from '../src/data/request';
import type { InboxFilter, ThreadItem } from '../src/data/types';

export interface AgentPage {
  readonly data: AgentData;
  /** How often the page was told that its session is over. */
  signedOut: number;
  /** Requests that reached the network, by operation. */
  readonly asked: string[];
  /** Frames that its socket brought. */
  readonly heard: string[];
  /** Cuts the network: requests fail and the socket dies without a word; true brings it back. */
  network(on: boolean): void;
  /** Closes the socket; the page comes back by itself. */
  drop(): void;
  /** Runs before a request leaves; what it throws is what the network does. */
  before: (operation: string) => Promise<void> | void;
  readonly session: { cookie: string };
  stop(): void;
}

const pages = new Set<AgentPage>();

/** Ends all pages of a test. */
export function closePages(): void {
  for (const page of [...pages]) page.stop();
}

/** The data of one agent's tab, in this process: everything of a page but its screen. */
export async function openPage(
  stack: Stack,
  agent: AgentClient,
  { storage = new MemoryStorage(), url = stack.gatewayUrls[0]! }: { storage?: KeptStorage; url?: string } = {},
): Promise<AgentPage> {
  const { viewer } = await agent.request<{ viewer: { agent: { id: string } } }>('{ viewer { agent { id } } }');
  const sockets = new Set<WebSocket>();
  let online = true;
  const session = { cookie: agent.cookie };
  const identity = () => ({ cookie: session.cookie, origin: stack.installation.publicOrigin });
  class PageSocket extends WebSocket {
    constructor(address: string, protocols: string | string[]) {
      const { cookie, origin } = identity();
      const options: ClientOptions = { headers: { cookie }, origin };
      super(online ? address : 'ws://127.0.0.1:9', protocols, options);
      sockets.add(this);
      this.once('close', () => sockets.delete(this));
      this.on('message', (data: Buffer) => page.heard.push(data.toString('utf8')));
    }
  }
  const transport = {
    socketUrl: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: PageSocket,
    fetch: async (path: string, init: RequestInit) => {
      const body = typeof init.body === 'string' ? init.body : '';
      const operation = /(?:query|mutation) (\w+)/.exec(body)?.[1] ?? path;
      await page.before(operation);
      if (!online) throw new TypeError('no network');
      page.asked.push(operation);
      return fetch(new URL(path, url), { ...init, headers: { ...(init.headers as object), ...identity() } });
    },
  };
  const page: AgentPage = {
    signedOut: 0,
    asked: [],
    heard: [],
    session,
    before: () => undefined,
    network: (on) => {
      online = on;
      if (on) page.data.wake();
      else for (const socket of sockets) socket.terminate();
    },
    drop: () => {
      for (const socket of sockets) socket.terminate();
    },
    data: new AgentData({
      agentId: viewer.agent.id,
      transport,
      requests: new Requests(() => transport),
      storage,
      locks: (globalThis.navigator as { locks?: LockManager }).locks,
      onSignedOut: () => (page.signedOut += 1),
      isOnline: () => online,
      isLookedAt: () => true,
      isNewerPageServed: async () => false,
    }),
    stop: () => {
      page.data.stop();
      pages.delete(page);
    },
  };
  pages.add(page);
  return page;
}

const streamsBegun = (page: AgentPage, field: 'inboxChanged' | 'conversationChanged') =>
  page.heard.filter((frame) => frame.includes(`"${field}"`) && frame.includes('"StreamReady"')).length;

/** Looks at a list as a screen does; gives its conversations as they are shown. */
export async function showList(page: AgentPage, filter: InboxFilter = { status: 'OPEN' }) {
  const list = page.data.lists.of(filter);
  const leave = list.subscribe(() => undefined);
  await eventually(() => {
    expect(list.get().state).toBe('ready');
    // A feed that is slow comes after the list, which is then loaded again.
    expect(streamsBegun(page, 'inboxChanged')).toBeGreaterThan(0);
  });
  const rows = () => list.get().ids.map((id) => page.data.rows.get(id)!);
  return { view: list.get, rows, texts: () => rows().map((row) => row.lastMessage?.text), leave, list };
}

/** Opens a thread as a screen does. */
export async function showThread(page: AgentPage, id: string) {
  const thread = page.data.threads.of(id);
  const forget = thread.subscribe(() => undefined);
  const before = streamsBegun(page, 'conversationChanged');
  const leave = page.data.threads.show(id);
  await eventually(() => {
    expect(thread.get().state).toBe('ready');
    // A stream that is slow comes after the thread, which is then loaded again.
    expect(streamsBegun(page, 'conversationChanged')).toBeGreaterThan(before);
  });
  return {
    thread,
    view: thread.get,
    texts: () => thread.get().items.map(textOf),
    messages: () =>
      thread
        .get()
        .items.filter(({ kind }) => kind !== 'activity')
        .map(textOf),
    leave: () => {
      leave();
      forget();
    },
  };
}

export function textOf(item: ThreadItem): string {
  if (item.kind === 'message') return item.message.text;
  return item.kind === 'pending' ? `(${item.pending.text})` : `[${item.activity.kind}]`;
}
