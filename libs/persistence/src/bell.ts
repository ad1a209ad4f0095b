/** Wakes one waiting loop. A ring while nobody waits is kept for the next wait. */
export class Bell {
  private rung = false;
  private answer: (() => void) | undefined;

  ring(): void {
    this.rung = true;
    this.answer?.();
  }

  /** Until the bell rings, at most `limitMs`. */
  async wait(limitMs: number): Promise<void> {
    if (!this.rung && limitMs > 0) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.answer = resolve;
        timer = setTimeout(resolve, limitMs);
      });
      clearTimeout(timer);
      this.answer = undefined;
    }
    this.rung = false;
  }
}
