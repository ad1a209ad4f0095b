const EVERY_MS = 3_000;
/** The sender repeats every 3 s; a silence of 6 s means that it stopped or is gone. */
const EXPIRES_MS = 6_000;

/** Tells the other side that the visitor writes, at most every 3 s. */
export class OwnTyping {
  private toldAt = -Infinity;

  constructor(private readonly tell: (on: boolean) => void) {}

  changed(text: string, now: number = Date.now()): void {
    if (text.trim() === '') {
      this.ended();
      return;
    }
    if (now - this.toldAt < EVERY_MS) return;
    this.toldAt = now;
    this.tell(true);
  }

  ended(): void {
    if (this.toldAt !== -Infinity) this.tell(false);
    this.toldAt = -Infinity;
  }
}

/** Who of the team is writing now. */
export class TheirTyping {
  by: { name: string | null } | null = null;
  private expiry: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly onChange: () => void) {}

  heard(on: boolean, author: { name: string | null }): void {
    clearTimeout(this.expiry);
    this.by = on ? author : null;
    if (!on) return;
    this.expiry = setTimeout(() => {
      this.by = null;
      this.onChange();
    }, EXPIRES_MS);
  }
}
