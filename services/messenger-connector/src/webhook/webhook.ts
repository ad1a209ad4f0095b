import { type Logger, Metrics } from '@conversations/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { LOG } from '../config';
import { Pages } from '../pages/pages';
import { ReceiveDelivery } from './receive-delivery';
import { isSame, isSignedBy } from './signature';

const Subscription = z.object({
  'hub.mode': z.literal('subscribe'),
  'hub.verify_token': z.string().min(1),
  'hub.challenge': z.string().max(1_000),
});

/** What Meta calls. Source: Meta, "Meta Webhooks for Messenger Platform". */
@Injectable()
export class Webhook {
  constructor(
    private readonly pages: Pages,
    private readonly receive: ReceiveDelivery,
    private readonly metrics: Metrics,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Answers the challenge of whoever knows an app's verify token. Needs neither database nor broker. */
  async subscribe(query: Record<string, unknown>, reply: FastifyReply): Promise<void> {
    const { data } = Subscription.safeParse(query);
    const isKnown = data && this.pages.apps.some(({ verifyToken }) => isSame(verifyToken, data['hub.verify_token']));
    reply.header('x-content-type-options', 'nosniff').header('cache-control', 'no-store').type('text/plain');
    if (!isKnown) this.refuse('messenger-verify-token');
    await (isKnown ? reply.code(200).send(data['hub.challenge']) : reply.code(403).send());
  }

  /**
   * 200 once all is committed; 401 for what is not signed; 500 while nothing can be stored, so that Meta comes again. A
   * failed delivery is never half stored.
   */
  async deliver(body: unknown, signature: unknown, reply: FastifyReply): Promise<void> {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
    const apps = this.pages.apps.filter(({ secrets }) => isSignedBy(secrets, bytes, signature));
    if (apps.length === 0) {
      this.refuse('messenger-signature');
      await reply.code(401).send();
      return;
    }
    try {
      await this.receive.run(bytes, apps);
      await reply.code(200).send();
    } catch (error) {
      this.log.error({ err: error }, 'webhook.not-stored');
      await reply.code(500).send();
    }
  }

  private refuse(limit: string): void {
    this.log.warn({ limit }, 'webhook.refused');
    this.metrics.counter('conversations_rejections_total').inc({ limit });
  }
}
