/** Random numbers that the seed decides (mulberry32), so that a run with faults can be repeated. */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** From 0 up to, not including, 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  happens(share: number): boolean {
    return this.next() < share;
  }

  text(length: number, letters: string): string {
    return Array.from({ length }, () => letters.charAt(Math.floor(this.next() * letters.length))).join('');
  }
}

const DIGITS = '0123456789';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Ids in the shapes that Meta gives them. */
export class Ids {
  constructor(private readonly dice: Dice) {}

  /** A person as one page knows it: 17 digits, too many for a number. */
  psid(): string {
    return `2${this.dice.text(16, DIGITS)}`;
  }
  message(): string {
    return `m_${this.dice.text(64, LETTERS)}`;
  }
  thread(): string {
    return `t_${this.dice.text(16, DIGITS)}`;
  }
  media(): string {
    return this.dice.text(20, DIGITS);
  }
  trace(): string {
    return `A${this.dice.text(10, LETTERS)}`;
  }
}
