import { VisitorPresenceChanged } from '@conversations/contracts';
import { Messaging, type PresenceView } from '@conversations/messaging';
import { Injectable } from '@nestjs/common';
import type { VisitorParent } from '../parents';
import { EventLog } from './event-log';

/** The bucket follows an announcement within milliseconds; until then the announcement counts. */
const AHEAD_MS = 5_000;
/** Visitors whose leaving is remembered for "last seen". */
const REMEMBERED = 10_000;

type Told = NonNullable<VisitorParent['presence']>;

/** Who is on the site now, from the presence bucket; transitions go to screens through the event log's ring. */
@Injectable()
export class VisitorPresence {
  private view: PresenceView | null = null;
  private readonly left = new Map<string, string>();
  /** What was announced lately, oldest first. */
  private readonly told = new Map<string, { presence: Told; at: number }>();
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
      this.remember(visitorId, { online, since, page });
      const visitor: VisitorParent = { id: visitorId, presence: { online, since, page } };
      this.log.addPresence(visitorId, (cursor) => ({ __typename: 'VisitorPresenceChanged', cursor, visitor }));
    });
  }

  onlineIds(): string[] {
    return this.view?.onlineIds() ?? [];
  }

  of(visitor: VisitorParent): { state: 'ONLINE' | 'OFFLINE'; since: string } {
    const now = visitor.presence ?? this.newestOf(visitor.id);
    if (now) return { state: now.online ? 'ONLINE' : 'OFFLINE', since: now.since };
    return { state: 'OFFLINE', since: this.left.get(visitor.id) ?? visitor.lastSign ?? this.startedAt };
  }

  pageOf(visitor: VisitorParent): { url: string; title: string | null } | null {
    const now = visitor.presence ?? this.newestOf(visitor.id);
    return now?.online === true ? now.page : null;
  }

  /** A list that is asked for just after an announcement must not be older than it. */
  private newestOf(visitorId: string): Told | null {
    const seen = this.view?.of(visitorId) ?? null;
    const told = this.told.get(visitorId);
    if (told === undefined || Date.now() - told.at > AHEAD_MS) return seen;
    return seen === null || seen.since < told.presence.since ? told.presence : seen;
  }

  private remember(visitorId: string, presence: Told): void {
    const now = Date.now();
    this.told.delete(visitorId);
    this.told.set(visitorId, { presence, at: now });
    for (const [id, { at }] of this.told) {
      if (now - at <= AHEAD_MS) break;
      this.told.delete(id);
    }
  }
}
