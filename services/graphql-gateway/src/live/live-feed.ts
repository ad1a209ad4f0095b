import { setTimeout as pause } from 'node:timers/promises';
import { GetConversations } from '@conversations/contracts';
import { Messaging } from '@conversations/messaging';
import { Metrics } from '@conversations/runtime';
import { Injectable } from '@nestjs/common';
import type { GraphQLSchema } from 'graphql';
import { AgentDirectory } from '../auth/agent-directory';
import { Contexts } from '../context';
import { createLoaders, type Loaders } from '../loaders';
import { AgentActivities } from './agent-activities';
import { EventLog, type LogEntry, type LogListener, type Resumption } from './event-log';
import { InboxCounts } from './inbox-counts';
import type { LiveSocket } from './live-socket';
import { type LiveOperation, PushGroup, type ShowErrors } from './push-group';
import type { PushedEvent } from './stream-events';
import { Subscriber } from './subscriber';

/** A stream does not wait longer for the visitor of its thread, who is then asked for again. */
const VISITOR_WITHIN_MS = 1_000;
const VISITOR_AGAIN_MS = 1_000;

/** Brings the event log to the subscriptions: which group gets which entry, and how a client catches up. */
@Injectable()
export class LiveFeed implements LogListener {
  private readonly groups = new Map<string, PushGroup>();
  private readonly inboxGroups = new Set<PushGroup>();
  private readonly threadGroups = new Map<string, Set<PushGroup>>();
  private schema: GraphQLSchema | null = null;
  private show: ShowErrors = (result) => result;

  constructor(
    private readonly messaging: Messaging,
    private readonly log: EventLog,
    private readonly contexts: Contexts,
    private readonly activities: AgentActivities,
    private readonly counts: InboxCounts,
    private readonly agents: AgentDirectory,
    private readonly metrics: Metrics,
  ) {}

  start(schema: GraphQLSchema, show: ShowErrors): void {
    this.schema = schema;
    this.show = show;
    this.log.listen(this);
    this.activities.start((conversationId) => this.pushActivity(conversationId));
    this.counts.start((inbox) =>
      this.pushToInboxes(
        { __typename: 'InboxCountersChanged', cursor: this.log.cursor, inbox },
        ({ wantsCounters }) => wantsCounters,
      ),
    );
    this.agents.listen((agent) =>
      this.pushToInboxes(
        { __typename: 'AgentChanged', cursor: this.log.cursor, agent },
        ({ wantsAgents }) => wantsAgents,
      ),
    );
  }

  /** Begins a subscription: StreamReady or ResyncRequired, what was missed after the cursor, then everything new. */
  subscribe(socket: LiveSocket, id: string, operation: LiveOperation, after: string | null): Subscriber {
    const group = this.groupOf(operation);
    const subscriber = new Subscriber(socket, id, after, () => this.leave(group, subscriber));
    group.subscribers.add(subscriber);
    this.metrics.gauge('conversations_subscriptions').inc();
    void this.catchUp(subscriber, group);
    return subscriber;
  }

  onEntries(entries: LogEntry[]): void {
    if (this.groups.size === 0) return;
    const loaders = createLoaders(this.messaging);
    for (const entry of entries) {
      this.prime(loaders, entry);
      for (const group of this.inboxGroups) this.pushEntry(group, entry, loaders);
      for (const group of this.threadsOf(entry)) this.pushEntry(group, entry, loaders);
      if (entry.change?.conversation != null && this.wantsCounters) this.counts.changed();
    }
  }

  onReset(): void {
    const event: PushedEvent = { __typename: 'ResyncRequired', cursor: this.log.cursor, reason: 'CURSOR_UNKNOWN' };
    const loaders = createLoaders(this.messaging);
    for (const group of this.groups.values()) this.pushTo(group, event, this.log.end.upTo + 1, loaders);
  }

  /** Subscriptions that were not fed because their reader was slow: told to load again, then fed as before. */
  async resyncLagging(): Promise<void> {
    for (const group of this.groups.values()) {
      for (const subscriber of group.subscribers) {
        if (!subscriber.lagging || subscriber.socket.isFull) continue;
        this.metrics.counter('conversations_resyncs_total').inc();
        const event: PushedEvent = { __typename: 'ResyncRequired', cursor: this.log.cursor, reason: 'SLOW_CONSUMER' };
        const context = this.contexts.forPush(subscriber.socket.signedIn, createLoaders(this.messaging));
        const text = await group.render(event, context);
        subscriber.lagging = false;
        subscriber.send(text);
      }
    }
  }

  private async catchUp(subscriber: Subscriber, group: PushGroup): Promise<void> {
    const { signedIn } = subscriber.socket;
    const begun: Resumption = { ...this.log.end, replay: [] };
    await this.findVisitor(group);
    const { after } = subscriber;
    const resumption =
      after === null ? begun : await this.log.resume(after, (entry) => this.eventsFor(group, entry).length > 0);
    const { upTo, cursor } = resumption;
    const replay = 'replay' in resumption ? resumption.replay : [];
    const replaying = replay.length > 0;
    const loaders = createLoaders(this.messaging);
    const send = async (event: PushedEvent) =>
      subscriber.send(await group.render(event, this.contexts.forPush(signedIn, loaders)));
    if ('resync' in resumption) {
      this.metrics.counter('conversations_resyncs_total').inc();
      await send({ __typename: 'ResyncRequired', cursor, reason: resumption.resync });
    } else await send({ __typename: 'StreamReady', cursor: replaying && after !== null ? after : cursor, replaying });
    for (const entry of replay) {
      this.prime(loaders, entry);
      for (const event of this.eventsFor(group, entry)) await send(event);
    }
    subscriber.goLive(upTo);
    if (!group.operation.wantsCounters) return;
    if (after === null) this.counts.forget();
    else this.counts.tellAgain();
  }

