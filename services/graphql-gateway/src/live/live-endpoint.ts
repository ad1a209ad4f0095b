import { SessionEnded } from '@conversations/contracts';
import { Messaging } from '@conversations/messaging';
import { type Logger, Metrics } from '@conversations/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { CloseCode, makeServer } from 'graphql-ws';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import type { SignedIn } from '../auth/agent';
import { SessionCookie } from '../auth/session-cookie';
import { Sessions } from '../auth/sessions';
import { GatewaySettings, SETTINGS } from '../config';
import { formatError, refusal } from '../errors';
import { GRAPHQL_PATH } from '../http-guard';
import type { Documents } from '../limits/documents';
import { LOG } from '../tokens';
import { LiveFeed } from './live-feed';
import { readSubscription } from './live-operation';
import { CLOSE, LiveSocket } from './live-socket';

const PROTOCOL = 'graphql-transport-ws';
const MAX_PAYLOAD = 65_536;
const INIT_WAIT_MS = 3_000;
const SUBSCRIPTIONS_PER_SOCKET = 30;
/** How often sessions of open sockets are checked: well below the 2 s in which the end of one must be felt. */
const CHECK_MS = 1_000;
/** A socket whose peer is gone without a word is noticed after two of these. */
const PING_MS = 30_000;
const LEAVE_MS = 2_000;

/**
 * graphql-transport-ws at /graphql, for subscriptions of signed-in agents from the public origin only. Everything that
 * makes a request unwelcome is decided before the upgrade.
 */
