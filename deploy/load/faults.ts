import { setTimeout as delay } from 'node:timers/promises';
import type { AgentFeed, Stack, WidgetClient } from '@conversations/testing';

/** A seeded stream of numbers in [0, 1): the same seed breaks the same things in the same order (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export type Fault =
  | 'visitor socket'
  | 'agent socket'
  | 'chat-gateway'
  | 'conversation'
  | 'email-ingest'
  | 'graphql-gateway'
  | 'messenger-connector'
  | 'nats'
  | 'nats wiped'
  | 'postgres';

interface Targets {
  stack: Stack;
  widgets: WidgetClient[];
  feeds: () => AgentFeed[];
}

const pick = <T>(items: readonly T[], random: () => number): T | undefined =>
  items[Math.floor(random() * items.length)];

/** Does one fault, and mends what it broke after a moment. Only processes that the stack started are touched. */
async function breakSomething(fault: Fault, { stack, widgets, feeds }: Targets, random: () => number): Promise<void> {
  const pause = 50 + random() * 400;
  switch (fault) {
    case 'visitor socket':
      pick(widgets, random)?.drop();
      return;
    case 'agent socket':
      pick(feeds(), random)?.drop();
      return;
    case 'nats':
      await stack.nats.kill();
      await delay(pause);
      await stack.nats.restart();
      return;
    case 'postgres':
      await stack.postgres.kill();
      await delay(pause);
      await stack.postgres.restart();
      return;
    case 'nats wiped':
      await stack.nats.wipe();
      await delay(pause);
      await stack.nats.restart();
      return;
    default: {
      const victim = pick(stack.services[fault], random);
      if (!victim) return;
      await victim.kill();
      await delay(pause);
      await victim.restart();
    }
  }
}

/** Each kind once in every round, in random order: no run is lucky enough to miss one. */
function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** Breaks one thing after the other until `stopped`; resolves with how often each was broken. */
export async function inject(
  faults: readonly Fault[],
  targets: Targets,
  random: () => number,
  stopped: () => boolean,
): Promise<Partial<Record<Fault, number>>> {
  const done: Partial<Record<Fault, number>> = {};
  while (!stopped()) {
    for (const fault of shuffled(faults, random)) {
      await delay(100 + random() * 300);
      if (stopped()) break;
      await breakSomething(fault, targets, random);
      done[fault] = (done[fault] ?? 0) + 1;
    }
  }
  return done;
}
