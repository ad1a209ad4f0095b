import { setTimeout as pause } from 'node:timers/promises';
import { reasonOf } from './failures';
import { Lane, type LaneOptions } from './lane';

export interface LaneRunner {
  /** Lanes that this process owns now, in order. */
  readonly heldLanes: number[];
  /** Finishes the batches in work and gives the lanes to other replicas. */
  stop(): Promise<void>;
}

/** How long a lane without owner waits at most, about: each replica asks for what it does not hold this often. */
const ASK_EVERY_MS = 500;

/**
 * Reads a stream in lanes, as one of any number of replicas: a lane has one owner at a time, and its work and position are one
 * transaction, which fences an owner that lost the lane without noticing. Lanes that another replica gives up are taken over.
 */
export function runLanes<Tx>(options: LaneOptions<Tx>): LaneRunner {
  const settings = {
    ...options,
    lanes: options.lanes ?? 8,
    maxBatch: options.maxBatch ?? 200,
    streams: options.streams,
  };
  const { messaging, store, lanes } = settings;
  const { log } = messaging.connection;
  const held = new Map<number, Lane<Tx>>();
  const stopping = new AbortController();
  const isStopping = () => stopping.signal.aborted;

  const lose = async (lost: number[]) => {
    log.warn({ lanes: lost }, 'lanes.lost');
    await Promise.all(
      lost.map(async (number) => {
        const lane = held.get(number);
        await lane?.stop();
        if (held.get(number) === lane) held.delete(number);
      }),
    );
  };
  const holder = store.openHolder((lost) => void lose(lost));

  const start = (number: number) =>
    new Lane(number, settings, { isHeld: () => holder.tryAcquire(number), onLost: () => void lose([number]) });

  const askForAll = async () => {
    // Replicas that start together ask in different orders and so share the lanes.
    const wanted = Array.from({ length: lanes }, (_, number) => number)
      .filter((number) => !held.has(number))
      .map((number) => ({ number, at: Math.random() }))
      .sort((a, b) => a.at - b.at);
    for (const { number } of wanted) {
      if (isStopping()) return;
      if (!(await holder.tryAcquire(number))) continue;
      if (!isStopping()) held.set(number, start(number));
    }
    if (wanted.some(({ number }) => held.has(number))) log.info({ lanes: [...held.keys()].sort() }, 'lanes.held');
  };
  const keepAsking = async () => {
    while (!isStopping()) {
      try {
        await askForAll();
      } catch (error) {
        log.warn({ reason: reasonOf(error) }, 'lanes.not-asked');
      }
      await pause(ASK_EVERY_MS * (0.75 + Math.random() / 2), undefined, { signal: stopping.signal, ref: false }).catch(
        () => undefined,
      );
    }
  };
  const asking = keepAsking();

  return messaging.register({
    get heldLanes() {
      return [...held.keys()].sort((a, b) => a - b);
    },
    async stop() {
      stopping.abort();
      await asking;
      await Promise.all([...held.values()].map((lane) => lane.stop()));
      held.clear();
      await holder.close();
    },
  });
}
