import { InboxAgentsDocument, InboxCountersDocument } from '../generated/documents';
import { Observed } from './observed';
import type { Requests } from './request';
import type { Agent, Counters } from './types';

const RETRY_MS = 5_000;

/** Loads a value, again after a failure, and again when told; a pushed value wins over an answer on its way. */
class Loaded<T> {
  readonly value = new Observed<T | null>(null);
  private pushes = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private stopped = false;

  constructor(private readonly ask: () => Promise<T | null>) {}

  push(value: T): void {
    this.pushes += 1;
    this.value.set(value);
  }

  async load(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const { pushes } = this;
    let found: T | null = null;
    try {
      found = await this.ask();
    } catch {
      // What was known stays, and is asked for again.
      found = null;
    }
    if (this.stopped) return;
    if (found === null) this.timer ??= setTimeout(() => void this.load(), RETRY_MS);
    else if (this.pushes === pushes) this.value.set(found);
  }

  stop(): void {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
  }
}

export const loadedCounters = (requests: Requests) =>
  new Loaded<Counters>(async () => (await requests.run(InboxCountersDocument, {})).inbox);
export const loadedAgents = (requests: Requests) =>
  new Loaded<readonly Agent[]>(async () => (await requests.run(InboxAgentsDocument, {})).agents);
