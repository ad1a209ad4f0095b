import type { Logger } from '@conversations/runtime';

/** Does a piece of background work again and again, one at a time, until stopped; at once when it is woken. */
export class Repeat {
  private wakeUp: (() => void) | undefined;
  private woken = false;
  private stopping = false;
  private running: Promise<void> | undefined;

  /** `work` resolves with true when there may be more to do now. What it throws is logged and tried again. */
  constructor(
    private readonly name: string,
    private readonly everyMs: number,
    private readonly work: () => Promise<boolean>,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.running ??= this.run();
  }

  wake(): void {
    this.woken = true;
    this.wakeUp?.();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      this.woken = false;
      try {
        if (await this.work()) continue;
      } catch (error) {
        this.log.warn({ work: this.name, err: error }, 'work.failed');
      }
      await this.pause();
    }
  }

  private async pause(): Promise<void> {
    if (this.woken || this.stopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.everyMs);
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wakeUp = undefined;
  }
}
