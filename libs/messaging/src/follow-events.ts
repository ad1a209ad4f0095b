import type { Envelope } from '@conversations/contracts';
import { parseEnvelope } from './check-message';
import { reasonOf } from './failures';
import type { Messaging } from './messaging';
import { OrderedReader } from './ordered-reader';

export interface FollowedMessage {
  sequence: number;
  subject: string;
  /** Parsed once; its data is as the publishing service checked it, and not checked again here. */
  envelope: Envelope;
}

export interface FollowOptions {
  /** Subjects of EVENTS, e.g. `evt.>` or a contract's `filter`; they must not overlap. */
  filters: string[];
  /** `new`: what is stored after the call reached the broker; a sequence: from that one on, as far as it is still kept. */
  from: 'new' | { sequence: number };
  /** One batch at a time, of what gathered meanwhile, in the stream's order; a throw brings the same messages again. */
  onBatch(messages: FollowedMessage[]): void | Promise<void>;
  /**
   * The stream was made anew or lost its end: sequences seen so far mean nothing now, and the stream follows from its start.
   * Called before the first batch of the new stream.
   */
  onReset(identity: string): void;
}

export interface Follower {
  /** Creation time of the stream, ISO; empty until `ready`. */
  readonly identity: string;
  /** Sequence of the last message handed over, or of the stream's end when following began; 0 before `ready`. */
  readonly lastSequence: number;
  /** Resolves when the first consumer's place is known: what is published from then on will be handed over. */
  readonly ready: Promise<void>;
  stop(): Promise<void>;
}

const MAX_BATCH = 500;

/** Follows EVENTS for screens: every replica sees all, in order, without acks; made anew after a lost connection where it stopped. */
export function followEvents(messaging: Messaging, options: FollowOptions): Follower {
  const { promise: ready, resolve: isReady } = Promise.withResolvers<void>();
  let identity = '';
  let lastSequence = 0;

  const startAt = (facts: { created: string; lastSequence: number }): number => {
    if (identity === '') {
      lastSequence = options.from === 'new' ? facts.lastSequence : Math.max(0, options.from.sequence - 1);
      identity = facts.created;
      if (lastSequence > facts.lastSequence) startOver(facts.created);
      isReady();
    } else if (identity !== facts.created || lastSequence > facts.lastSequence) startOver(facts.created);
    return lastSequence + 1;
  };
  const startOver = (created: string) => {
    identity = created;
    lastSequence = 0;
    options.onReset(created);
  };

  const reader = new OrderedReader(messaging.connection, {
    stream: 'EVENTS',
    filters: options.filters,
    startAt,
    async onMessages(take) {
      const raws = take(MAX_BATCH);
      const messages: FollowedMessage[] = [];
      for (const { sequence, subject, data } of raws) {
        try {
          messages.push({ sequence, subject, envelope: parseEnvelope(data) });
        } catch (error) {
          messaging.connection.log.error({ sequence, subject, reason: reasonOf(error) }, 'event.unreadable');
        }
      }
      await options.onBatch(messages);
      lastSequence = raws.at(-1)?.sequence ?? lastSequence;
    },
  });

  return messaging.register({
    get identity() {
      return identity;
    },
    get lastSequence() {
      return lastSequence;
    },
    ready,
    stop: () => reader.stop(),
  });
}
