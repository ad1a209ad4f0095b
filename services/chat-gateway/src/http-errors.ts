import { Catch, HttpException, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { CloseCode } from '@conversations/contracts';
import { RemoteError, UpstreamTimeout, UpstreamUnavailable } from '@conversations/messaging';
import type { Logger } from '@conversations/runtime';
import type { FastifyReply } from 'fastify';
import { LOG } from './config';
import { SessionRefused } from './open-session';

const STATUS = new Map<number, { status: number; code: string }>([
  [CloseCode.badToken, { status: 401, code: 'bad_token' }],
  [CloseCode.notAllowed, { status: 403, code: 'not_allowed' }],
  [CloseCode.rateLimited, { status: 429, code: 'rate_limited' }],
  [CloseCode.tooManyTabs, { status: 429, code: 'too_many_tabs' }],
]);

/** What went wrong, as the fallback's HTTP statuses; the same causes close a socket with a code. */
@Catch()
export class HttpErrors implements ExceptionFilter {
  constructor(@Inject(LOG) private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const known = describeError(error);
    if (known === null) this.log.error({ err: error }, 'http.failed');
    const { status, body } = known ?? { status: 500, body: { code: 'internal' } };
    if (body.retryAfter !== undefined) void reply.header('Retry-After', String(body.retryAfter));
    void reply.status(status).send(body);
  }
}

/** Null for what nobody expects. */
export function describeError(error: unknown): { status: number; body: { code: string; retryAfter?: number } } | null {
  if (error instanceof SessionRefused) {
    const { status, code } = STATUS.get(error.closeCode) ?? { status: 400, code: 'refused' };
    return { status, body: { code } };
  }
  if (error instanceof HttpException) {
    const answer = error.getResponse();
    const body = typeof answer === 'object' && 'code' in answer ? (answer as { code: string }) : { code: 'refused' };
    return { status: error.getStatus(), body };
  }
  if (error instanceof UpstreamTimeout || error instanceof UpstreamUnavailable || error instanceof RemoteError) {
    return { status: 503, body: { code: 'unavailable', retryAfter: 2 } };
  }
  const { statusCode } = error as { statusCode?: unknown };
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return { status: statusCode, body: { code: 'invalid' } };
  }
  return null;
}
