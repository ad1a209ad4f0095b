/** Runs at once when it is asked to, and then at most every so many milliseconds for as long as it is asked to. */
export class Paced {
  private timer: ReturnType<typeof setTimeout> | null = null;
  private isAsked = false;

  constructor(
    private readonly run: () => void,
    private readonly everyMs: number,
  ) {}

  ask(): void {
    if (this.timer === null) this.begin();
    else this.isAsked = true;
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private begin(): void {
    this.isAsked = false;
    this.timer = setTimeout(() => {
      this.timer = null;
      if (this.isAsked) this.begin();
    }, this.everyMs);
    this.run();
  }
}
