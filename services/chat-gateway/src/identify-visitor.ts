import { Inject, Injectable } from '@nestjs/common';
import { ChatVisitorIdentified, visitorThreadKey } from '@conversations/contracts';
import { Messaging } from '@conversations/messaging';
import type { Logger } from '@conversations/runtime';
import { LOG } from './config';
import { verifyIdentity, type VouchedIdentity } from './verify-identity';
import type { VisitorSession } from './visitor-session';

/** Passes on who a site's backend says its visitor is; for a visitor who has not written yet, with its first message. */
@Injectable()
export class IdentifyVisitor {
  constructor(
    @Inject(Messaging) private readonly messaging: Messaging,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  run(session: VisitorSession, jwt: string): void {
    const secret = session.site.identitySecret;
    const identity = secret === undefined ? null : verifyIdentity(jwt, secret);
    if (identity === null) {
      this.log.warn({ siteId: session.site.id }, 'chat.identity-refused');
      return;
    }
    const { vouched } = session;
    if (vouched?.externalId === identity.externalId && vouched.email === identity.email) return;
    session.vouched = identity;
    if (session.known) void this.publish(session, identity);
  }

  /** Before the visitor's first message, so that the flow that it starts knows who writes and does not ask. */
  async beforeFirstMessage(session: VisitorSession): Promise<void> {
    if (!session.known && session.vouched !== null && session.told !== session.vouched)
      await this.publish(session, session.vouched);
  }

  /** The visitor is stored now. */
  known(session: VisitorSession): void {
    if (session.vouched !== null && session.told !== session.vouched) void this.publish(session, session.vouched);
  }

  private async publish(session: VisitorSession, identity: VouchedIdentity): Promise<void> {
    const key = visitorThreadKey(session.identity.visitorId);
    try {
      const data = { origin: session.origin, ...identity, at: new Date().toISOString() };
      await this.messaging.publish(ChatVisitorIdentified, key, data);
      session.told = identity;
    } catch (error) {
      session.vouched = null;
      this.log.warn({ err: error, visitorId: session.identity.visitorId }, 'chat.identity-delayed');
    }
  }
}
