import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { CloseCode } from '@conversations/contracts';
import { Metrics, type Logger } from '@conversations/runtime';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { AllowedOrigins } from './allowed-origin';
import { clientAddress } from './client-address';
import { LOG, SETTINGS, type ChatGatewaySettings } from './config';
import { HandleFrame } from './handle-frame';
import { Limits } from './limits';
import { OpenSession, SessionRefused } from './open-session';
import { readFrame } from './read-frame';
import { ReceiveChat } from './receive-chat';
import { WidgetSocket, type SocketLimits } from './widget-socket';

const FRAME_BYTES = 16 * 1024;
const HELLO_WITHIN_MS = 5_000;
const SWEEP_MS = 1_000;
/** Of the heartbeat: two pings unanswered, and a little. */
const DEAD_AFTER = 2.25;
const EARLY_FRAMES = 50;
/** How long a socket stays open for messages that are about to be acknowledged. */
const LAST_ACKS_MS = 3_000;

/** The WebSocket at `/chat`: checks before the upgrade, frames, heartbeat, drain. */
@Injectable()
export class WidgetGateway {
  private readonly server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: FRAME_BYTES });
  private readonly sockets = new Set<WidgetSocket>();
  private draining = false;
  private sweeping: NodeJS.Timeout | undefined;
  private readonly socketLimits: SocketLimits;

  constructor(
    @Inject(SETTINGS) private readonly settings: ChatGatewaySettings,
    @Inject(AllowedOrigins) private readonly origins: AllowedOrigins,
    @Inject(Limits) private readonly limits: Limits,
    @Inject(OpenSession) private readonly openSession: OpenSession,
    @Inject(HandleFrame) private readonly handleFrame: HandleFrame,
    @Inject(ReceiveChat) private readonly receiveChat: ReceiveChat,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.socketLimits = {
      framesPerMinute: limits.framesPerMinute,
      slowConsumerBytes: settings.CHAT_SLOW_CONSUMER_BYTES,
      onSlow: () => this.count('slow-consumer'),
    };
  }

  listen(http: Server): void {
    http.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
    this.sweeping = setInterval(() => this.sweep(Date.now()), SWEEP_MS).unref();
  }

  /** Tells every browser to come back at its own moment, then closes it at that moment, once its messages are stored. */
  async drain(): Promise<void> {
    this.draining = true;
    clearInterval(this.sweeping);
    const window = this.settings.CHAT_DRAIN_SECONDS * 1000;
    await Promise.all([...this.sockets].map((socket) => this.drainOne(socket, Math.round(Math.random() * window))));
    for (const { ws } of this.sockets) ws.terminate();
  }

  private async drainOne(socket: WidgetSocket, inMs: number): Promise<void> {
    socket.send({ t: 'draining', retryAfterMs: inMs });
    await pause(inMs);
    if (socket.session !== null) await Promise.race([this.receiveChat.idle(socket.session), pause(LAST_ACKS_MS)]);
    socket.close(CloseCode.restart, 'restart');
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', (error) => this.log.debug({ err: error }, 'upgrade.socket-failed'));
    const path = request.url?.split('?', 1)[0];
    if (path !== '/chat') {
      this.refuse(socket, 404, 'path');
      return;
    }
    if (this.draining) {
      this.refuse(socket, 503, 'draining');
      return;
    }
    const { origin } = request.headers;
    if (!this.origins.mayConnect(origin)) {
      this.refuse(socket, 403, 'origin');
      return;
    }
    const forwarded = request.headers['x-forwarded-for'];
    const address = clientAddress(
      request.socket.remoteAddress ?? '',
      Array.isArray(forwarded) ? forwarded.join(',') : forwarded,
      this.settings.CHAT_TRUSTED_PROXIES,
    );
    if (this.limits.upgrades.take(address) > 0) {
      this.refuse(socket, 429, 'upgrades');
      return;
    }
    if (!this.limits.socketOpened(address)) {
      this.refuse(socket, 429, 'sockets-per-address');
      return;
    }
    socket.once('close', () => this.limits.socketClosed(address));
    this.server.handleUpgrade(request, socket, head, (ws) => this.opened(ws, origin, address));
  }

  private refuse(socket: Duplex, status: number, limit: string): void {
    this.count(limit);
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    socket.once('finish', () => socket.destroy());
  }

  private opened(ws: WebSocket, origin: string, address: string): void {
    const socket = new WidgetSocket(ws, origin, address, this.socketLimits);
    this.sockets.add(socket);
    this.metrics.gauge('conversations_open_sockets').set(this.sockets.size);
    ws.on('message', (data, isBinary) => this.heard(socket, data, isBinary));
    ws.on('error', (error) => this.log.debug({ err: error }, 'socket.failed'));
    ws.on('close', () => this.closed(socket));
  }

  private closed(socket: WidgetSocket): void {
    this.sockets.delete(socket);
    this.metrics.gauge('conversations_open_sockets').set(this.sockets.size);
    if (socket.session !== null) this.openSession.close(socket.session);
  }

  private heard(socket: WidgetSocket, data: RawData, isBinary: boolean): void {
    // A socket that is being closed still brings what was on its way; its browser sends that again.
    if (socket.ws.readyState !== socket.ws.OPEN) return;
    if (!socket.hear()) {
      this.drop(socket, CloseCode.rateLimited, 'too many frames');
      return;
    }
    if (isBinary) {
      this.drop(socket, CloseCode.badFrame, 'not text');
      return;
    }
    const text = (data as Buffer).toString('utf8');
    if (socket.session !== null && socket.early !== null) {
      if (socket.early.length >= EARLY_FRAMES) this.drop(socket, CloseCode.rateLimited, 'too many frames');
      else socket.early.push(text);
      return;
    }
    this.guarded(socket, text);
  }

  /** What one browser sent must not end the process that serves all the others. */
  private guarded(socket: WidgetSocket, text: string): void {
    try {
      this.frame(socket, text);
    } catch (error) {
      this.log.error({ err: error }, 'frame.failed');
      socket.close(CloseCode.restart, 'try again');
    }
  }

  private frame(socket: WidgetSocket, text: string): void {
    const read = readFrame(text, this.settings.CHAT_MAX_TEXT);
    const { session } = socket;
    if (read === 'unknown') return;
    if (read === null) {
      this.drop(socket, CloseCode.badFrame, 'bad frame');
      return;
    }
    if ('nack' in read) {
      if (session === null) this.drop(socket, CloseCode.badFrame, 'hello first');
      else session.refuse(read.nack);
      return;
    }
    const { frame } = read;
    if (frame.t === 'hello') {
      if (session === null) void this.hello(socket, frame);
      else this.drop(socket, CloseCode.badFrame, 'hello twice');
    } else if (session === null) this.drop(socket, CloseCode.badFrame, 'hello first');
    else this.handleFrame.run(session, frame);
  }

  private async hello(socket: WidgetSocket, hello: Parameters<OpenSession['identify']>[0]): Promise<void> {
    try {
      const session = this.openSession.identify(hello, socket, socket);
      this.openSession.attach(session);
      socket.session = session;
      await this.openSession.welcome(session, hello.lastSeq);
      const early = socket.early ?? [];
      socket.early = null;
      for (const text of early) this.guarded(socket, text);
    } catch (error) {
      if (error instanceof SessionRefused) {
        this.drop(socket, error.closeCode, error.message);
        return;
      }
      this.log.error({ err: error }, 'hello.failed');
      socket.close(CloseCode.restart, 'try again');
    }
  }

  private drop(socket: WidgetSocket, code: number, reason: string): void {
    this.count(reason.replaceAll(' ', '-'));
    socket.close(code, reason);
  }

  private count(limit: string): void {
    this.metrics.counter('conversations_rejections_total').inc({ limit });
  }

  /** One timer for all sockets: an idle one costs no timer of its own. */
  private sweep(now: number): void {
    const heartbeatMs = this.settings.CHAT_HEARTBEAT_SECONDS * 1000;
    for (const socket of this.sockets) {
      if (now - socket.heardAt > heartbeatMs * DEAD_AFTER) socket.ws.terminate();
      else if (socket.session === null && now - socket.openedAt > HELLO_WITHIN_MS) {
        this.drop(socket, CloseCode.badFrame, 'no hello');
      } else if (now - socket.pingedAt >= heartbeatMs) {
        socket.pingedAt = now;
        socket.send({ t: 'ping' });
      }
    }
  }
}
