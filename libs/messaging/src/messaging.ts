import type { DataOf, Envelope, InputOf, MessageContract, OutputOf, RequestContract } from '@conversations/contracts';
import type { Metrics } from '@conversations/runtime';
import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { composeMessage, type ComposeOptions } from './compose-message';
import { BrokerConnection, type ConnectOptions } from './connection';
import { outcomeOf, reasonOf } from './failures';
import { followEvents, type Follower, type FollowOptions } from './follow-events';
import { publishLive, subscribeLive } from './live';
import { openPresence, type PresenceBucket } from './presence';
import { type PublishAck, publishPipelined, publishUntilAcked, type StoredRow } from './publish';
import { ReplyInbox } from './reply-inbox';
import { request, serve } from './request-reply';
import { inProducerSpan } from './tracing';

export interface PublishOptions extends ComposeOptions {
  /** Until when it is tried again. Default 10,000 ms. */
  deadlineMs?: number;
}

export interface RequestOptions {
  /** Default 5,000 ms. */
  timeoutMs?: number;
}

/** Something that works until it is told to finish. */
interface Stoppable {
  stop(): Promise<void>;
}

/** Longest that draining waits for work in flight. */
const DRAIN_MS = 10_000;
const PUBLISH_DEADLINE_MS = 10_000;
const REQUEST_TIMEOUT_MS = 5_000;

/** A process's way to the broker: one connection, which reconnects for ever. */
export class Messaging {
  private readonly inbox: ReplyInbox;
  private readonly working = new Set<Stoppable>();
  private readonly subscriptions = new Set<() => void>();
  private requestsSent = 0;
  private answering = 0;
  private presenceBucket: Promise<PresenceBucket> | undefined;

  private constructor(
    /** For this library's own parts. */
    readonly connection: BrokerConnection,
    readonly metrics: Metrics | undefined,
  ) {
    this.inbox = new ReplyInbox(connection);
    // There from the start at 0: an alert on its growth sees the first one too.
    metrics?.counter('conversations_dead_letters_total');
  }

  /** Throws when no server can be reached within `firstConnectMs`. */
  static async connect(options: ConnectOptions): Promise<Messaging> {
    return new Messaging(await BrokerConnection.open(options), options.metrics);
  }

  get isConnected(): boolean {
    return this.connection.isConnected;
  }

  onReconnect(listener: () => void): () => void {
    return this.connection.onReconnect(listener);
  }

  /** Requests sent so far by this process. */
  get requestCount(): number {
    return this.requestsSent;
  }

  /**
   * Stores a message in its stream and resolves when the broker confirmed it; tries again, with the same id, until then.
   * Calls in parallel share the wire, but their order is not kept over a retry: one at a time per key.
   * Throws ZodError, or PublishTimeout after `deadlineMs`.
   */
  publish<C extends MessageContract>(
    contract: C,
    key: string,
    data: DataOf<C>,
    options: PublishOptions = {},
  ): Promise<PublishAck> {
    return inProducerSpan(contract.subjectRoot, 'publish', () =>
      publishUntilAcked(
        this.inbox,
        composeMessage(contract, key, data, options),
        options.deadlineMs ?? PUBLISH_DEADLINE_MS,
      ),
    );
  }

  /**
   * Stores the rows of an outbox, in their order and without waiting in between, each tried once.
   * Rejects at the first failure: publish again from that row on.
   */
  publishStored(rows: readonly StoredRow[]): Promise<PublishAck[]> {
    return publishPipelined(this.inbox, rows);
  }

  /** One ready row, tried until confirmed. */
  publishRow(row: StoredRow): Promise<PublishAck> {
    return publishUntilAcked(this.inbox, row, PUBLISH_DEADLINE_MS);
  }

  publishLive<C extends MessageContract>(contract: C, key: string, data: DataOf<C>): void {
    publishLive(this.connection, contract, key, data);
  }

  subscribeLive<C extends MessageContract>(contract: C, listener: (envelope: Envelope<DataOf<C>>) => void): () => void {
    return this.keep(subscribeLive(this.connection, contract, listener));
  }

  /** Throws UserError, UpstreamTimeout, UpstreamUnavailable or RemoteError. */
  async request<C extends RequestContract>(
    contract: C,
    input: InputOf<C>,
    options: RequestOptions = {},
  ): Promise<OutputOf<C>> {
    this.requestsSent += 1;
    const ended = (outcome: string) =>
      this.metrics?.counter('conversations_requests_total').inc({ subject: contract.subject, outcome });
    try {
      const answer = await request(this.inbox, contract, input, options.timeoutMs ?? REQUEST_TIMEOUT_MS);
      ended('answered');
      return answer;
    } catch (error) {
      ended(outcomeOf(error));
      throw error;
    }
  }

  /** Answers requests as one of `queue`; see request-reply.ts for what errors become. */
  serve<C extends RequestContract>(
    contract: C,
    handler: (input: z.output<C['input']>) => Promise<OutputOf<C>> | OutputOf<C>,
    { queue }: { queue: string },
  ): () => void {
    const inFlight = { begin: () => (this.answering += 1), end: () => (this.answering -= 1) };
    return this.keep(serve(this.connection, inFlight, contract, handler, queue));
  }

  followEvents(options: FollowOptions): Follower {
    return followEvents(this, options);
  }

  /** The one presence bucket of this process. */
  presence(): Promise<PresenceBucket> {
    this.presenceBucket ??= openPresence(this).catch((error: unknown) => {
      this.presenceBucket = undefined;
      throw error;
    });
    return this.presenceBucket;
  }

  /** Makes draining wait for `work`. */
  register<S extends Stoppable>(work: S): S {
    this.working.add(work);
    return work;
  }

  /** Takes nothing more, finishes what is in work, sends what is unsent and closes; at most about 10 s. */
  async drain(): Promise<void> {
    const { nats, log } = this.connection;
    for (const unsubscribe of this.subscriptions) unsubscribe();
    const deadline = performance.now() + DRAIN_MS;
    const finished = async () => {
      await Promise.allSettled([...this.working].map((work) => work.stop()));
      while (this.answering > 0 && performance.now() < deadline) await pause(5);
      if (this.connection.isConnected) await nats.flush();
    };
    await Promise.race([
      finished().catch((error: unknown) => log.warn({ reason: reasonOf(error) }, 'broker.not-drained')),
      pause(DRAIN_MS, undefined, { ref: false }),
    ]);
    await nats.close();
  }

  private keep(unsubscribe: () => void): () => void {
    this.subscriptions.add(unsubscribe);
    return () => {
      this.subscriptions.delete(unsubscribe);
      unsubscribe();
    };
  }
}
