import { HttpException, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { GatewayFrame, WidgetFrame } from '@conversations/contracts';
import { AllowedOrigins } from './allowed-origin';
import { clientAddress } from './client-address';
import { SETTINGS, type ChatGatewaySettings } from './config';
import type { HttpVisitor } from './http-fallback';
import { Limits } from './limits';
import { readFrame } from './read-frame';

const Query = z.object({
  site: z.string().max(64),
  afterSeq: z.coerce.number().int().nonnegative().max(2_147_483_647).default(0),
  before: z.coerce.number().int().positive().max(2_147_483_647).default(2_147_483_647),
});
const Body = z.object({
  site: z.string().max(64),
  clientId: z.unknown(),
  text: z.unknown().optional(),
  attachments: z.unknown().optional(),
  formId: z.unknown().optional(),
  values: z.unknown().optional(),
  page: z.object({ url: z.string().max(2000), title: z.string().max(300).optional() }).optional(),
  locale: z.string().max(35).optional(),
});

/** A message or the answer to a form to store, or the refusal to answer with. */
type HttpMessage =
  | { nack: Extract<GatewayFrame, { t: 'nack' }> }
  | {
      visitor: HttpVisitor;
      frame: Extract<WidgetFrame, { t: 'send' | 'form' }>;
      about: Pick<Extract<WidgetFrame, { t: 'hello' }>, 'page' | 'locale'>;
    };

/** Reads and checks requests of the HTTP fallback. Throws HttpException: 400, 403 (origin), 429 with Retry-After. */
@Injectable()
export class HttpVisitors {
  constructor(
    @Inject(SETTINGS) private readonly settings: ChatGatewaySettings,
    @Inject(AllowedOrigins) private readonly origins: AllowedOrigins,
    @Inject(Limits) private readonly limits: Limits,
  ) {}

  query(request: FastifyRequest): { visitor: HttpVisitor; afterSeq: number; before: number } {
    const { site, afterSeq, before } = parse(Query, request.query);
    return { visitor: this.visitor(request, site), afterSeq, before };
  }

  message(request: FastifyRequest): HttpMessage {
    const { site, clientId, text, attachments, formId, values, page, locale } = parse(Body, request.body);
    const visitor = this.visitor(request, site);
    const sent =
      formId === undefined ? { t: 'send', clientId, text, attachments } : { t: 'form', clientId, formId, values };
    const read = readFrame(JSON.stringify(sent), this.settings.CHAT_MAX_TEXT);
    if (read !== null && read !== 'unknown') {
      if ('nack' in read) return read;
      const { frame } = read;
      if (frame.t === 'send' || frame.t === 'form') return { visitor, frame, about: { page, locale } };
    }
    throw new HttpException({ code: 'invalid', field: 'clientId' }, 400);
  }

  private visitor(request: FastifyRequest, site: string): HttpVisitor {
    const { headers, raw } = request;
    const forwarded = headers['x-forwarded-for'];
    const address = clientAddress(
      raw.socket.remoteAddress ?? '',
      Array.isArray(forwarded) ? forwarded.join(',') : forwarded,
      this.settings.CHAT_TRUSTED_PROXIES,
    );
    const wait = this.limits.requests.take(address);
    if (wait > 0) throw new HttpException({ code: 'rate_limited', retryAfter: Math.ceil(wait / 1000) }, 429);
    const origin = headers.origin ?? null;
    // A browser leaves Origin out of a GET to the page's own origin only, and says so in Sec-Fetch-Site.
    const ownGet = origin === null && request.method === 'GET' && sameOrigin(headers['sec-fetch-site']);
    if (!ownGet && !this.origins.mayConnect(origin ?? undefined)) throw new HttpException({ code: 'origin' }, 403);
    const token = /^Bearer (\S{1,200})$/.exec(headers.authorization ?? '')?.[1] ?? null;
    if (headers.authorization !== undefined && token === null) throw new HttpException({ code: 'bad_token' }, 401);
    return { site, token, origin, address };
  }
}

function sameOrigin(site: string | string[] | undefined): boolean {
  return site === undefined || site === 'same-origin';
}

function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new HttpException({ code: 'invalid', field: read.error.issues[0]?.path.join('.') ?? '' }, 400);
}
