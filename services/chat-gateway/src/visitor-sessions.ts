import { Injectable } from '@nestjs/common';
import type { VisitorSession } from './visitor-session';

/** The open tabs of this replica, by visitor. */
@Injectable()
export class VisitorSessions {
  private readonly tabs = new Map<string, Set<VisitorSession>>();

  of(visitorId: string): ReadonlySet<VisitorSession> | undefined {
    return this.tabs.get(visitorId);
  }

  add(session: VisitorSession): void {
    const { visitorId } = session.identity;
    const tabs = this.tabs.get(visitorId);
    if (tabs === undefined) this.tabs.set(visitorId, new Set([session]));
    else tabs.add(session);
  }

  remove(session: VisitorSession): void {
    const { visitorId } = session.identity;
    const tabs = this.tabs.get(visitorId);
    if (tabs?.delete(session) && tabs.size === 0) this.tabs.delete(visitorId);
  }

  *all(): Generator<VisitorSession> {
    for (const tabs of this.tabs.values()) yield* tabs;
  }
}
