import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { SignedIn } from './auth/agent';
import type { SessionCookie } from './auth/session-cookie';
import type { Sessions } from './auth/sessions';
import { refusal } from './errors';
import type { Documents } from './limits/documents';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on /graphql before anything else looks at the request. */
    signedIn: SignedIn | null;
  }
}

/** Bytes of a request's body. */
export const MAX_BODY = 102_400;
export const GRAPHQL_PATH = '/graphql';
export const UPLOAD_PATH = '/uploads';
/** Within which a request has to be there whole; files may take longer. */
const BODY_MS = 30_000;

/** On every answer, errors included. */
const HEADERS = {
  // Pictures also from blob: that is how the page shows those that an agent is about to send; no other site can make one.
  'content-security-policy':
    "default-src 'self'; script-src 'self'; img-src 'self' blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'cache-control': 'no-store',
};

function refuse(reply: FastifyReply, status: number, error: GraphQLError, request: FastifyRequest): FastifyReply {
  const accepts = request.headers.accept ?? '';
  const type = accepts.includes('application/graphql-response+json')
    ? 'application/graphql-response+json'
    : 'application/json';
  return reply
    .code(status)
    .type(`${type}; charset=utf-8`)
    .send(JSON.stringify({ errors: [{ message: error.message, extensions: error.extensions }] }));
}

/**
 * True when a page of another site sent this. Browsers name the origin of every POST and mark cross-site requests;
 * what names neither is no browser and carries no cookie against its owner's will.
 */
export function isForeign(headers: FastifyRequest['headers'], publicOrigin: string): boolean {
  const site = headers['sec-fetch-site'];
  if (headers.origin !== undefined) return headers.origin !== publicOrigin;
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

function endSlowBody({ raw }: FastifyRequest): void {
  if (raw.method === 'GET' || raw.method === 'HEAD') return;
  const timer = setTimeout(() => {
    if (!raw.complete) raw.destroy();
  }, BODY_MS).unref();
  raw.once('close', () => clearTimeout(timer));
}

/** What stands before all routes: headers, CSRF, content types, sign-in and limits of GraphQL documents. */
export function guardHttp(
  fastify: FastifyInstance,
  options: { publicOrigin: string; cookie: SessionCookie; sessions: Sessions; documents: () => Documents },
): void {
  const secure = options.publicOrigin.startsWith('https:');
  fastify.decorateRequest('signedIn', null);
  // Only JSON comes in: a form or a text can be sent across sites without asking, JSON cannot.
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit: MAX_BODY },
    fastify.getDefaultJsonParser('error', 'error'),
  );

  fastify.addHook('onRequest', async (request, reply) => {
    reply.headers(HEADERS);
    if (secure) reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
    const path = request.url.split('?', 1)[0];
    const isGraphql = path === GRAPHQL_PATH;
    if (path !== UPLOAD_PATH) endSlowBody(request);
    if (isGraphql && request.method !== 'POST') {
      reply.header('allow', 'POST');
      return refuse(reply, 405, refusal('BAD_USER_INPUT', 'Send operations by POST'), request);
    }
    if (request.method !== 'GET' && request.method !== 'HEAD' && isForeign(request.headers, options.publicOrigin))
      return refuse(reply, 403, refusal('FORBIDDEN', 'This origin may not send requests here'), request);
    if (!isGraphql) return;
    request.signedIn = await options.sessions.find(options.cookie.read(request.headers.cookie));
    if (request.signedIn === null) return refuse(reply, 401, refusal('UNAUTHENTICATED', 'Sign in first'), request);
  });

  fastify.addHook('preHandler', async (request, reply) => {
    if (request.signedIn === null) return;
    const body = request.body as { query?: unknown; operationName?: unknown; variables?: unknown } | null | undefined;
    // What is no operation at all is answered by the GraphQL server.
    if (typeof body?.query !== 'string') return;
    try {
      options.documents().checkLimits({
        query: body.query,
        operationName: typeof body.operationName === 'string' ? body.operationName : null,
        variables: typeof body.variables === 'object' ? (body.variables as Record<string, unknown> | null) : null,
      });
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      // A syntax error has no code; the GraphQL server finds it again and answers in its own form.
      if (error.extensions['code'] === undefined) return;
      return refuse(reply, 400, error, request);
    }
  });
}
