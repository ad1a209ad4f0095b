import { BlobStoreUnavailable } from '@conversations/blob-store';
import { GetMailBodies, MessageId } from '@conversations/contracts';
import { Messaging, UpstreamTimeout, UpstreamUnavailable } from '@conversations/messaging';
import type { Logger } from '@conversations/runtime';
import type { FastifyInstance } from 'fastify';
import type { SessionCookie } from '../auth/session-cookie';
import type { Sessions } from '../auth/sessions';
import { mayAct } from '../roles';
import type { MailContent } from './mail-content';

interface Parts {
  sessions: Sessions;
  cookie: SessionCookie;
  messaging: Messaging;
  mails: MailContent;
  log: Logger;
}

/**
 * Beside the sanitiser, the second wall around a mail's HTML: nothing runs, nothing is sent, and nothing is fetched but pictures that an
 * agent asked for. The sandbox holds even when the page is opened outside of the frame that it is made for.
 */
const policy = (remoteImages: boolean) =>
  [
    "default-src 'none'",
    `img-src data:${remoteImages ? ' https: http:' : ''}`,
    "style-src 'unsafe-inline'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
    'sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox',
  ].join('; ');

/** Letters are written for white paper, in the reader's own font where they name none. */
const page = (html: string) => `<!doctype html>
<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>.</title><base target="_blank">
<style>:root{color-scheme:light}body{margin:12px;font:14px/20px system-ui,sans-serif;color:#1b1a17;background:#fff;overflow-wrap:anywhere}
img{max-width:100%;height:auto}img[data-remote-src]{min-width:16px;min-height:16px;outline:1px dashed #b9b4a8}table{max-width:100%}pre{white-space:pre-wrap}</style>
</head><body>${html}</body></html>`;

/** `GET /mails/:id?remoteImages=true`: the sanitised HTML of a mail, as a page for the sandboxed frame in the agents' screens. */
export function serveMailPage(fastify: FastifyInstance, { sessions, cookie, messaging, mails, log }: Parts): void {
  fastify.get<{ Params: { id: string }; Querystring: { remoteImages?: unknown } }>(
    '/mails/:id',
    async ({ headers, params, query }, reply) => {
      const viewer = await sessions.find(cookie.read(headers.cookie));
      if (viewer === null || !mayAct(viewer.agent.role, 'VIEWER')) return reply.code(401).send();
      const remoteImages = query.remoteImages === 'true';
      reply.headers({
        'content-security-policy': policy(remoteImages),
        'x-frame-options': 'SAMEORIGIN',
        'referrer-policy': 'no-referrer',
      });
      if (!MessageId.safeParse(params.id).success) return reply.code(404).send();
      try {
        const { items } = await messaging.request(GetMailBodies, { ids: [params.id] });
        const html = items[0] == null ? null : await mails.html(items[0], remoteImages);
        if (html === null) return await reply.code(404).send();
        return await reply.type('text/html; charset=utf-8').send(page(html));
      } catch (error) {
        const isAway = error instanceof UpstreamTimeout || error instanceof UpstreamUnavailable;
        if (!isAway && !(error instanceof BlobStoreUnavailable)) throw error;
        log.error({ err: error }, 'mail.unavailable');
        return reply.code(503).send();
      }
    },
  );
}
