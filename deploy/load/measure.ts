import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pipeline } from './pipelines';

/** Milliseconds from the frame's send to the agent's push. */
export interface Latency {
  p50: number;
  p99: number;
  count: number;
  lost: number;
}

function percentile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

let run = 0;

/** Keeps what a pipeline pushes apart by run, and notes when each message went out. */
class Flight {
  private readonly sentAt = new Map<string, number>();
  private readonly prefix = `mark-${(run += 1)}-${randomUUID().slice(0, 8)}-`;
  private sent = 0;
  readonly latencies: number[] = [];
  onArrival: () => void = () => undefined;

  constructor(private readonly pipeline: Pipeline) {
    pipeline.onPush((mark) => {
      const at = this.sentAt.get(mark);
      if (at === undefined) return;
      this.sentAt.delete(mark);
      this.latencies.push(performance.now() - at);
      this.onArrival();
    });
  }

  send(): void {
    const mark = `${this.prefix}${this.sent.toString(36)}`;
    this.sentAt.set(mark, performance.now());
    this.pipeline.send(this.sent, randomUUID(), mark);
    this.sent += 1;
  }

  get missing(): number {
    return this.sentAt.size;
  }

  /** Waits for the stragglers, at most `seconds`. */
  async land(seconds: number): Promise<void> {
    const until = performance.now() + seconds * 1000;
    while (this.missing > 0 && performance.now() < until) await delay(20);
  }
}

/** Open loop: sends at a fixed rate whatever comes back, so that waiting shows as latency. */
export async function latencyAt(pipeline: Pipeline, perSecond: number, seconds: number): Promise<Latency> {
  const flight = new Flight(pipeline);
  const total = perSecond * seconds;
  const started = performance.now();
  for (let sent = 0; sent < total;) {
    const due = Math.min(total, Math.floor(((performance.now() - started) / 1000) * perSecond) + 1);
    for (; sent < due; sent += 1) flight.send();
    await delay(1);
  }
  await flight.land(10);
  const sorted = flight.latencies.sort((a, b) => a - b);
  return { p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99), count: sorted.length, lost: flight.missing };
}

/** Closed loop with `inFlight` messages under way: what the pipeline sustains, in messages per second. */
export async function sustainedRate(
  pipeline: Pipeline,
  inFlight: number,
  seconds: number,
): Promise<{ perSecond: number; lost: number }> {
  const flight = new Flight(pipeline);
  let open = true;
  flight.onArrival = () => {
    if (open) flight.send();
  };
  for (let i = 0; i < inFlight; i += 1) flight.send();
  await delay(1_000);
  const before = flight.latencies.length;
  const started = performance.now();
  await delay(seconds * 1000);
  const perSecond = (flight.latencies.length - before) / ((performance.now() - started) / 1000);
  open = false;
  await flight.land(20);
  return { perSecond, lost: flight.missing };
}
