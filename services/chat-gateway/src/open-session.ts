import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { hasBlobStore } from '@conversations/blob-store';
import { CloseCode, ResumeVisitor, type WidgetFrame } from '@conversations/contracts';
import { Messaging } from '@conversations/messaging';
import type { Logger } from '@conversations/runtime';
import { AllowedOrigins } from './allowed-origin';
import { AttachmentLinks } from './attachment-links';
import { LOG, SETTINGS, type ChatGatewaySettings } from './config';
import { Presence } from './presence';
import { readLocale, readPage } from './read-frame';
import { VisitorSession, type Connection, type Resumed } from './visitor-session';
import { VisitorSessions } from './visitor-sessions';
import { VisitorTokens } from './visitor-token';

type Hello = Omit<Extract<WidgetFrame, { t: 'hello' }>, 't' | 'v' | 'tab'>;

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5_000;

/** Why a browser does not get a session; the code is the socket's close code. */
export class SessionRefused extends Error {
  constructor(
    readonly closeCode: number,
    reason: string,
  ) {
    super(reason);
    this.name = 'SessionRefused';
  }
}

/** Turns a `hello` into a session: who it is, what it missed. */
@Injectable()
export class OpenSession {
  private readonly tokens: VisitorTokens;
  readonly widgetConfig: { heartbeat: number; maxText: number; upload: boolean };

  constructor(
    @Inject(SETTINGS) private readonly settings: ChatGatewaySettings,
    @Inject(AllowedOrigins) private readonly origins: AllowedOrigins,
    @Inject(VisitorSessions) private readonly sessions: VisitorSessions,
    @Inject(Presence) private readonly presence: Presence,
    @Inject(Messaging) private readonly messaging: Messaging,
    @Inject(AttachmentLinks) private readonly links: AttachmentLinks,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.tokens = new VisitorTokens(settings.CHAT_TOKEN_SECRET);
    this.widgetConfig = {
      heartbeat: settings.CHAT_HEARTBEAT_SECONDS,
      maxText: settings.CHAT_MAX_TEXT,
      upload: hasBlobStore(settings),
    };
  }

  /** Throws {@link SessionRefused}. Without a token a new one is made, and nobody hears of it. */
  identify(hello: Hello, from: { origin: string | null; address: string }, connection: Connection): VisitorSession {
    const site = this.origins.site(hello.site);
    if (site === undefined || (from.origin !== null && !this.origins.maySpeakFor(from.origin, site))) {
      throw new SessionRefused(CloseCode.notAllowed, 'site not allowed');
    }
    const minted = hello.token === null;
    const identity = hello.token === null ? this.tokens.mint(site.id) : this.tokens.verify(site.id, hello.token);
    if (identity === null) throw new SessionRefused(CloseCode.badToken, 'bad token');
    const session = new VisitorSession(site, identity, from.address, connection, { minted });
    session.page = readPage(hello.page);
    session.locale = readLocale(hello.locale);
    return session;
  }

  /** From here on pushes reach the session, which holds them until it is welcomed. Throws {@link SessionRefused}. */
  attach(session: VisitorSession): void {
    const open = this.sessions.of(session.identity.visitorId)?.size ?? 0;
    if (open >= this.settings.CHAT_LIMIT_SOCKETS_PER_VISITOR) {
      throw new SessionRefused(CloseCode.tooManyTabs, 'too many tabs');
    }
    this.sessions.add(session);
  }

  /** Reads what the browser missed and welcomes it; as long as nobody can answer, it waits and asks again. */
  async welcome(session: VisitorSession, lastSeq: number): Promise<void> {
    if (session.tokenOwed) {
      session.welcome(null, this.widgetConfig);
      return;
    }
    for (let waitMs = FIRST_RETRY_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_RETRY_MS)) {
      try {
        const resumed = await this.resume(session, lastSeq);
        if (!session.closed) this.greet(session, resumed);
        return;
      } catch (error) {
        if (error instanceof SessionRefused) throw error;
        if (session.closed) return;
        this.log.warn({ err: error, visitorId: session.identity.visitorId }, 'session.resume-delayed');
        await pause(waitMs, undefined, { ref: false });
      }
    }
  }

  greet(session: VisitorSession, resumed: Resumed): void {
    session.welcome(resumed, this.widgetConfig);
    if (session.known) this.presence.joined(session);
  }

  /** Throws {@link SessionRefused} when the token is older than its year. */
  async resume(session: VisitorSession, lastSeq: number): Promise<Resumed> {
    const { site, identity } = session;
    const question = { siteId: site.id, tokenHash: identity.tokenHash, lastSeq };
    const resumed = await this.messaging.request(ResumeVisitor, question);
    if (resumed.expired) throw new SessionRefused(CloseCode.badToken, 'token expired');
    session.known ||= resumed.visitor !== null;
    session.hasContact ||= typeof resumed.visitor?.contactId === 'string';
    return { ...resumed, messages: this.links.sign(resumed.messages, identity.visitorId) };
  }

  close(session: VisitorSession): void {
    session.closed = true;
    this.sessions.remove(session);
    this.presence.left(session);
  }
}
