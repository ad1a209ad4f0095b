import { Inject, Injectable } from '@nestjs/common';
import {
  ChatContactClaimed,
  ChatVisitorIdentified,
  visitorThreadKey,
  type DataOf,
  type WidgetFrame,
} from '@conversations/contracts';
import { Messaging } from '@conversations/messaging';
import type { Logger } from '@conversations/runtime';
import { LOG } from './config';
import { Limits } from './limits';
import { verifyIdentity, type VouchedIdentity } from './verify-identity';
import type { VisitorSession } from './visitor-session';

export type ClaimedContact = Pick<DataOf<typeof ChatContactClaimed>, 'email' | 'name' | 'phone' | 'company'>;

/** Passes on who a site's backend says its visitor is; for a visitor who has not written yet, with its first message. */
@Injectable()
export class IdentifyVisitor {
  constructor(
    @Inject(Messaging) private readonly messaging: Messaging,
    @Inject(Limits) private readonly limits: Limits,
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

  /** What a page's script says counts least: a visitor who is somebody's already stays who they are. */
  claim(session: VisitorSession, { email, name, phone, company }: Extract<WidgetFrame, { t: 'contact' }>): void {
    if (session.hasContact || session.vouched !== null) return;
    if (this.limits.messages.take(session.identity.visitorId) > 0) return;
    session.claimed = { email, name: name ?? null, phone: phone ?? null, company: company ?? null };
    if (session.known) void this.publishClaim(session);
  }

  /** Before the visitor's first message, so that the flow that it starts knows who writes and does not ask. */
  async beforeFirstMessage(session: VisitorSession): Promise<void> {
    if (!session.known && session.vouched !== null && session.told !== session.vouched)
      await this.publish(session, session.vouched);
    if (!session.known) await this.publishClaim(session);
  }

  /** The visitor is stored now. */
  known(session: VisitorSession): void {
    if (session.vouched !== null && session.told !== session.vouched) void this.publish(session, session.vouched);
    void this.publishClaim(session);
  }

  /** Once; the widget says it again on its next connection. */
  private async publishClaim(session: VisitorSession): Promise<void> {
    const { claimed } = session;
    session.claimed = null;
    if (claimed === null || session.vouched !== null) return;
    try {
      const data = { origin: session.origin, ...claimed, at: new Date().toISOString() };
      await this.messaging.publish(ChatContactClaimed, visitorThreadKey(session.identity.visitorId), data);
    } catch (error) {
      session.claimed ??= claimed;
      this.log.warn({ err: error, visitorId: session.identity.visitorId }, 'chat.claim-delayed');
    }
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
