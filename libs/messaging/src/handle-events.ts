import { type Envelope, type MessageContract, PARTITIONS, partitionToken } from '@conversations/contracts';
import { AckPolicy, createInbox, DeliverPolicy, type Msg, nanos } from 'nats';
import { checkMessage } from './check-message';
import { buryMessage } from './dead-letter';
import { PermanentError, reasonOf } from './failures';
import type { Messaging } from './messaging';
import { isStreamMissing, ensureStreams, type StreamSettings, streamOfKind } from './streams';
import { inConsumerSpan } from './tracing';

export interface EventHandlerOptions {
  messaging: Messaging;
  contract: MessageContract;
  /** `<service>-<handler>`: replicas with the same name share the work. */
  durable: string;
  /** Return = done; throw = again after the next pause; PermanentError = dead letter. */
  handle(data: unknown, envelope: Envelope): Promise<void>;
  /** Pauses before each further try, ms; when they are used up the message is a dead letter. Default {@link DEFAULT_BACKOFF_MS}. */
  backoffMs?: readonly number[];
  /** After so long without a sign of life from its replica a message goes to another. Default 10,000 ms. */
  ackWaitMs?: number;
  streams?: StreamSettings | undefined;
}

export const DEFAULT_BACKOFF_MS = [500, 2_000, 10_000, 30_000, 60_000] as const;

/**
 * Partition p belongs to group p modulo this. A constant, because other groups would be other durable consumers,
 * which overlap with those in use.
 */
const GROUPS = 16;
const PULL_MS = 30_000;
const ACK = '+ACK';
const WORKING = '+WPI';

export interface EventHandler {
  stop(): Promise<void>;
}

/**
 * Handles events one by one with explicit acks. Each group of partitions is a durable pull consumer with `max_ack_pending` 1:
 * the server hands out a group's next message only when the one before it is acknowledged, whichever replica asks, and a message
 * that waits for its next try holds its group back. So the order within a partition is strict with any number of replicas and
 * no replica has to own anything, and 16 groups work in parallel. (One consumer for each of the 64 partitions would be as strict;
 * in a cluster each is a consensus group of its own.)
 */
export function handleEvents(options: EventHandlerOptions): EventHandler {
  const handler = new PartitionedHandler(options);
  return options.messaging.register(handler);
}

class PartitionedHandler implements EventHandler {
  private readonly stream;
  private readonly inbox: string;
  private readonly pulls = new Map<number, NodeJS.Timeout>();
  private readonly working = new Map<number, Promise<void>>();
  private readonly forget: (() => void)[] = [];
  private preparing: Promise<void> | undefined;
  private stopped = false;

  constructor(private readonly options: EventHandlerOptions) {
    const { connection } = options.messaging;
    this.stream = streamOfKind(options.contract.kind);
    this.inbox = `${createInbox(connection.inboxPrefix)}.`;
    const subscription = connection.nats.subscribe(`${this.inbox}*`, {
      callback: (error, message) => {
        if (error) connection.log.error({ durable: options.durable, reason: reasonOf(error) }, 'handler.refused');
        else this.receive(message);
      },
    });
    this.forget.push(
      () => subscription.unsubscribe(),
      connection.onReconnect(() => this.prepare()),
    );
    this.prepare();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    for (const undo of this.forget) undo();
    for (const timer of this.pulls.values()) clearTimeout(timer);
    await Promise.all([this.preparing, ...this.working.values()]);
  }

  /** Asked after each wait, since `stop` may have come meanwhile. */
  private isStopped(): boolean {
    return this.stopped;
  }

  /** Makes the consumers, or finds them as they are, and asks each for its next message. */
  private prepare(): void {
    this.preparing ??= this.prepareUntilDone().finally(() => (this.preparing = undefined));
  }

  private async prepareUntilDone(): Promise<void> {
    const { messaging, durable, streams } = this.options;
    const { connection } = messaging;
    for (let pauseMs = 50; !this.stopped && !connection.nats.isClosed(); pauseMs = Math.min(pauseMs * 2, 5_000)) {
      try {
        if (!(await connection.whenConnected(1_000))) continue;
        for (let group = 0; group < GROUPS; group += 1) {
          await this.makeConsumer(group);
          if (this.isStopped()) return;
          if (!this.working.has(group)) this.pull(group);
        }
        return;
      } catch (error) {
        connection.log.warn({ durable, reason: reasonOf(error) }, 'handler.not-ready');
        if (isStreamMissing(error))
          await ensureStreams(messaging, streams).catch((failed: unknown) =>
            connection.log.warn({ stream: this.stream, reason: reasonOf(failed) }, 'stream.not-restored'),
          );
        await new Promise((resolve) => setTimeout(resolve, pauseMs).unref());
      }
    }
  }

  private consumerName(group: number): string {
    return `${this.options.durable}-${partitionToken(group)}`;
  }

