import { Inject, Injectable } from '@nestjs/common';
import { VisitorPresenceChanged, type Page } from '@conversations/contracts';
import { Messaging, type PresenceBucket, type PresenceEntry, type PresenceView } from '@conversations/messaging';
import { Metrics, newId } from '@conversations/runtime';
import { PRESENCE, SETTINGS, type ChatGatewaySettings } from './config';
import type { VisitorSession } from './visitor-session';

/** By then the bucket has told of this replica's own removal, when the broker is there. */
const SETTLED_MS = 5_000;
/** A visitor's way through a site is told at most this often; the last page counts. */
const MOVE_MS = 1_000;
const COUNT_MS = 10_000;

interface LocalVisitor {
  since: string;
  tabs: Set<VisitorSession>;
  page: Page | null;
  locale: string | null;
  leaving: NodeJS.Timeout | undefined;
  moving: NodeJS.Timeout | undefined;
}

/**
 * Who is on the site, over all tabs and replicas. A visitor is offline when its last socket anywhere was closed longer ago than
 * the grace, which covers a change of page. Only changes are published, nothing per heartbeat; when two replicas let a visitor
 * go at nearly the same time, both say so.
 */
@Injectable()
export class Presence {
  private readonly visitors = new Map<string, LocalVisitor>();
  /**
   * Who came or went to another page, to be announced when the bucket has it: from then on somebody says that they left, even
   * if this replica dies.
   */
  private readonly arriving = new Map<string, PresenceEntry>();
  /** Visitors this replica let go whose going is not announced: another replica may hold them. */
  private readonly letGo = new Set<string>();
  private readonly everywhere: PresenceView;

  constructor(
    @Inject(PRESENCE) private readonly bucket: PresenceBucket,
    @Inject(Messaging) private readonly messaging: Messaging,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(SETTINGS) private readonly settings: ChatGatewaySettings,
  ) {
    this.everywhere = bucket.watch();
    // The bucket's order decides who was last: whoever sees nobody left after its own removal says so.
    this.everywhere.onChange(({ visitorId, presence }) => {
      if (presence?.online === true) {
        const arrived = this.arriving.get(visitorId);
        if (arrived !== undefined) this.announce(visitorId, true, arrived);
        this.arriving.delete(visitorId);
        return;
      }
      // Let go elsewhere, or this replica was taken for dead: said again when the bucket has the visitor.
      const here = this.visitors.get(visitorId);
      if (here !== undefined) this.arriving.set(visitorId, entryOf(here));
      if (this.letGo.delete(visitorId)) this.announce(visitorId, false, null);
    });
  }

  /** From now on this replica's visitors count as online, and those of a replica that died are announced as gone. */
  async begin(): Promise<void> {
    setInterval(() => {
      this.metrics.gauge('conversations_visitors_online').set(this.everywhere.onlineIds().length);
    }, COUNT_MS).unref();
    await this.bucket.keepLease(newId('chat'), (visitorIds) => {
      for (const visitorId of visitorIds) this.announce(visitorId, false, null);
    });
  }

  joined(session: VisitorSession): void {
    const { visitorId } = session.identity;
    const here = this.visitors.get(visitorId);
    if (here !== undefined) {
      clearTimeout(here.leaving);
      here.leaving = undefined;
      here.tabs.add(session);
      if (session.page !== null && session.page.url !== here.page?.url) this.moved(session);
      return;
    }
    const { page, locale } = session;
    const visitor: LocalVisitor = {
      since: new Date().toISOString(),
      tabs: new Set([session]),
      page,
      locale,
      leaving: undefined,
      moving: undefined,
    };
    this.visitors.set(visitorId, visitor);
    this.letGo.delete(visitorId);
    const elsewhere = this.everywhere.of(visitorId);
    const isNew = elsewhere?.online !== true;
    if (!isNew) visitor.since = elsewhere.since;
    const entry = entryOf(visitor);
    if (isNew || page?.url !== elsewhere.page?.url) this.arrives(visitorId, entry);
    else this.bucket.put(visitorId, entry);
  }

  moved(session: VisitorSession): void {
    const { visitorId } = session.identity;
    const visitor = this.visitors.get(visitorId);
    if (visitor === undefined || session.page === null) return;
    visitor.page = session.page;
    visitor.locale = session.locale ?? visitor.locale;
    visitor.moving ??= setTimeout(() => {
      visitor.moving = undefined;
      if (this.visitors.get(visitorId) !== visitor) return;
      this.arrives(visitorId, entryOf(visitor));
    }, MOVE_MS).unref();
  }

  private arrives(visitorId: string, entry: PresenceEntry): void {
    this.arriving.set(visitorId, entry);
    this.bucket.put(visitorId, entry);
  }

  left(session: VisitorSession): void {
    const { visitorId } = session.identity;
    const visitor = this.visitors.get(visitorId);
    if (visitor === undefined || !visitor.tabs.delete(session) || visitor.tabs.size > 0) return;
    visitor.leaving = setTimeout(() => {
      this.visitors.delete(visitorId);
      clearTimeout(visitor.moving);
      this.arriving.delete(visitorId);
      this.letGo.add(visitorId);
      this.bucket.remove(visitorId);
      this.settle(visitorId);
    }, this.settings.CHAT_OFFLINE_GRACE_SECONDS * 1000).unref();
  }

  /** Still online elsewhere: then the replica that holds the visitor last announces that it left. */
  private settle(visitorId: string): void {
    setTimeout(() => {
      if (!this.letGo.has(visitorId)) return;
      if (this.messaging.isConnected) this.letGo.delete(visitorId);
      else this.settle(visitorId);
    }, SETTLED_MS).unref();
  }

  private announce(visitorId: string, online: boolean, entry: Pick<PresenceEntry, 'since' | 'page'> | null): void {
    const since = entry?.since ?? new Date().toISOString();
    this.messaging.publishLive(VisitorPresenceChanged, visitorId, {
      visitorId,
      online,
      since,
      page: entry?.page ?? null,
    });
  }
}

const entryOf = ({ since, page, locale }: LocalVisitor): PresenceEntry => ({ since, page, locale });
