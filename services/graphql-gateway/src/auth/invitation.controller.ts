import { AgentChanged, SessionEnded } from '@conversations/contracts';
import { Messaging } from '@conversations/messaging';
import { Metrics } from '@conversations/runtime';
import { Body, Controller, HttpCode, HttpException, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { GatewaySettings, SETTINGS } from '../config';
import { InvitationEnded, Invitations, UnfitAccount } from './invitations';
import { TooManyLogins } from './login-limits';
import { SignInBusy } from './password';
import { SessionCookie } from './session-cookie';
import { shownSession } from './shown-session';

const Acceptance = z.strictObject({ token: z.string(), displayName: z.string(), password: z.string() });

const MESSAGES = {
  INVALID_NAME: 'A name has 1 to 80 characters',
  WEAK_PASSWORD: 'A password has 12 to 200 characters',
} as const;

/** The page behind an invitation's link posts here: it makes the account and signs it in. Needs Postgres only. */
@Controller('auth')
export class InvitationController {
  private readonly cookie: SessionCookie;

  constructor(
    private readonly invitations: Invitations,
    private readonly messaging: Messaging,
    private readonly metrics: Metrics,
    @Inject(SETTINGS) settings: GatewaySettings,
  ) {
    this.cookie = new SessionCookie(settings.PUBLIC_ORIGIN);
  }

  @Post('invitation')
  @HttpCode(200)
  async accept(@Body() body: unknown, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const given = Acceptance.safeParse(body);
    if (!given.success) throw this.refused(400, 'INVALID_INPUT', 'Send {"token", "displayName", "password"} as JSON');
    const heldToken = this.cookie.read(request.headers.cookie);
    try {
      const from = { ...given.data, address: request.ip, heldToken };
      const { token, signedIn, replaced } = await this.invitations.accept(from);
      const agentId = signedIn.agent.id;
      if (replaced !== null) this.messaging.publishLive(SessionEnded, agentId, { agentId, sessionId: replaced });
      this.messaging.publishLive(AgentChanged, agentId, { agentId });
      reply.header('set-cookie', this.cookie.set(token, signedIn.expiresAt));
      return shownSession(signedIn);
    } catch (error) {
      if (error instanceof InvitationEnded)
        throw this.refused(
          410,
          'INVITATION_ENDED',
          'This invitation can no longer be used: ask an admin for a new one',
        );
      if (error instanceof UnfitAccount) throw this.refused(400, error.code, MESSAGES[error.code]);
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

  private refused(status: number, code: string, message: string): HttpException {
    this.metrics.counter('conversations_login_failures_total').inc({ reason: code });
    return new HttpException({ error: { code, message } }, status);
  }
}
