import type { Envelope } from '@conversations/contracts';
import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import { JETSTREAM, type Registration, registrationOf } from './decorators';
import { handleEvents } from './handle-events';
import type { LaneStore } from './lane-store';
import type { Messaging } from './messaging';
import { runLanes } from './run-lanes';
import type { StreamSettings } from './streams';

export interface JetStreamStrategyOptions<Tx = unknown> {
  messaging: Messaging;
  /** Queue group of the service's answers: its name. */
  service: string;
  /** For @OnBatch. */
  laneStore?: LaneStore<Tx>;
  /** Overrides the number of lanes of @OnBatch. */
  lanes?: number;
  /** How to make streams again that the broker lost. */
  streams?: StreamSettings;
}

interface Running {
  stop(): Promise<void>;
}

/**
 * Nest's way to the handlers of @OnRequest, @OnEvent and @OnBatch. `close` takes nothing more and finishes what is in work;
 * the connection stays open, its owner drains it.
 */
export class JetStreamStrategy<Tx = unknown> extends Server implements CustomTransportStrategy {
  override readonly transportId = JETSTREAM;
  private readonly running: Running[] = [];

  constructor(private readonly options: JetStreamStrategyOptions<Tx>) {
    super();
  }

  override listen(callback: (error?: unknown) => void): void {
    try {
      for (const [pattern, handler] of this.messageHandlers) {
        const registration = registrationOf(handler.extras);
        if (!registration) throw new Error(`${pattern} was not registered by a decorator of this library`);
        if (handler.next) throw new Error(`${pattern} has two handlers; each needs a durable name of its own`);
        this.running.push(this.start(registration, handler));
      }
      callback();
    } catch (error) {
      callback(error);
    }
  }

  override async close(): Promise<void> {
    await Promise.all(this.running.splice(0).map((work) => work.stop()));
  }

  /** Nothing to listen to: the connection reports itself through Messaging. */
  override on(): void {
    throw new Error('This transport has no events of its own');
  }

  override unwrap<T>(): T {
    return this.options.messaging as T;
  }

  private start(registration: Registration, handler: MessageHandler): Running {
    const { messaging, service, laneStore, streams } = this.options;
    switch (registration.what) {
      case 'request': {
        const unsubscribe = messaging.serve(registration.contract, (input) => answerOf(handler, input), {
          queue: service,
        });
        return {
          stop: async () => {
            unsubscribe();
          },
        };
      }
      case 'event': {
        const { contract, durable, backoffMs } = registration;
        return handleEvents({
          messaging,
          contract,
          durable,
          streams,
          ...(backoffMs === undefined ? {} : { backoffMs }),
          handle: async (data, envelope) => {
            await answerOf(handler, data, envelope);
          },
        });
      }
      case 'batch': {
        if (!laneStore) throw new Error('@OnBatch needs a laneStore');
        const { stream } = registration;
        return runLanes({
          messaging,
          stream,
          lanes: this.options.lanes ?? registration.lanes,
          store: laneStore,
          ...(streams === undefined ? {} : { streams }),
          handle: async (batch) => {
            await answerOf(handler, batch);
          },
        });
      }
    }
  }
}

/** Nest answers with a promise of a value or of an observable, the latter also when the handler threw. */
async function answerOf(handler: MessageHandler, input: unknown, envelope?: Envelope): Promise<unknown> {
  const answer: unknown = await handler(input, envelope);
  return isObservable(answer) ? lastValueFrom(answer, { defaultValue: undefined }) : answer;
}
