import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  ChatFormSubmitted,
  ChatMessageReceived,
  FindVisitorMessages,
  visitorThreadKey,
  type DataOf,
  type WidgetFrame,
} from '@conversations/contracts';
import { Messaging } from '@conversations/messaging';
import { Metrics, newId, type Logger } from '@conversations/runtime';
import { context, trace } from '@opentelemetry/api';
import { answersOfForm } from './answers-of-form';
import { LOG } from './config';
import { IdentifyVisitor } from './identify-visitor';
import { Limits } from './limits';
import { Refused } from './refused';
import { uploadsOfMessage } from './uploads-of-message';
import type { StoredMessage, VisitorSession } from './visitor-session';

type SendFrame = Extract<WidgetFrame, { t: 'send' }>;
type FormFrame = Extract<WidgetFrame, { t: 'form' }>;

/** After this the browser is told to try again; the same ids make that harmless. */
const GIVE_UP_MS = 15_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 4_000;
const RETRY_AFTER_SECONDS = 2;

/** A message between its frame and its ack. */
interface Underway {
  visitorId: string;
  clientId: string;
  /** Tabs that wait for the answer; more than one when a browser sent it again. */
  tabs: Set<VisitorSession>;
  deadline: number;
  publish(deadlineMs: number): Promise<{ duplicate: boolean }>;
  /** Null = given up. */
  stored: PromiseWithResolvers<StoredMessage | null>;
}

/**
 * Brings what visitors write to the conversation service. One message of a visitor is under way at a time, from the publish
 * until it is stored: whatever dies in between, the next can never overtake it.
 */
@Injectable()
export class ReceiveChat {
  private readonly threads = new Map<string, Underway[]>();

