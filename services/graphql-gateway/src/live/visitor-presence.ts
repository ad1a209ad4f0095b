import { VisitorPresenceChanged } from '@conversations/contracts';
import { Messaging, type PresenceView } from '@conversations/messaging';
import { Injectable } from '@nestjs/common';
import type { VisitorParent } from '../parents';
import { EventLog } from './event-log';

/** Visitors whose leaving is remembered for "last seen". */
const REMEMBERED = 10_000;

/** Who is on the site now, from the presence bucket; transitions go to screens through the event log's ring. */
@Injectable()
export class VisitorPresence {
  private view: PresenceView | null = null;
  private readonly left = new Map<string, string>();
  private readonly startedAt = new Date().toISOString();

  constructor(
    private readonly messaging: Messaging,
    private readonly log: EventLog,
  ) {}

  async start(): Promise<void> {
    this.view = (await this.messaging.presence()).watch();
    this.messaging.subscribeLive(VisitorPresenceChanged, ({ data }) => {
      const { visitorId, online, since, page } = data;
      this.left.delete(visitorId);
      if (!online) this.left.set(visitorId, since);
      const [oldest] = this.left.keys();
      if (this.left.size > REMEMBERED && oldest !== undefined) this.left.delete(oldest);
      const visitor: VisitorParent = { id: visitorId, presence: { online, since, page } };
      this.log.addPresence(visitorId, (cursor) => ({ __typename: 'VisitorPresenceChanged', cursor, visitor }));
    });
  }

  onlineIds(): string[] {
    return this.view?.onlineIds() ?? [];
  }

  of(visitor: VisitorParent): { state: 'ONLINE' | 'OFFLINE'; since: string } {
    const now = visitor.presence ?? this.view?.of(visitor.id);
    if (now) return { state: now.online ? 'ONLINE' : 'OFFLINE', since: now.since };
    return { state: 'OFFLINE', since: this.left.get(visitor.id) ?? visitor.lastSign ?? this.startedAt };
  }

  pageOf(visitor: VisitorParent): { url: string; title: string | null } | null {
    const now = visitor.presence ?? this.view?.of(visitor.id);
    return now?.online === true ? now.page : null;
  }
}
