import { Inject, Injectable } from '@nestjs/common';
import { Typing, type DataOf } from '@conversations/contracts';
import { Messaging } from '@conversations/messaging';
import { shownName } from './visitor-message';
import type { VisitorSession } from './visitor-session';
import { VisitorSessions } from './visitor-sessions';

/** "Is writing" is said again at most this often; receivers let it expire after 6 s. */
const REPEAT_MS = 3_000;

/** Carries "is writing" both ways. Nothing of it is stored, and nobody hears of a visitor who has no conversation. */
@Injectable()
export class TypingNotices {
  constructor(
    @Inject(Messaging) private readonly messaging: Messaging,
    @Inject(VisitorSessions) private readonly sessions: VisitorSessions,
  ) {}

  visitorTypes(session: VisitorSession, on: boolean, now = Date.now()): void {
    const conversationId = session.threadId;
    if (conversationId === null || (on ? now - session.typingSince < REPEAT_MS : session.typingSince === 0)) return;
    session.typingSince = on ? now : 0;
    const { visitorId } = session.identity;
    const author = { kind: 'visitor' as const, id: visitorId, name: null };
    this.messaging.publishLive(Typing, conversationId, { conversationId, visitorId, author, on });
  }

  agentTypes({ author, visitorId, on }: DataOf<typeof Typing>): void {
    if (author.kind !== 'agent' || visitorId === null) return;
    for (const session of this.sessions.of(visitorId) ?? []) session.typing(on, shownName(author.name));
  }
}
