interface Alarm {
  at: number;
  run: () => void;
}

/** The longest wait that a timer of Node takes. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The simulator's time, in milliseconds. Tests move it in both directions and stop it; windows, rates and retries follow it. */
export class Clock {
  private offset = 0;
  private frozenAt: number | undefined;
  private alarms: Alarm[] = [];
  private timer: NodeJS.Timeout | undefined;

  now(): number {
    return this.frozenAt ?? Date.now() + this.offset;
  }

  get frozen(): boolean {
    return this.frozenAt !== undefined;
  }

  /** How far it is ahead of the real time. */
  get ahead(): number {
    return this.now() - Date.now();
  }

  moveBy(milliseconds: number): void {
    this.moveTo(this.now() + milliseconds);
  }

  moveTo(at: number): void {
    if (this.frozenAt === undefined) this.offset = at - Date.now();
    else this.frozenAt = at;
    this.ring();
  }

  freeze(): void {
    this.frozenAt = this.now();
    this.ring();
  }

  run(): void {
    if (this.frozenAt === undefined) return;
    this.offset = this.frozenAt - Date.now();
    this.frozenAt = undefined;
    this.ring();
  }

  /** The real time again. */
  reset(): void {
    this.frozenAt = undefined;
    this.offset = 0;
    this.ring();
  }

  /** Calls at that time of this clock, also when it is moved past it. Answers with a function that cancels. */
  at(at: number, run: () => void): () => void {
    const alarm = { at, run };
    this.alarms.push(alarm);
    this.ring();
    return () => {
      this.alarms = this.alarms.filter((other) => other !== alarm);
    };
  }

  stop(): void {
    clearTimeout(this.timer);
    this.alarms = [];
  }

  private ring(): void {
    clearTimeout(this.timer);
    const now = this.now();
    const due = this.alarms.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
    this.alarms = this.alarms.filter(({ at }) => at > now);
    for (const { run } of due) setImmediate(run);
    if (this.frozen || this.alarms.length === 0) return;
    const wait = Math.min(...this.alarms.map(({ at }) => at)) - now;
    this.timer = setTimeout(() => this.ring(), Math.min(wait, LONGEST_TIMER_MS));
    this.timer.unref();
  }
}
