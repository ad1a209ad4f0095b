import { timingSafeEqual, createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { BlobTooLarge } from '@conversations/blob-store';
import type { Logger } from '@conversations/runtime';
import { Inject, Injectable } from '@nestjs/common';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type EmailSettings, LOG, SETTINGS } from '../config';
import { AcceptMail, NO_ENVELOPE } from './accept-mail';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** `POST /inbound/raw`: the raw mail as the body, for providers that push. Listens only when a token is set. */
@Injectable()
export class RawHttp {
  private server: FastifyInstance | null = null;

  constructor(
    private readonly accepting: AcceptMail,
    @Inject(SETTINGS) private readonly settings: EmailSettings,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  async start(): Promise<void> {
    const { EMAIL_INGEST_TOKEN: token, EMAIL_INGEST_HOST: host, EMAIL_INGEST_PORT: port } = this.settings;
    if (token === undefined) return;
    const expected = digest(`Bearer ${token}`);
    const server = fastify({ bodyLimit: this.settings.EMAIL_MAX_BYTES, requestTimeout: 60_000 });
    // Of any type, and never held whole: it goes to the store as it comes.
    server.removeAllContentTypeParsers();
    server.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    server.addHook('onRequest', async (request, reply) => {
      const given = digest(request.headers.authorization ?? '');
      if (!timingSafeEqual(given, expected)) return reply.code(401).send({ error: 'The token is missing or wrong.' });
    });
    server.post('/inbound/raw', (request, reply) => this.take(request, reply));
    await server.listen({ host, port });
    this.server = server;
    this.log.info({ port: (server.server.address() as AddressInfo).port }, 'http.listening');
  }

  async stop(): Promise<void> {
    await this.server?.close();
  }

  private async take(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    try {
      const content = (request.body as Readable | undefined) ?? request.raw;
      const maxBytes = this.settings.EMAIL_MAX_BYTES;
      const { id, isNew } = await this.accepting.run({ source: 'http', envelope: NO_ENVELOPE, content, maxBytes });
      return await reply.code(200).send({ id, isNew });
    } catch (error) {
      if (error instanceof BlobTooLarge) return reply.code(413).send({ error: 'The mail is too large.' });
      this.log.error({ err: error }, 'mail.not-stored');
      return reply.code(503).header('retry-after', '30').send({ error: 'Mail cannot be stored now: try again later.' });
    }
  }
}