@Injectable()
export class LiveEndpoint {
  private readonly sockets = new Set<LiveSocket>();
  private readonly server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_PAYLOAD,
    perMessageDeflate: false,
    clientTracking: false,
    handleProtocols: (offered) => (offered.has(PROTOCOL) ? PROTOCOL : false),
  });
  private readonly cookie: SessionCookie;
  private readonly timers: NodeJS.Timeout[] = [];
  private checking = false;
  private closing = false;

  constructor(
    private readonly sessions: Sessions,
    private readonly feed: LiveFeed,
    private readonly messaging: Messaging,
    private readonly metrics: Metrics,
    @Inject(LOG) private readonly log: Logger,
    @Inject(SETTINGS) private readonly settings: GatewaySettings,
  ) {
    this.cookie = new SessionCookie(settings.PUBLIC_ORIGIN);
  }

  start(http: Server, schema: GraphQLSchema, documents: Documents): void {
    const show = (error: GraphQLError): GraphQLFormattedError =>
      formatError(error.toJSON(), error, (cause) => this.log.error({ err: cause }, 'graphql.failed'));
    this.feed.start(schema, ({ data, errors }) => ({ data, ...(errors ? { errors: errors.map(show) } : {}) }));
    const protocol = makeServer<Record<string, unknown>, LiveSocket>({
      connectionInitWaitTimeout: INIT_WAIT_MS,
      onSubscribe: ({ extra: socket, subscriptions }, id, payload) => {
        try {
          if (Object.keys(subscriptions).length > SUBSCRIPTIONS_PER_SOCKET)
            return [refusal('RATE_LIMITED', 'This socket has too many subscriptions')];
          const given = { query: payload.query, operationName: payload.operationName, variables: payload.variables };
          const read = readSubscription(given, socket.signedIn, schema, documents);
          if ('errors' in read) return [...read.errors];
          const { operation, after } = read;
          return {
            schema,
            document: operation.document,
            operationName: operation.operationName,
            contextValue: { id, operation, after, socket },
          };
        } catch (error) {
          if (error instanceof GraphQLError) return [error];
          throw error;
        }
      },
      subscribe: ({ contextValue }) => {
        const { id, operation, after, socket } = contextValue as Parameters<typeof this.begin>[0];
        return this.begin({ id, operation, after, socket });
      },
      onError: (_context, _id, _payload, errors) => errors.map(show),
    });
    this.server.on('connection', (webSocket: WebSocket, { socket: stream }: IncomingMessage, signedIn: SignedIn) =>
      this.open(new LiveSocket(webSocket, signedIn, stream), protocol),
    );
    http.on(
      'upgrade',
      (request: IncomingMessage, stream: Duplex, head: Buffer) => void this.upgrade(request, stream, head),
    );
    this.messaging.subscribeLive(SessionEnded, ({ data }) =>
      this.end((socket) => socket.signedIn.sessionId === data.sessionId),
    );
    this.timers.push(
      setInterval(() => void this.check(), CHECK_MS),
      setInterval(() => this.ping(), PING_MS),
    );
  }

  /** Asks every client to come back elsewhere; hangs up on those that have not left after 2 s. */
  async stop(): Promise<void> {
    this.closing = true;
    for (const timer of this.timers) clearInterval(timer);
    for (const socket of this.sockets) socket.close(CLOSE.restart, 'Service restart');
    const deadline = Date.now() + LEAVE_MS;
    while (this.sockets.size > 0 && Date.now() < deadline) await pause(20);
    for (const { webSocket } of this.sockets) webSocket.terminate();
  }

  private begin(given: {
    id: string;
    operation: Parameters<LiveFeed['subscribe']>[2];
    after: string | null;
    socket: LiveSocket;
  }) {
    return this.feed.subscribe(given.socket, given.id, given.operation, given.after);
  }

  private async upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    const refuse = (status: string, limit: string) => {
      this.metrics.counter('conversations_rejections_total').inc({ limit });
      stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    };
    stream.on('error', () => stream.destroy());
    if (request.url?.split('?', 1)[0] !== GRAPHQL_PATH) return refuse('404 Not Found', 'path');
    if (this.closing) return refuse('503 Service Unavailable', 'draining');
    if (request.headers.origin !== this.settings.PUBLIC_ORIGIN) return refuse('403 Forbidden', 'origin');
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
    if (!offered.includes(PROTOCOL)) return refuse('400 Bad Request', 'protocol');
    let signedIn: SignedIn | null;
    try {
      signedIn = await this.sessions.find(this.cookie.read(request.headers.cookie));
    } catch (error) {
      this.log.error({ err: error }, 'live.session-unreadable');
      return refuse('503 Service Unavailable', 'database');
    }
    if (signedIn === null) return refuse('401 Unauthorized', 'session');
    const { sessionId } = signedIn;
    const held = [...this.sockets].filter((socket) => socket.signedIn.sessionId === sessionId).length;
    if (held >= this.settings.GRAPHQL_SOCKETS_PER_SESSION) return refuse('429 Too Many Requests', 'sockets');
    this.server.handleUpgrade(request, stream, head, (webSocket) =>
      this.server.emit('connection', webSocket, request, signedIn),
    );
  }

  private open(socket: LiveSocket, protocol: ReturnType<typeof makeServer<Record<string, unknown>, LiveSocket>>): void {
    const { webSocket } = socket;
    this.sockets.add(socket);
    this.metrics.gauge('conversations_open_sockets').set(this.sockets.size);
    webSocket.on('pong', () => socket.answered());
    // An oversized or malformed frame; ws closes the connection itself.
    webSocket.on('error', (error) => this.log.debug({ reason: error.message }, 'live.socket-error'));
    const closed = protocol.opened(
      {
        protocol: webSocket.protocol,
        send: (text) => void socket.send(text),
        close: (code, reason) => socket.close(code ?? CloseCode.InternalServerError, reason ?? ''),
        onMessage: (listener) =>
          webSocket.on('message', (data: Buffer) => {
            listener(data.toString()).catch((error: unknown) => {
              this.log.error({ err: error }, 'live.message-failed');
              socket.close(CLOSE.failed, 'Internal error');
            });
          }),
      },
      socket,
    );
    webSocket.once('close', (code, reason) => {
      this.sockets.delete(socket);
      this.metrics.gauge('conversations_open_sockets').set(this.sockets.size);
      void closed(code, reason.toString());
    });
  }

  /** Ends sockets whose session is over or whose agent has another role now, and wakes slow readers that caught up. */
  private async check(): Promise<void> {
    if (this.checking || this.sockets.size === 0) return;
    this.checking = true;
    try {
      const ids = [...new Set([...this.sockets].map((socket) => socket.signedIn.sessionId))];
      const good = await this.sessions.stillGood(ids);
      this.end(
        ({ signedIn }) => ids.includes(signedIn.sessionId) && good.get(signedIn.sessionId) !== signedIn.agent.role,
      );
      await this.feed.resyncLagging();
    } catch (error) {
      this.log.warn({ err: error }, 'live.sessions-unchecked');
    } finally {
      this.checking = false;
    }
  }

  private end(isOver: (socket: LiveSocket) => boolean): void {
    for (const socket of this.sockets) if (isOver(socket)) socket.close(CLOSE.unauthorized, 'Unauthorized');
  }

  private ping(): void {
    for (const socket of this.sockets) socket.ping();
  }
}