  private async makeConsumer(group: number): Promise<void> {
    const { contract, messaging, ackWaitMs = 10_000 } = this.options;
    const partitions = Array.from({ length: PARTITIONS }, (_, partition) => partition);
    await messaging.connection.jetStream.consumers.add(this.stream, {
      durable_name: this.consumerName(group),
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      filter_subjects: partitions
        .filter((partition) => partition % GROUPS === group)
        .map((partition) => `${contract.subjectRoot}.${partitionToken(partition)}`),
      ack_wait: nanos(ackWaitMs),
      max_ack_pending: 1,
      // Counted here, so that the last failure has a reason and a dead letter.
      max_deliver: -1,
    });
  }

  /** Asks for one message; asks again when the server let the question expire without a word. */
  private pull(group: number): void {
    const { nats, isConnected } = this.options.messaging.connection;
    clearTimeout(this.pulls.get(group));
    if (this.stopped || !isConnected) return;
    nats.publish(
      `$JS.API.CONSUMER.MSG.NEXT.${this.stream}.${this.consumerName(group)}`,
      JSON.stringify({ batch: 1, expires: nanos(PULL_MS) }),
      { reply: this.inbox + String(group) },
    );
    this.pulls.set(group, setTimeout(() => this.pull(group), PULL_MS + 1_000).unref());
  }

  private receive(message: Msg): void {
    const status = message.headers?.code ?? 0;
    if (message.reply?.startsWith('$JS.ACK.')) {
      this.enqueue(message);
      return;
    }
    const group = Number(message.subject.slice(this.inbox.length));
    if (this.stopped || this.working.has(group)) return;
    // 404 and 408: nothing there for now. Else the consumer or its leader is gone.
    if (status === 404 || status === 408) this.pull(group);
    else this.prepare();
  }

  private enqueue(message: Msg): void {
    const tokens = (message.reply ?? '').split('.');
    const newer = tokens.length >= 11;
    const consumer = tokens[newer ? 5 : 3] ?? '';
    const group = Number(consumer.slice(-2));
    const delivery = { tries: Number(tokens[newer ? 6 : 4]), sequence: Number(tokens[newer ? 7 : 5]) };
    clearTimeout(this.pulls.get(group));
    if (this.stopped) return;
    const done = (this.working.get(group) ?? Promise.resolve())
      .then(() => this.work(message, delivery))
      .then(() => {
        if (this.working.get(group) !== done) return;
        this.working.delete(group);
        this.pull(group);
      });
    this.working.set(group, done);
  }

  /** Never rejects: what cannot be answered comes again after the ack wait. */
  private async work(message: Msg, { tries, sequence }: { tries: number; sequence: number }): Promise<void> {
    const { messaging, durable, ackWaitMs = 10_000, backoffMs = DEFAULT_BACKOFF_MS } = this.options;
    const { connection } = messaging;
    const alive = setInterval(() => this.answer(message, WORKING), ackWaitMs / 3).unref();
    try {
      // A replica that dies of the message never says so: its tries are seen here.
      if (tries > backoffMs.length + 1) throw new PermanentError('given out again and again without an answer');
      await this.handle(message, tries);
      await this.answerSafely(message, ACK);
    } catch (error) {
      const pauseMs = backoffMs[tries - 1];
      if (pauseMs === undefined || error instanceof PermanentError)
        await this.bury(message, { error, tries, sequence });
      else {
        connection.log.warn({ durable, sequence, tries, pauseMs, reason: reasonOf(error) }, 'message.retried');
        await this.answerSafely(message, `-NAK ${JSON.stringify({ delay: nanos(pauseMs) })}`);
      }
    } finally {
      clearInterval(alive);
    }
  }

  private async handle(message: Msg, tries: number): Promise<void> {
    const envelope = checkMessage(message.data);
    const { contract } = this.options;
    if (envelope.type !== contract.type) throw new PermanentError(`a ${envelope.type} on ${contract.subjectRoot}`);
    await inConsumerSpan(
      { subject: contract.subjectRoot, traceparent: envelope.traceparent, redelivered: tries > 1 },
      () => this.options.handle(envelope.data, envelope),
    );
  }

  private async bury(message: Msg, failed: { error: unknown; tries: number; sequence: number }): Promise<void> {
    const { messaging, durable } = this.options;
    try {
      await buryMessage(messaging, {
        reason: reasonOf(failed.error),
        attempts: failed.tries,
        handler: durable,
        stream: this.stream,
        sequence: failed.sequence,
        subject: message.subject,
        data: message.data,
      });
      await this.answerSafely(message, ACK);
    } catch (error) {
      messaging.connection.log.error({ durable, reason: reasonOf(error) }, 'message.not-buried');
    }
  }

  private answer(message: Msg, word: string): void {
    const { nats, isConnected } = this.options.messaging.connection;
    if (isConnected && message.reply) nats.publish(message.reply, word);
  }

  private async answerSafely(message: Msg, word: string): Promise<void> {
    await this.options.messaging.connection.whenConnected(this.options.ackWaitMs ?? 10_000);
    this.answer(message, word);
  }
}
