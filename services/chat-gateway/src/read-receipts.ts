import { Inject, Injectable } from '@nestjs/common';
import { ChatRead, visitorThreadKey } from '@conversations/contracts';
import { Messaging } from '@conversations/messaging';
import type { Logger } from '@conversations/runtime';
import { LOG } from './config';
import type { VisitorSession } from './visitor-session';

/** Reading down a thread moves the mark with every message; one fact a second is enough. */
const COALESCE_MS = 1_000;

/** Tells how far visitors have read, at most once a second for each and one publish at a time. */
@Injectable()
export class ReadReceipts {
  private readonly marks = new Map<string, number>();

  constructor(
    @Inject(Messaging) private readonly messaging: Messaging,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  read(session: VisitorSession, upToSeq: number): void {
    if (!session.known) return;
    const position = Math.min(upToSeq, session.lastSeq);
    if (position <= session.readSeq) return;
    session.readSeq = position;
    const { visitorId } = session.identity;
    const mark = this.marks.get(visitorId);
    this.marks.set(visitorId, Math.max(position, mark ?? 0));
    if (mark === undefined) setTimeout(() => void this.tell(visitorId), COALESCE_MS).unref();
  }

  private async tell(visitorId: string): Promise<void> {
    const upToPosition = this.marks.get(visitorId) ?? 0;
    try {
      const data = { visitorId, upToPosition, at: new Date().toISOString() };
      await this.messaging.publish(ChatRead, visitorThreadKey(visitorId), data);
    } catch (error) {
      this.log.warn({ err: error, visitorId }, 'chat.read-delayed');
    }
    if (this.marks.get(visitorId) === upToPosition) this.marks.delete(visitorId);
    else setTimeout(() => void this.tell(visitorId), COALESCE_MS).unref();
  }
}
