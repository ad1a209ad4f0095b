import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { GatewayFrame, WidgetFrame } from '@conversations/contracts';
import { eventually } from '@conversations/testing';
import { WebSocketServer, type WebSocket as ServerSocket } from 'ws';
import { Connection, type ConnectionState, type Hello } from '../src/connection';

/** A gateway whose every word the test says. */
class ScriptedGateway {
  readonly sockets: ServerSocket[] = [];
  readonly heard: WidgetFrame[] = [];
  readonly requests: string[] = [];
  /** False: it takes connections and never says a word. */
  welcomes = true;
  heartbeat = 20;
  /** Ends every connection that comes, as a proxy before a dead gateway does. */
  hangsUp = false;
  /** When each connection came, in milliseconds. */
  readonly came: number[] = [];
  /** So many answers of HTTP break off in the middle. */
  torn = 0;

  private constructor(
    private readonly http: Server,
    private readonly ws: WebSocketServer,
  ) {
    ws.on('connection', (socket) => {
      this.came.push(performance.now());
      this.sockets.push(socket);
      if (this.hangsUp) socket.terminate();
      socket.on('message', (data: Buffer) => {
        const frame = JSON.parse(data.toString()) as WidgetFrame;
        this.heard.push(frame);
        if (frame.t === 'hello' && this.welcomes) this.say(welcome(this.heartbeat));
      });
    });
    http.on('request', ({ url, method }, response) => {
      this.requests.push(`${method ?? ''} ${url ?? ''}`);
      const sent: GatewayFrame = { t: 'ack', clientId: 'c1', seq: 1, id: 'msg_1', at: '2026-11-22T13:00:00.000Z' };
      response.setHeader('content-type', 'application/json');
      if (method === 'GET' && this.requests.length > 1 && this.torn > 0) {
        this.torn -= 1;
        response.write('{"visitor":', () => response.destroy());
        return;
      }
      response.end(JSON.stringify(method === 'POST' ? sent : welcome(20)));
    });
  }

  static async start({ blocked = false } = {}): Promise<ScriptedGateway> {
    const http = createServer();
    const ws = new WebSocketServer(blocked ? { noServer: true } : { server: http, path: '/chat' });
    // A proxy that does not pass the upgrade.
    if (blocked) http.on('upgrade', (_, socket) => socket.destroy());
    const gateway = new ScriptedGateway(http, ws);
    await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening));
    return gateway;
  }

  get origin(): string {
    return `http://127.0.0.1:${String((this.http.address() as AddressInfo).port)}`;
  }

  hellos(): Hello[] {
    return this.heard.filter((frame) => frame.t === 'hello');
  }

  say(frame: GatewayFrame): void {
    this.sockets.at(-1)?.send(JSON.stringify(frame));
  }

  close(code: number): void {
    this.sockets.at(-1)?.close(code);
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.terminate();
    this.ws.close();
    this.http.closeAllConnections();
    await new Promise((stopped) => this.http.close(stopped));
  }
}

const welcome = (heartbeat: number): GatewayFrame => ({
  t: 'welcome',
  v: 1,
  visitor: null,
  thread: null,
  messages: [],
  reset: false,
  hasMore: false,
  config: { heartbeat, maxText: 5_000, upload: false },
});

let gateway: ScriptedGateway;
let connection: Connection;
let token: string | null;
let lastSeq: number;
const frames: GatewayFrame[] = [];
const states: ConnectionState[] = [];
/** When each of the states began. */
const begun: number[] = [];

async function connect(options: { blocked?: boolean; welcomes?: boolean; heartbeat?: number } = {}) {
  gateway = await ScriptedGateway.start(options);
  gateway.welcomes = options.welcomes ?? true;
  gateway.heartbeat = options.heartbeat ?? 20;
  token = 'vt_first';
  lastSeq = 3;
  connection = new Connection({
    origin: gateway.origin,
    hello: () => ({ t: 'hello', v: 1, site: 'site_demo', token, tab: 't', lastSeq }),
    onFrame: (frame) => frames.push(frame),
    onState: (state) => {
      states.push(state);
      begun.push(performance.now());
    },
    onBadToken: () => {
      token = null;
    },
  });
  connection.reconnect();
}
const live = () =>
  eventually(() => {
    expect(connection.state).toBe('live');
  });

afterEach(async () => {
  connection.stop();
  await gateway.stop();
  frames.length = 0;
  states.length = 0;
  begun.length = 0;
});

