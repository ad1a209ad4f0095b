import { Inject, Injectable } from '@nestjs/common';
import { MessageAdded, type ConversationSnapshot, type DataOf, type MessageSnapshot } from '@conversations/contracts';
import { carries, type FollowedMessage } from '@conversations/messaging';
import { Metrics, type Logger } from '@conversations/runtime';
import { AttachmentLinks } from './attachment-links';
import { LOG } from './config';
import { IdentifyVisitor } from './identify-visitor';
import { OpenSession } from './open-session';
import { Presence } from './presence';
import { ReceiveChat } from './receive-chat';
import { visitorMessage } from './visitor-message';
import type { VisitorSession } from './visitor-session';
import { VisitorSessions } from './visitor-sessions';

/** Brings what happens in conversations to the tabs of their visitors. */
@Injectable()
export class LiveDelivery {
  constructor(
    @Inject(VisitorSessions) private readonly sessions: VisitorSessions,
    @Inject(ReceiveChat) private readonly receiveChat: ReceiveChat,
    @Inject(Presence) private readonly presence: Presence,
    @Inject(IdentifyVisitor) private readonly identifyVisitor: IdentifyVisitor,
    @Inject(OpenSession) private readonly openSession: OpenSession,
    @Inject(AttachmentLinks) private readonly links: AttachmentLinks,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  deliver(events: FollowedMessage[]): void {
    for (const { envelope } of events) {
      if (carries(envelope, MessageAdded)) this.added(envelope.data, envelope.time);
      // Every followed event carries the conversation as it stood after it.
      else this.changed((envelope.data as { conversation: ConversationSnapshot }).conversation, null);
    }
  }

  private added({ conversation, message }: DataOf<typeof MessageAdded>, time: string): void {
    this.changed(conversation, message);
    const { visitorId } = conversation;
    if (visitorId !== null && this.sessions.of(visitorId) !== undefined) {
      const seconds = Math.max(0, Date.now() - Date.parse(time)) / 1000;
      this.metrics.histogram('conversations_pushed_seconds').observe({ to: 'visitor' }, seconds);
    }
    const { clientMessageId: clientId, author, position: seq, id, createdAt: at } = message;
    if (visitorId === null || clientId === null || author.id !== visitorId) return;
    this.receiveChat.stored(visitorId, { clientId, seq, id, at });
  }

  private changed(conversation: ConversationSnapshot, added: MessageSnapshot | null): void {
    const { visitorId } = conversation;
    const tabs = visitorId === null ? undefined : this.sessions.of(visitorId);
    if (visitorId === null || tabs === undefined) return;
    const shown = added === null ? null : visitorMessage(added, visitorId);
    const [message = null] = shown === null ? [] : this.links.sign([shown], visitorId);
    const push = { conversation, position: added?.position ?? null, message };
    for (const session of tabs) {
      if (!session.push(push)) void this.refill(session);
      if (!session.known) this.nowKnown(session);
    }
  }

  private nowKnown(session: VisitorSession): void {
    session.known = true;
    this.presence.joined(session);
    this.identifyVisitor.known(session);
  }

  /** A message before this one did not come: the history has it. */
  private async refill(session: VisitorSession): Promise<void> {
    const { identity, lastSeq } = session;
    this.log.warn({ visitorId: identity.visitorId, lastSeq }, 'delivery.gap');
    try {
      session.refill(await this.openSession.resume(session, lastSeq));
    } catch (error) {
      this.log.warn({ err: error, visitorId: identity.visitorId }, 'delivery.resume-failed');
      session.startOver();
    }
  }
}
