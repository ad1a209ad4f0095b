import { HttpException, Inject, Injectable } from '@nestjs/common';
import {
  newBlobKey,
  openBlobStore,
  serveFile,
  serveUploads,
  UploadRefused,
  type BlobStore,
} from '@conversations/blob-store';
import {
  CloseCode,
  CompleteUpload,
  FindAttachment,
  ReserveUpload,
  VisitorId,
  type AttachmentLink,
  type OutputOf,
} from '@conversations/contracts';
import { Messaging } from '@conversations/messaging';
import type { Logger } from '@conversations/runtime';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AttachmentLinks } from './attachment-links';
import { LOG, SETTINGS, type ChatGatewaySettings } from './config';
import type { HttpVisitor } from './http-fallback';
import { describeError } from './http-errors';
import { HttpVisitors } from './http-visitor';
import { Limits } from './limits';
import { OpenSession, SessionRefused } from './open-session';
import type { VisitorIdentity } from './visitor-token';

const Signed = z.object({ visitor: VisitorId, until: z.coerce.number().int().positive(), mac: z.string().max(64) });

/** Files from visitors, and the files of their own thread. */
@Injectable()
export class VisitorFiles {
  private readonly store: BlobStore | null;

  constructor(
    @Inject(SETTINGS) settings: ChatGatewaySettings,
    @Inject(HttpVisitors) private readonly visitors: HttpVisitors,
    @Inject(OpenSession) private readonly openSession: OpenSession,
    @Inject(Limits) private readonly limits: Limits,
    @Inject(AttachmentLinks) private readonly links: AttachmentLinks,
    @Inject(Messaging) private readonly messaging: Messaging,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.store = openBlobStore(settings);
  }

  /** Not a controller's method, because the body is a stream of parts that Nest knows nothing about. */
  listen(fastify: FastifyInstance): void {
    serveUploads(fastify, {
      path: '/widget/v1/uploads',
      store: this.store,
      log: this.log,
      reserve: (request) => this.reserve(request),
      describe: describeError,
    });
  }

  /** By an address that {@link AttachmentLinks} signed. */
  async serve(request: FastifyRequest, reply: FastifyReply, id: string): Promise<void> {
    const signed = Signed.safeParse(request.query);
    const isGood = signed.success && this.links.holds(id, signed.data.visitor, signed.data.until, signed.data.mac);
    const attachment = isGood ? await this.find(id, signed.data.visitor) : null;
    await serveFile(request, reply, { store: this.store, log: this.log }, attachment);
  }

  /** A new address for a browser whose own one is over. */
  async link(request: FastifyRequest, id: string): Promise<AttachmentLink> {
    const { visitor } = this.visitors.query(request);
    const { visitorId } = this.identify(visitor);
    if ((await this.find(id, visitorId)) === null) throw new HttpException({ code: 'not_found' }, 404);
    return { url: this.links.of(id, visitorId) };
  }

  /**
   * A token that was minted for this browser will do, so that a first message can be a picture; such a visitor counts as a new one of
   * its address, and each address has a limit of its own, because tokens cost nothing.
   */
  private async reserve(request: FastifyRequest) {
    const { visitor } = this.visitors.query(request);
    const identity = this.identify(visitor);
    const { visitorId, tokenHash } = identity;
    const wait = this.limits.uploads.take(visitorId) || this.limits.addressUploads.take(visitor.address);
    if (wait > 0) throw new UploadRefused('TOO_MANY', wait);
    const storageKey = newBlobKey();
    const owner = { kind: 'visitor' as const, id: visitorId, siteId: visitor.site, tokenHash };
    const { id, visitor: state } = await this.messaging.request(ReserveUpload, { owner, storageKey });
    if (state === 'expired') throw new SessionRefused(CloseCode.badToken, 'token expired');
    const newcomer = state === 'new' ? this.limits.newVisitor(visitor.address, visitorId) : 0;
    if (newcomer > 0) throw new UploadRefused('TOO_MANY', newcomer);
    return {
      key: storageKey,
      complete: async (file: { filename: string; contentType: string; byteSize: number }) =>
        (await this.messaging.request(CompleteUpload, { id, ...file })).attachment,
    };
  }

  /** Unlike the rest of the fallback nothing is minted here: files without a visitor would belong to nobody. */
  private identify(visitor: HttpVisitor): VisitorIdentity {
    if (visitor.token === null) throw new SessionRefused(CloseCode.badToken, 'token missing');
    const nobody = { send: () => undefined, close: () => undefined };
    return this.openSession.identify({ ...visitor, lastSeq: 0 }, visitor, nobody).identity;
  }

  private async find(id: string, visitorId: string): Promise<OutputOf<typeof FindAttachment>['attachment']> {
    if (id.length > 64) return null;
    return (await this.messaging.request(FindAttachment, { id, visitorId })).attachment;
  }
}