test('a closed socket comes back and resumes after what the browser holds', async () => {
  await connect();
  await live();
  lastSeq = 7;
  gateway.close(4008);
  await eventually(() => {
    expect(gateway.hellos().map((hello) => hello.lastSeq)).toEqual([3, 7]);
  });
  await live();
  expect(states).toEqual(['connecting', 'live', 'reconnecting', 'live']);
});

test('a ping is answered, and nothing is sent before the welcome', async () => {
  await connect({ welcomes: false });
  await eventually(() => {
    expect(gateway.hellos()).toHaveLength(1);
  });
  expect(connection.send({ t: 'typing', on: true })).toBe(false);
  gateway.say(welcome(20));
  await live();
  gateway.say({ t: 'ping' });
  expect(connection.send({ t: 'typing', on: true })).toBe(true);
  await eventually(() => {
    expect(gateway.heard.map((frame) => frame.t).sort()).toEqual(['hello', 'pong', 'typing']);
  });
});

test('a refused token is dropped and the browser begins anew', async () => {
  await connect();
  await live();
  gateway.close(4001);
  await eventually(() => {
    expect(gateway.hellos().map((hello) => hello.token)).toEqual(['vt_first', null]);
  });
});

test('a page that is not allowed does not come back, a tab too many only when asked', async () => {
  await connect();
  await live();
  gateway.close(4003);
  await eventually(() => {
    expect(connection.state).toBe('refused');
  });
  connection.retryNow();
  expect(connection.state).toBe('refused');

  connection.reconnect();
  await live();
  gateway.close(4009);
  await eventually(() => {
    expect(connection.state).toBe('too_many_tabs');
  });
  connection.retryNow();
  await live();
});

test('a draining gateway is left at the moment it named, without waiting for its close', async () => {
  await connect();
  await live();
  gateway.say({ t: 'draining', retryAfterMs: 100 });
  await eventually(() => {
    expect(gateway.hellos()).toHaveLength(2);
  });
  await live();
  expect(frames.map((frame) => frame.t)).toEqual(['welcome', 'welcome']);
});

test('a path that has become silent is given up after two heartbeats and a quarter', async () => {
  await connect({ heartbeat: 0.2 });
  await eventually(() => {
    expect(gateway.hellos().length).toBeGreaterThan(1);
  });
  expect(states.slice(0, 3)).toEqual(['connecting', 'live', 'reconnecting']);
  expect((begun[2] ?? 0) - (begun[1] ?? 0)).toBeGreaterThan(400);
});

test('the longer the gateway is away the longer are the waits, also after a connection that had lasted', async () => {
  await connect();
  await live();
  const now = Date.now();
  const clock = jest.spyOn(Date, 'now').mockImplementation(() => now + 60_000 + performance.now());
  gateway.hangsUp = true;
  gateway.sockets.at(-1)?.terminate();
  await eventually(
    () => {
      expect(gateway.came.length).toBeGreaterThanOrEqual(6);
    },
    { timeoutMs: 40_000 },
  );
  clock.mockRestore();
  // After 0.25 to 0.5 s the first of these, the others after 0.5, 1, 2 and 4 s at least.
  expect((gateway.came[5] ?? 0) - (gateway.came[1] ?? 0)).toBeGreaterThan(7_000);
}, 60_000);

test('where sockets never open, HTTP carries the messages', async () => {
  await connect({ blocked: true });
  token = null;
  await live();
  expect(connection.send({ t: 'typing', on: true })).toBe(false);
  expect(connection.send({ t: 'send', clientId: 'c1', text: 'Hello' })).toBe(true);
  await eventually(() => {
    expect(frames).toContainEqual(expect.objectContaining({ t: 'ack', clientId: 'c1' }));
  });
  expect(gateway.requests).toContain('POST /widget/v1/send');
  expect(gateway.requests).toContain('GET /widget/v1/events?site=site_demo&afterSeq=0');
});

test('an answer of HTTP that breaks off in the middle is asked for again', async () => {
  await connect({ blocked: true });
  gateway.torn = 1;
  const welcomes = () => frames.filter(({ t }) => t === 'welcome').length;
  await eventually(() => {
    expect(gateway.torn).toBe(0);
  });
  await eventually(() => {
    expect(states).toEqual(['connecting', 'live', 'reconnecting', 'live']);
    expect(welcomes()).toBeGreaterThan(0);
  });
});
