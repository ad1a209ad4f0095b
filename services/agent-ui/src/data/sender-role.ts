/** Which of an agent's tabs sends. Without Web Locks every tab does: messages carry ids, so nothing is stored twice. */
export class SenderRole {
  private mine = false;
  private release: () => void = () => undefined;
  private readonly stopped = new AbortController();

  constructor(
    private readonly name: string,
    private readonly locks: LockManager | undefined,
    private readonly onMine: () => void,
  ) {}

  get isMine(): boolean {
    return this.mine;
  }

  /** Waits for its turn. */
  start(): void {
    if (this.locks === undefined) return this.begin();
    void this.hold(this.locks, { signal: this.stopped.signal });
  }

  /** Takes it from a tab that does not move. */
  take(): void {
    if (!this.mine && this.locks !== undefined) void this.hold(this.locks, { steal: true });
  }

  stop(): void {
    this.stopped.abort();
    this.mine = false;
    this.release();
  }

  private async hold(locks: LockManager, options: LockOptions): Promise<void> {
    try {
      await locks.request(this.name, options, () => {
        if (this.stopped.signal.aborted) return;
        this.begin();
        return new Promise<void>((resolve) => {
          this.release = resolve;
        });
      });
    } catch {
      // Stopped, or another tab took it: then this one waits for its turn again.
      this.mine = false;
      if (!this.stopped.signal.aborted && options.steal === undefined) void this.hold(locks, options);
    }
  }

  private begin(): void {
    if (this.mine) return;
    this.mine = true;
    this.onMine();
  }
}
