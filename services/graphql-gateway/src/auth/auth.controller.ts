import { SessionEnded } from '@conversations/contracts';
import { Messaging } from '@conversations/messaging';
import { Database } from '@conversations/persistence';
import { Metrics } from '@conversations/runtime';
import { Body, Controller, Get, HttpCode, HttpException, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { GatewaySettings, SETTINGS } from '../config';
import { TooManyLogins } from './login-limits';
import { SignInBusy } from './password';
import { SessionCookie } from './session-cookie';
import { Sessions } from './sessions';
import { shownSession } from './shown-session';
import { LoginRefused, SignIn } from './sign-in';

const Credentials = z.strictObject({ email: z.email().max(320), password: z.string().min(1).max(1_024) });

/** Sign-in of agents with an account of this installation. Needs Postgres only. */
@Controller('auth')
export class AuthController {
  private readonly cookie: SessionCookie;

  constructor(
    private readonly signIn: SignIn,
    private readonly sessions: Sessions,
    private readonly database: Database,
    private readonly messaging: Messaging,
    private readonly metrics: Metrics,
    @Inject(SETTINGS) settings: GatewaySettings,
  ) {
    this.cookie = new SessionCookie(settings.PUBLIC_ORIGIN);
  }

  @Post('login')
  @HttpCode(200)
  async login(@Body() body: unknown, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const given = Credentials.safeParse(body);
    if (!given.success) throw this.refused(400, 'INVALID_INPUT', 'Send {"email", "password"} as JSON');
    const heldToken = this.cookie.read(request.headers.cookie);
    try {
      const { token, signedIn, replaced } = await this.signIn.run({ ...given.data, address: request.ip, heldToken });
      if (replaced !== null) this.tellEnded(signedIn.agent.id, replaced);
      reply.header('set-cookie', this.cookie.set(token, signedIn.expiresAt));
      return shownSession(signedIn);
    } catch (error) {
      if (error instanceof LoginRefused)
        throw this.refused(401, 'LOGIN_REFUSED', 'This email address and password do not belong together');
      if (error instanceof TooManyLogins) {
        reply.header('retry-after', Math.ceil(error.retryAfterMs / 1_000));
        throw this.refused(429, 'RATE_LIMITED', 'Too many attempts: try again later');
      }
      if (error instanceof SignInBusy) {
        reply.header('retry-after', 1);
        throw this.refused(503, 'BUSY', 'Too many sign-ins at once: try again in a second');
      }
      throw error;
    }
  }

  /** Idempotent. Sockets of the session are closed by every replica. */
  @Post('logout')
  @HttpCode(204)
  async logout(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const token = this.cookie.read(request.headers.cookie);
    const signedIn = await this.sessions.find(token);
    const ended = await this.database.transaction((tx) => this.sessions.end(tx, token));
    reply.header('set-cookie', this.cookie.clear());
    if (ended !== null && signedIn !== null) this.tellEnded(signedIn.agent.id, ended);
  }

  @Get('session')
  async session(@Req() request: FastifyRequest) {
    const signedIn = await this.sessions.find(this.cookie.read(request.headers.cookie));
    if (signedIn === null) throw new HttpException({ code: 'UNAUTHENTICATED', message: 'Sign in first' }, 401);
    return shownSession(signedIn);
  }

  private tellEnded(agentId: string, sessionId: string): void {
    this.messaging.publishLive(SessionEnded, agentId, { agentId, sessionId });
  }

  private refused(status: number, code: string, message: string): HttpException {
    this.metrics.counter('conversations_login_failures_total').inc({ reason: code });
    return new HttpException({ code, message }, status);
  }
}
