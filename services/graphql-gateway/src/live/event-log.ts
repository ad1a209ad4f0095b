import type { MessageSnapshot } from '@conversations/contracts';
import { type FollowedMessage, type Follower, Messaging, streamFacts } from '@conversations/messaging';
import { Inject, Injectable } from '@nestjs/common';
import { GatewaySettings, SETTINGS } from '../config';
import { decodeCursor, encodeCursor } from './cursor';
import { changeOf, type LogChange, type ResyncReason, type PushedEvent } from './stream-events';

/** One entry of the ring: an event of the log, or something live that happened after event `sequence`. */
export interface LogEntry {
  /** Grows by one with every entry of this process. */
  index: number;
  sequence: number;
  change: LogChange | null;
  /** Presence of this visitor, not in the log itself. */
  presence: { visitorId: string; event: PushedEvent } | null;
}

/** Hears of entries in their order; a batch is what arrived together. */
export interface LogListener {
  onEntries(entries: LogEntry[]): void;
  /** The stream was made anew: no cursor given out before means anything. */
  onReset(): void;
}

/** `upTo` is the index of the newest entry looked at, `cursor` the end of the log at that moment. */
export type Resumption = { upTo: number; cursor: string } & ({ replay: LogEntry[] } | { resync: ResyncReason });

/** A cursor may come from a replica that was some milliseconds ahead of this one. */
const AHEAD_LIMIT_MS = 1_000;

/**
 * What this replica knows of EVENTS: one follower, and the newest events in a ring from which clients that come back
 * are served. At start the ring is filled from the stream, so that a restarted gateway can resume them too.
 */
@Injectable()
export class EventLog {
  private ring: LogEntry[] = [];
  private follower: Follower | null = null;
  private lastIndex = 0;
  private lastSequence = 0;
  /** Entries up to this sequence are not in the ring. */
  private forgotten = 0;
  private readonly versions = new Map<string, { version: number; sequence: number }>();
  private readonly messages = new Map<string, MessageSnapshot>();
  private readonly listeners = new Set<LogListener>();
  private readonly waiters = new Set<() => void>();

  constructor(
    private readonly messaging: Messaging,
    @Inject(SETTINGS) private readonly settings: Pick<GatewaySettings, 'GRAPHQL_EVENT_RING' | 'GRAPHQL_REPLAY_LIMIT'>,
  ) {}

  /** Resolves when everything stored before the call is in the ring, as far as it fits. */
  async start(): Promise<void> {
    const facts = await streamFacts(this.messaging, 'EVENTS');
    const first = Math.max(1, (facts?.lastSequence ?? 0) - this.settings.GRAPHQL_EVENT_RING + 1);
    this.forgotten = this.lastSequence = first - 1;
    this.follower = this.messaging.followEvents({
      filters: ['evt.>'],
      from: { sequence: first },
      onBatch: (messages) => this.append(messages),
      onReset: () => this.reset(),
    });
    if (facts === null) return;
    await this.follower.ready;
    await this.until(() => this.lastSequence >= facts.lastSequence, 10_000);
  }

  async stop(): Promise<void> {
    await this.follower?.stop();
  }

  listen(listener: LogListener): void {
    this.listeners.add(listener);
  }

  /** Index of the newest entry, later ones are still to come; and the cursor there. */
  get end(): { upTo: number; cursor: string } {
    return { upTo: this.lastIndex, cursor: this.cursor };
  }

  /** The end of the log as this replica knows it. */
  get cursor(): string {
    return this.cursorAt(this.lastSequence);
  }

  /** The message as its newest event in the ring has it. */
  recentMessage(id: string): MessageSnapshot | undefined {
    return this.messages.get(id);
  }

  /**
   * What a client that holds `cursor` missed, of the entries that `wants`; or why it must load everything again.
   * Presence is kept with the log, newest per visitor.
   */
  async resume(cursor: string, wants: (entry: LogEntry) => boolean): Promise<Resumption> {
    const resync = (reason: ResyncReason) => ({ ...this.end, resync: reason });
    const held = decodeCursor(cursor);
    if (held === null || held.identity !== this.identity) return resync('CURSOR_UNKNOWN');
    await this.until(() => this.lastSequence >= held.sequence, AHEAD_LIMIT_MS);
    if (held.identity !== this.identity || held.sequence > this.lastSequence) return resync('CURSOR_UNKNOWN');
    if (held.sequence < this.forgotten) return resync('CURSOR_EXPIRED');
    const missed = this.ring.slice(this.firstAfter(held.sequence)).filter(wants);
    const lastPresence = new Map(missed.map((entry) => [entry.presence?.visitorId, entry.index]));
    const replay = missed.filter(
      ({ presence, index }) => presence === null || lastPresence.get(presence.visitorId) === index,
    );
    if (replay.length > this.settings.GRAPHQL_REPLAY_LIMIT) return resync('TOO_MANY_EVENTS');
    return { ...this.end, replay };
  }

