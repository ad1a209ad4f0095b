import type { IncomingMessage, ServerResponse } from 'node:http';
import { type CaughtMail, type CaughtMails, detailOf, summaryOf } from './caught-mail';
import { PAGE, SCRIPT, STYLE } from './mail-catcher-page';

const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** The mail's own HTML: shown, not run, and nothing of it is fetched. */
const MAIL_POLICY =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; sandbox allow-popups allow-popups-to-escape-sandbox";

/** The page and the JSON API of the mail catcher. */
export async function answerWeb(mails: CaughtMails, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Referrer-Policy', 'no-referrer');
  // Another site's page must not read mails here by a name of its own that points to this machine.
  if (!isLocal(request.headers.host) || !isOwnPage(request))
    return send(response, 403, 'text/plain', 'Only from here.');
  const [path = '/'] = (request.url ?? '/').split('?');
  const [, api, list, id, part, index] = path.split('/');
  if (request.method === 'DELETE' && path === '/api/mails') {
    mails.clear();
    return send(response, 204, 'text/plain', '');
  }
  if (request.method !== 'GET') return send(response, 405, 'text/plain', 'No such thing.');
  if (path === '/') return send(response, 200, 'text/html', PAGE, PAGE_POLICY);
  if (path === '/catcher.css') return send(response, 200, 'text/css', STYLE);
  if (path === '/catcher.js') return send(response, 200, 'text/javascript', SCRIPT);
  if (path === '/api/mails') return sendJson(response, { mails: mails.all.map(summaryOf) });
  const mail = api === 'api' && list === 'mails' && id !== undefined ? mails.find(id) : undefined;
  return mail ? sendPart(response, mail, part, index) : send(response, 404, 'text/plain', 'No such mail.');
}

function sendPart(
  response: ServerResponse,
  mail: CaughtMail,
  part: string | undefined,
  index: string | undefined,
): void {
  const { html, attachments } = mail.parsed;
  switch (part) {
    case undefined:
      return sendJson(response, detailOf(mail));
    case 'html':
      return send(response, 200, 'text/html', typeof html === 'string' ? html : '', MAIL_POLICY);
    case 'raw':
      return send(response, 200, 'text/plain', mail.raw.toString('utf8'), MAIL_POLICY);
    case 'attachments': {
      const file = attachments[Number(index)];
      if (!file) break;
      const name = encodeURIComponent(file.filename ?? 'unnamed');
      response.setHeader('Content-Disposition', `attachment; filename*=UTF-8''${name}`);
      response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Security-Policy': MAIL_POLICY });
      return void response.end(file.content);
    }
    default:
  }
  send(response, 404, 'text/plain', 'No such part.');
}

const isLocal = (host = '') => /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);

const isOwnPage = ({ headers }: IncomingMessage) =>
  headers.origin === undefined || headers.origin === `http://${headers.host ?? ''}`;

const sendJson = (response: ServerResponse, value: unknown) =>
  send(response, 200, 'application/json', JSON.stringify(value));

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  policy = "default-src 'none'",
): void {
  response.writeHead(status, { 'Content-Type': `${type}; charset=utf-8`, 'Content-Security-Policy': policy });
  response.end(body);
}
