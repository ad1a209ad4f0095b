import { Inject, Injectable } from '@nestjs/common';
import {
  CloseCode,
  ListVisitorMessages,
  type EventsAnswer,
  type GatewayFrame,
  type OlderMessages,
  type WidgetFrame,
} from '@conversations/contracts';
import { Messaging } from '@conversations/messaging';
import { AttachmentLinks } from './attachment-links';
import { HandleFrame } from './handle-frame';
import { Limits } from './limits';
import { OpenSession, SessionRefused } from './open-session';
import type { Connection, VisitorSession } from './visitor-session';

type Answer = Extract<GatewayFrame, { t: 'ack' | 'nack' }>;

const POLL_MS = 25_000;
const PAGE = 50;
/** A browser that lost the answer to its first message sends it again without a token for so long. */
const FIRST_MESSAGE_MS = 10 * 60_000;

/** Who asks over HTTP, as the controller read it. */
export interface HttpVisitor {
  site: string;
  token: string | null;
  /** Null for a request of the gateway's own iframe that names none. */
  origin: string | null;
  address: string;
}

/** The protocol for networks that let no WebSocket through: a long-poll in, one request for each message out. */
@Injectable()
export class HttpFallback {
  private readonly polls = new Set<() => void>();
  /** Tokens made for first messages, by what the same message brings again. */
  private readonly firstMessages = new Map<string, { token: string; until: number }>();

  constructor(
    @Inject(OpenSession) private readonly openSession: OpenSession,
    @Inject(HandleFrame) private readonly handleFrame: HandleFrame,
    @Inject(Limits) private readonly limits: Limits,
    @Inject(AttachmentLinks) private readonly links: AttachmentLinks,
    @Inject(Messaging) private readonly messaging: Messaging,
  ) {}

  /** Answers with the frame that a socket would have got. Throws SessionRefused, or what resuming throws. */
  async send(
    visitor: HttpVisitor,
    frame: Extract<WidgetFrame, { t: 'send' | 'form' }>,
    about: Pick<Extract<WidgetFrame, { t: 'hello' }>, 'page' | 'locale'>,
  ): Promise<Answer> {
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const connection: Connection = {
      send: (sent) => {
        if ((sent.t === 'ack' || sent.t === 'nack') && sent.clientId === frame.clientId) resolve(sent);
      },
      close: () => resolve({ t: 'nack', clientId: frame.clientId, code: 'unavailable' }),
    };
    const session = this.first(visitor, frame.clientId, about, connection);
    if (!session.tokenOwed) await this.openSession.resume(session, 0);
    this.handleFrame.run(session, frame);
    return promise;
  }

  /** What is new after a position, at once or as soon as there is something, at most 25 s later. */
  async events(visitor: HttpVisitor, afterSeq: number, onGone: (leave: () => void) => void): Promise<EventsAnswer> {
    const { promise, resolve: wake } = Promise.withResolvers<void>();
    const connection: Connection = {
      send: ({ t }) => {
        if (t !== 'welcome' && t !== 'typing') wake();
      },
      close: () => wake(),
    };
    const session = this.openSession.identify({ ...visitor, lastSeq: afterSeq }, visitor, connection);
    if (session.tokenOwed) return this.answer(session, null);
    if (!this.limits.socketOpened(visitor.address)) throw new SessionRefused(CloseCode.rateLimited, 'too many polls');
    try {
      this.openSession.attach(session);
      const resumed = await this.openSession.resume(session, afterSeq);
      this.openSession.greet(session, resumed);
      if (resumed.messages.length > 0 || resumed.reset) return this.answer(session, resumed);
      const timer = setTimeout(wake, POLL_MS);
      this.polls.add(wake);
      onGone(wake);
      await promise;
      this.polls.delete(wake);
      clearTimeout(timer);
      return this.answer(session, await this.openSession.resume(session, afterSeq));
    } finally {
      this.limits.socketClosed(visitor.address);
      this.openSession.close(session);
    }
  }

  /** A page of the token's own thread, before a position. */
  async older(visitor: HttpVisitor, beforeSeq: number): Promise<OlderMessages> {
    const nobody: Connection = { send: () => undefined, close: () => undefined };
    const { visitorId } = this.openSession.identify({ ...visitor, lastSeq: 0 }, visitor, nobody).identity;
    const question = { visitorId, beforeSeq, limit: PAGE };
    const { messages, hasMore } = await this.messaging.request(ListVisitorMessages, question);
    return { messages: this.links.sign(messages, visitorId), hasMore };
  }

  /** Ends what waits, so that the process can stop. */
  release(): void {
    for (const wake of this.polls) wake();
  }

  private first(
    visitor: HttpVisitor,
    clientId: string,
    about: Pick<Extract<WidgetFrame, { t: 'hello' }>, 'page' | 'locale'>,
    connection: Connection,
  ): VisitorSession {
    const hello = { ...visitor, ...about, lastSeq: 0 };
    if (visitor.token !== null) return this.openSession.identify(hello, visitor, connection);
    const now = Date.now();
    for (const [key, { until }] of this.firstMessages) {
      if (until > now) break;
      this.firstMessages.delete(key);
    }
    const key = JSON.stringify([visitor.site, visitor.address, clientId]);
    const before = this.firstMessages.get(key)?.token ?? null;
    const session = this.openSession.identify({ ...hello, token: before }, visitor, connection);
    session.tokenOwed = true;
    if (before === null) this.firstMessages.set(key, { token: session.identity.token, until: now + FIRST_MESSAGE_MS });
    return session;
  }

  private answer(session: VisitorSession, resumed: Awaited<ReturnType<OpenSession['resume']>> | null): EventsAnswer {
    return {
      visitor: session.tokenOwed ? null : session.identity.visitorId,
      thread: resumed?.thread ?? null,
      messages: resumed?.messages ?? [],
      reset: resumed?.reset ?? false,
      hasMore: resumed?.hasMore ?? false,
      config: this.openSession.widgetConfig,
    };
  }
}
