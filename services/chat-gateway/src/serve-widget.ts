import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Inject, Injectable, NotFoundException } from '@nestjs/common';
import { findRepositoryRoot, type Logger } from '@conversations/runtime';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AllowedOrigins } from './allowed-origin';
import { LOG, SETTINGS, type ChatGatewaySettings } from './config';
import { demoPage, demoScript, demoStyles } from './demo-page';

const MINUTES_5 = 'public, max-age=300';
const FOR_EVER = 'public, max-age=31536000, immutable';

interface Served {
  type: string;
  body: Buffer;
  zipped: Buffer;
  etag: string;
}

/** Serves the widget's files, the document of its iframe, and the demo shop when that is switched on. */
@Injectable()
export class ServeWidget {
  private readonly files: Record<'loader.js' | 'app.js' | 'app.css', Served | null>;

  constructor(
    @Inject(SETTINGS) private readonly settings: ChatGatewaySettings,
    @Inject(AllowedOrigins) private readonly origins: AllowedOrigins,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.files = {
      'loader.js': this.read('loader.js'),
      'app.js': this.read('app.js'),
      'app.css': this.read('app.css'),
    };
  }

  loader(request: FastifyRequest, reply: FastifyReply): void {
    void reply.header('Cross-Origin-Resource-Policy', 'cross-origin');
    this.send(request, reply, this.files['loader.js'], MINUTES_5);
  }

  /** With `?v=<etag>`, as the iframe asks, the file may be kept for ever. */
  asset(request: FastifyRequest, reply: FastifyReply, name: 'app.js' | 'app.css'): void {
    const file = this.files[name];
    const { v } = request.query as { v?: unknown };
    this.send(request, reply, file, file !== null && v === file.etag ? FOR_EVER : MINUTES_5);
  }

  /** The iframe's document; only the site's own pages may frame it. */
  frame(request: FastifyRequest, reply: FastifyReply): void {
    const { site: id } = request.query as { site?: unknown };
    const site = typeof id === 'string' ? this.origins.site(id) : undefined;
    if (site === undefined) throw new NotFoundException();
    const embedders = this.origins.embedders(site);
    void reply.header(
      'Content-Security-Policy',
      [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        `connect-src ${["'self'", ...this.origins.ownSockets()].join(' ')}`,
        "base-uri 'none'",
        "form-action 'none'",
        `frame-ancestors ${embedders.length === 0 ? "'none'" : embedders.join(' ')}`,
        "require-trusted-types-for 'script'",
      ].join('; '),
    );
    const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Chat</title>
<link rel="stylesheet" href="/widget/app.css?v=${this.files['app.css']?.etag ?? ''}">
</head>
<body>
<script src="/widget/app.js?v=${this.files['app.js']?.etag ?? ''}"></script>
</body>
</html>
`;
    this.send(request, reply, served('text/html; charset=utf-8', Buffer.from(html)), 'no-cache');
  }

  demo(request: FastifyRequest, reply: FastifyReply, page: string | null): void {
    const [site] = this.settings.CHAT_SITES;
    const { lang } = request.query as { lang?: unknown };
    const html = this.settings.CONVERSATIONS_DEMO ? demoPage(page, lang === 'fr' ? 'fr' : 'en', site?.id ?? '') : null;
    if (html === null) throw new NotFoundException();
    // What a host page with a strict policy adds for the widget: the gateway's origin in script-src and frame-src.
    void reply.header(
      'Content-Security-Policy',
      "default-src 'none'; script-src 'self'; frame-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'",
    );
    this.send(request, reply, served('text/html; charset=utf-8', Buffer.from(html)), 'no-cache');
  }

  demoScript(request: FastifyRequest, reply: FastifyReply): void {
    if (!this.settings.CONVERSATIONS_DEMO) throw new NotFoundException();
    this.send(request, reply, served('text/javascript; charset=utf-8', Buffer.from(demoScript)), MINUTES_5);
  }

  demoStyles(request: FastifyRequest, reply: FastifyReply): void {
    if (!this.settings.CONVERSATIONS_DEMO) throw new NotFoundException();
    this.send(request, reply, served('text/css; charset=utf-8', Buffer.from(demoStyles)), MINUTES_5);
  }

  private read(name: string): Served | null {
    const path = join(findRepositoryRoot(), 'dist', 'libs', 'chat-widget', name);
    if (!existsSync(path)) {
      this.log.error({ name }, 'widget.file-missing');
      return null;
    }
    const type = name.endsWith('.js') ? 'text/javascript; charset=utf-8' : 'text/css; charset=utf-8';
    return served(type, readFileSync(path));
  }

  private send(request: FastifyRequest, reply: FastifyReply, file: Served | null, caching: string): void {
    if (file === null) throw new NotFoundException();
    const zip = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    const etag = `"${file.etag}${zip ? '-gz' : ''}"`;
    void reply.headers({
      'Content-Type': file.type,
      'Cache-Control': caching,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'strict-origin-when-cross-origin',
      Vary: 'Accept-Encoding',
      ETag: etag,
    });
    if (request.headers['if-none-match']?.split(/, */).includes(etag)) void reply.status(304).send();
    else if (zip) void reply.header('Content-Encoding', 'gzip').send(file.zipped);
    else void reply.send(file.body);
  }
}

function served(type: string, body: Buffer): Served {
  const etag = createHash('sha256').update(body).digest('base64url').slice(0, 22);
  return { type, body, zipped: gzipSync(body), etag };
}