  /** The cursor of the event that brought a conversation to `version`; null when it does not pass within `limitMs`. */
  async echoOf(conversationId: string, version: number, limitMs: number): Promise<string | null> {
    const seen = () => (this.versions.get(conversationId)?.version ?? 0) >= version;
    await this.until(seen, limitMs);
    const newest = this.versions.get(conversationId);
    if (newest === undefined || newest.version < version) return null;
    if (newest.version === version) return this.cursorAt(newest.sequence);
    const echo = this.ring.findLast(({ change }) => change?.id === conversationId && change.version === version);
    return echo === undefined ? null : this.cursorAt(echo.sequence);
  }

  /** Enters a visitor's coming or going, which no stream keeps. */
  addPresence(visitorId: string, eventAt: (cursor: string) => PushedEvent): void {
    const event = eventAt(this.cursor);
    this.publish([this.keep({ sequence: this.lastSequence, change: null, presence: { visitorId, event } })]);
  }

  private get identity(): string {
    return this.follower?.identity ?? '';
  }

  private cursorAt(sequence: number): string {
    return encodeCursor({ identity: this.identity, sequence });
  }

  private append(messages: FollowedMessage[]): void {
    const entries: LogEntry[] = [];
    for (const { sequence, envelope } of messages) {
      const change = changeOf(envelope, this.cursorAt(sequence), this.cursorAt(sequence - 1));
      this.lastSequence = sequence;
      if (change === null || !this.isNews(change, sequence)) continue;
      entries.push(this.keep({ sequence, change, presence: null }));
    }
    this.publish(entries);
  }

  /** A relay that rebuilds a stream announces again what screens have long seen: versions tell. */
  private isNews({ id, version, message }: LogChange, sequence: number): boolean {
    const known = this.versions.get(id);
    if (known !== undefined && known.version >= version) return false;
    // Re-inserted, so that the map's order is that of the last change.
    this.versions.delete(id);
    this.versions.set(id, { version, sequence });
    if (message !== null) this.messages.set(message.id, message);
    return true;
  }

  private keep(entry: Omit<LogEntry, 'index'>): LogEntry {
    const kept = { index: ++this.lastIndex, ...entry };
    this.ring.push(kept);
    // Cut by a tenth at a time: shifting one by one would copy the ring for every event.
    if (this.ring.length > this.settings.GRAPHQL_EVENT_RING * 1.1) {
      const dropped = this.ring.splice(0, this.ring.length - this.settings.GRAPHQL_EVENT_RING);
      this.forgotten = dropped.at(-1)?.sequence ?? this.forgotten;
      for (const { change } of dropped) if (change?.message) this.forgetMessage(change.message);
      this.trimVersions();
    }
    return kept;
  }

  private forgetMessage(message: MessageSnapshot): void {
    if (this.messages.get(message.id) === message) this.messages.delete(message.id);
  }

  /** What last changed longest ago goes first. */
  private trimVersions(): void {
    const surplus = this.versions.size - 5 * this.settings.GRAPHQL_EVENT_RING;
    if (surplus <= 0) return;
    for (const id of [...this.versions.keys()].slice(0, surplus)) this.versions.delete(id);
  }

  private publish(entries: LogEntry[]): void {
    for (const listener of this.listeners) if (entries.length > 0) listener.onEntries(entries);
    for (const waiter of [...this.waiters]) waiter();
  }

  private reset(): void {
    this.ring = [];
    this.messages.clear();
    this.forgotten = this.lastSequence = 0;
    for (const listener of this.listeners) listener.onReset();
  }

  /** Index in the ring of the first entry that a holder of `sequence` lacks; presence at that sequence counts as missed. */
  private firstAfter(sequence: number): number {
    let low = 0;
    let high = this.ring.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = this.ring[middle];
      const has =
        entry !== undefined && (entry.sequence < sequence || (entry.sequence === sequence && entry.change !== null));
      if (has) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private until(met: () => boolean, limitMs: number): Promise<void> {
    if (met()) return Promise.resolve();
    return new Promise((resolve) => {
      const settle = () => {
        clearTimeout(timer);
        this.waiters.delete(check);
        resolve();
      };
      const check = () => {
        if (met()) settle();
      };
      const timer = setTimeout(settle, limitMs);
      this.waiters.add(check);
    });
  }
}