  /** The visitor of a thread, so that its presence is pushed from the first moment. */
  private async findVisitor(group: PushGroup): Promise<void> {
    const { conversationId } = group.operation;
    if (conversationId === null || group.visitorId !== null) return;
    try {
      await this.askVisitor(group, conversationId);
    } catch {
      void this.findVisitorLater(group, conversationId);
    }
  }

  /** Until then only the visitor's dot is late; the next event of the conversation names the visitor as well. */
  private async findVisitorLater(group: PushGroup, conversationId: string): Promise<void> {
    while (group.visitorId === null && group.subscribers.size > 0) {
      await pause(VISITOR_AGAIN_MS, undefined, { ref: false });
      try {
        await this.askVisitor(group, conversationId);
      } catch {
        continue;
      }
      if (group.visitorId === null) return;
      const event: PushedEvent = {
        __typename: 'VisitorPresenceChanged',
        cursor: this.log.cursor,
        visitor: { id: group.visitorId },
      };
      this.pushTo(group, event, this.log.end.upTo + 1, createLoaders(this.messaging));
      return;
    }
  }

  private async askVisitor(group: PushGroup, conversationId: string): Promise<void> {
    const { items } = await this.messaging.request(
      GetConversations,
      { ids: [conversationId] },
      { timeoutMs: VISITOR_WITHIN_MS },
    );
    group.visitorId ??= items[0]?.visitorId ?? null;
  }

  private eventsFor(group: PushGroup, { change, presence }: LogEntry): PushedEvent[] {
    const { conversationId } = group.operation;
    if (conversationId === null) return change?.inbox ?? (presence === null ? [] : [presence.event]);
    if (change?.id === conversationId) return change.thread;
    return presence !== null && presence.visitorId === group.visitorId ? [presence.event] : [];
  }

  private *threadsOf({ change, presence }: LogEntry): Iterable<PushGroup> {
    if (change?.conversation != null) {
      for (const group of this.threadGroups.get(change.id) ?? []) {
        group.visitorId = change.conversation.visitorId;
        yield group;
      }
    }
    if (presence === null) return;
    for (const groups of this.threadGroups.values()) yield* groups;
  }

  private pushEntry(group: PushGroup, entry: LogEntry, loaders: Loaders): void {
    for (const event of this.eventsFor(group, entry)) this.pushTo(group, event, entry.index, loaders);
  }

  private pushActivity(conversationId: string): void {
    const loaders = createLoaders(this.messaging);
    for (const group of this.threadGroups.get(conversationId) ?? []) {
      const event: PushedEvent = { __typename: 'AgentActivityChanged', cursor: this.log.cursor, conversationId };
      this.pushTo(group, event, this.log.end.upTo + 1, loaders);
    }
  }

  private pushToInboxes(event: PushedEvent, wanted: (operation: LiveOperation) => boolean): void {
    const loaders = createLoaders(this.messaging);
    for (const group of this.inboxGroups)
      if (wanted(group.operation)) this.pushTo(group, event, this.log.end.upTo + 1, loaders);
  }

  private pushTo(group: PushGroup, event: PushedEvent, index: number, loaders: Loaders): void {
    // Whoever is first stands for all: results depend on the role alone, or the group is one agent's.
    const [first] = group.subscribers;
    if (first !== undefined) group.push(event, index, this.contexts.forPush(first.socket.signedIn, loaders));
  }

  private get wantsCounters(): boolean {
    for (const { operation } of this.inboxGroups) if (operation.wantsCounters) return true;
    return false;
  }

  /** What the event itself carries needs no request. */
  private prime({ conversations }: Loaders, { change }: LogEntry): void {
    if (change?.conversation != null) conversations.clear(change.id).prime(change.id, change.conversation);
  }

  private groupOf(operation: LiveOperation): PushGroup {
    const found = this.groups.get(operation.key);
    if (found !== undefined) return found;
    if (this.schema === null) throw new Error('the feed was not started');
    const group = new PushGroup(operation, this.schema, this.show);
    this.groups.set(operation.key, group);
    const { conversationId } = operation;
    if (conversationId === null) this.inboxGroups.add(group);
    else this.threadGroups.set(conversationId, (this.threadGroups.get(conversationId) ?? new Set()).add(group));
    return group;
  }

  private leave(group: PushGroup, subscriber: Subscriber): void {
    group.subscribers.delete(subscriber);
    this.metrics.gauge('conversations_subscriptions').dec();
    if (group.subscribers.size > 0) return;
    this.groups.delete(group.operation.key);
    this.inboxGroups.delete(group);
    const threads = this.threadGroups.get(group.operation.conversationId ?? '');
    threads?.delete(group);
    if (threads?.size === 0) this.threadGroups.delete(group.operation.conversationId ?? '');
  }
}
