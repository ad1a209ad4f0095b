import type { Logger } from './logger';

const DEFAULT_LIMIT_MS = 10_000;

export interface StopOptions {
  /** Milliseconds after which the next callback begins although this one has not ended. */
  timeoutMs?: number;
}

/** Ends what was begun, last begun first. A callback that fails or hangs does not keep the others from running. */
export class StopSequence {
  private readonly steps: { name: string; fn: () => Promise<void> | void; timeoutMs: number }[] = [];

  constructor(private readonly log: Logger) {}

  add(name: string, fn: () => Promise<void> | void, options: StopOptions = {}): this {
    this.steps.push({ name, fn, timeoutMs: options.timeoutMs ?? DEFAULT_LIMIT_MS });
    return this;
  }

  async run(): Promise<void> {
    for (let step = this.steps.pop(); step; step = this.steps.pop()) await this.end(step);
  }

  private async end({ name, fn, timeoutMs }: (typeof this.steps)[number]): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), timeoutMs);
    });
    try {
      const outcome = await Promise.race([Promise.resolve().then(fn), limit]);
      if (outcome === 'late') this.log.warn({ name, timeoutMs }, 'stop.timed-out');
    } catch (error) {
      this.log.error({ name, err: error }, 'stop.failed');
    } finally {
      clearTimeout(timer);
    }
  }
}
