import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import {
  beginsOnPage,
  ChatWidgetOpened,
  GetAutomation,
  visitorThreadKey,
  type AutomationSnapshot,
} from '@conversations/contracts';
import { Messaging } from '@conversations/messaging';
import type { Logger } from '@conversations/runtime';
import { LOG } from './config';
import { IdentifyVisitor } from './identify-visitor';
import { Limits } from './limits';
import type { VisitorSession } from './visitor-session';

/** So long a flow that is published is not seen here. */
const FRESH_MS = 5_000;
/** The widget says once that it is open: while the broker or the conversation service is away, it is tried again after these. */
const AGAIN_MS = [1_000, 3_000, 10_000];

/** Where the chatbot speaks first, an opened widget is a fact; everywhere else it is nobody's business. */
@Injectable()
export class GreetVisitor {
  private flow: { at: number; read: Promise<AutomationSnapshot | null> } | null = null;

  constructor(
    @Inject(Messaging) private readonly messaging: Messaging,
    @Inject(IdentifyVisitor) private readonly identify: IdentifyVisitor,
    @Inject(Limits) private readonly limits: Limits,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  async run(session: VisitorSession): Promise<void> {
    for (const ms of [...AGAIN_MS, null]) {
      if (session.closed || session.known || session.greeted) return;
      try {
        await this.greet(session);
        return;
      } catch (error) {
        session.greeted = false;
        const { visitorId } = session.identity;
        this.log.warn({ err: error, visitorId, againInMs: ms }, 'chat.greeting-failed');
        if (ms !== null) await pause(ms, undefined, { ref: false });
      }
    }
  }

  private async greet(session: VisitorSession): Promise<void> {
    const { visitorId } = session.identity;
    const flow = await this.newest();
    if (flow === null || !beginsOnPage(flow, session.page?.url ?? null) || session.greeted) return;
    // The bot's greeting makes a visitor, as a first message does.
    if (this.limits.newVisitor(session.address, visitorId) > 0) return;
    session.greeted = true;
    await this.identify.beforeFirstMessage(session);
    const threadKey = visitorThreadKey(visitorId);
    const data = { threadKey, origin: session.origin, at: new Date().toISOString() };
    await this.messaging.publish(ChatWidgetOpened, threadKey, data);
  }

  private newest(): Promise<AutomationSnapshot | null> {
    if (this.flow === null || Date.now() - this.flow.at > FRESH_MS) {
      const read = this.messaging.request(GetAutomation, { version: null }).then(({ automation }) => automation);
      this.flow = { at: Date.now(), read };
      read.catch(() => (this.flow = null));
    }
    return this.flow.read;
  }
}