  constructor(
    @Inject(Messaging) private readonly messaging: Messaging,
    @Inject(Limits) private readonly limits: Limits,
    @Inject(IdentifyVisitor) private readonly identify: IdentifyVisitor,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  send(session: VisitorSession, { clientId, text, attachments: ids = [] }: SendFrame): void {
    this.receive(session, clientId, (canonical) => {
      const { visitorId } = session.identity;
      const uploads = uploadsOfMessage(this.messaging, { visitorId, idempotencyKey: canonical.idempotencyKey, ids });
      return async (id, deadlineMs) => {
        const data: DataOf<typeof ChatMessageReceived> = { ...canonical, text, attachments: await uploads() };
        await this.identify.beforeFirstMessage(session);
        return this.messaging.publish(ChatMessageReceived, canonical.threadKey, data, { id, deadlineMs });
      };
    });
  }

  submitForm(session: VisitorSession, { clientId, formId, values }: FormFrame): void {
    this.receive(session, clientId, (canonical) => {
      const answers = answersOfForm(this.messaging, session.identity.visitorId, { formId, values });
      return async (id, deadlineMs) => {
        const data: DataOf<typeof ChatFormSubmitted> = { ...canonical, formId, answers: await answers() };
        return this.messaging.publish(ChatFormSubmitted, canonical.threadKey, data, { id, deadlineMs });
      };
    });
  }

  /** The event log shows that a visitor's message is stored. */
  stored(visitorId: string, message: StoredMessage): void {
    const underway = this.find(visitorId, message.clientId);
    underway?.stored.resolve(message);
  }

  /** Resolves when nothing is between frame and ack. */
  async idle(session: VisitorSession): Promise<void> {
    const mine = this.threads.get(session.identity.visitorId)?.filter(({ tabs }) => tabs.has(session)) ?? [];
    await Promise.all(mine.map(({ stored }) => stored.promise));
  }

  private receive(
    session: VisitorSession,
    clientId: string,
    compose: (canonical: Canonical) => (id: string, deadlineMs: number) => Promise<{ duplicate: boolean }>,
  ): void {
    const { visitorId } = session.identity;
    const again = this.find(visitorId, clientId);
    if (again !== undefined) {
      again.tabs.add(session);
      session.sendingOwn(clientId);
      return;
    }
    const wait =
      this.limits.messages.take(visitorId) || (session.known ? 0 : this.limits.newVisitor(session.address, visitorId));
    if (wait > 0) {
      session.refuse({ t: 'nack', clientId, code: 'rate_limited', retryAfter: Math.ceil(wait / 1000) });
      return;
    }
    const canonical = canonicalMessage(session, clientId);
    const publish = compose(canonical);
    const eventId = eventIdOf(canonical.idempotencyKey);
    const span = trace.getTracer('chat-gateway').startSpan('chat receive');
    const traced = trace.setSpan(context.active(), span);
    const underway: Underway = {
      visitorId,
      clientId,
      tabs: new Set([session]),
      deadline: Date.now() + GIVE_UP_MS,
      publish: (deadlineMs) => context.with(traced, () => publish(eventId, deadlineMs)),
      stored: Promise.withResolvers(),
    };
    void underway.stored.promise.then((stored) => {
      span.end();
      const outcome = stored === null ? 'failed' : 'stored';
      this.metrics.counter('conversations_messages_total').inc({ channel: 'chat', direction: 'in', outcome });
    });
    session.sendingOwn(clientId);
    const thread = this.threads.get(visitorId);
    if (thread !== undefined) thread.push(underway);
    else {
      const queue = [underway];
      this.threads.set(visitorId, queue);
      void this.work(visitorId, queue);
    }
  }

  private async work(visitorId: string, queue: Underway[]): Promise<void> {
    for (let head = queue[0]; head !== undefined; head = queue[0]) {
      const stored = await this.store(head);
      if (stored === null) break;
      if (stored instanceof Refused) {
        head.stored.resolve(null);
        for (const tab of head.tabs) {
          tab.refuse({ t: 'nack', clientId: head.clientId, code: 'invalid', field: stored.field });
        }
        queue.shift();
        continue;
      }
      head.stored.resolve(stored);
      for (const tab of head.tabs) tab.acknowledge(stored);
      queue.shift();
    }
    this.threads.delete(visitorId);
    // What waited behind one that failed fails with it: the browser sends all of them again, in their order.
    for (const { clientId, tabs, stored } of queue) {
      stored.resolve(null);
      for (const tab of tabs) {
        tab.refuse({ t: 'nack', clientId, code: 'unavailable', retryAfter: RETRY_AFTER_SECONDS });
      }
    }
  }

  /** Null when it is not known to be stored in time; what refuses it for good is an answer too. */
  private async store(message: Underway): Promise<StoredMessage | Refused | null> {
    for (let tries = 0; Date.now() < message.deadline; tries += 1) {
      const left = message.deadline - Date.now();
      const waitMs = Math.min(FIRST_WAIT_MS * 2 ** tries, LONGEST_WAIT_MS, left);
      try {
        const { duplicate } = await message.publish(left);
        // A copy that the broker dropped brings no event of its own: the first one may have been seen long ago.
        const seen = duplicate ? null : await within(waitMs, message.stored.promise);
        const stored = seen ?? (await this.lookUp(message));
        if (stored !== null) return stored;
        if (!duplicate) continue;
        const later = await within(waitMs, message.stored.promise);
        if (later !== null) return later;
      } catch (error) {
        if (error instanceof Refused) return error;
        this.log.warn({ err: error, visitorId: message.visitorId }, 'chat.message-delayed');
        const stored = await within(waitMs, message.stored.promise);
        if (stored !== null) return stored;
      }
    }
    return null;
  }

  private async lookUp({ visitorId, clientId }: Underway): Promise<StoredMessage | null> {
    const { found } = await this.messaging.request(FindVisitorMessages, { visitorId, clientIds: [clientId] });
    const message = found.find((item) => item.clientId === clientId);
    return message === undefined ? null : { clientId, seq: message.seq, id: message.id, at: message.at };
  }

  private find(visitorId: string, clientId: string): Underway | undefined {
    return this.threads.get(visitorId)?.find((message) => message.clientId === clientId);
  }
}

type Canonical = ReturnType<typeof canonicalMessage>;

function canonicalMessage(session: VisitorSession, clientId: string) {
  const { visitorId } = session.identity;
  return {
    messageId: newId('msg'),
    threadKey: visitorThreadKey(visitorId),
    idempotencyKey: `chat:${visitorId}:${clientId}`,
    clientMessageId: clientId,
    origin: session.origin,
    receivedAt: new Date().toISOString(),
  };
}

/**
 * UUIDv8 from the message's own key, so that the broker drops a copy from any replica. The key holds the visitor's id:
 * another visitor's message can never be taken for a copy, whatever client id it carries.
 */
function eventIdOf(idempotencyKey: string): string {
  const hex = createHash('sha256').update(idempotencyKey).digest('hex');
  const variant = ((parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function within<T>(ms: number, promise: Promise<T>): Promise<T | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), ms);
    void promise.then((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}
