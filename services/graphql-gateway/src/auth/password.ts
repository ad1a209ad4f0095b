import { hash, verify } from '@node-rs/argon2';
import { randomBytes } from 'node:crypto';

const AT_ONCE = 2;
const WAITING = 32;

/** More sign-ins wait than the server will queue; try again in a second. */
export class SignInBusy extends Error {}

/**
 * argon2id, at most two at a time: each takes about 30 ms of a core and 19 MiB, so a flood of sign-ins
 * must queue (at most 32, then {@link SignInBusy}) instead of starving the event loop and the memory. An é typed on one
 * keyboard is the é of another: passwords are normalised.
 */
export class Passwords {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly nobody = hash(randomBytes(24).toString('base64url'));

  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password.normalize('NFC')));
  }

  /** With `stored` null the same work is done for nothing, so that an unknown account takes as long as a wrong password. */
  async matches(stored: string | null, password: string): Promise<boolean> {
    const against = stored ?? (await this.nobody);
    const same = await this.inTurn(() => verify(against, password.normalize('NFC')));
    return same && stored !== null;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= AT_ONCE) {
      if (this.waiting.length >= WAITING) throw new SignInBusy();
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else {
      this.running += 1;
    }
    try {
      return await work();
    } finally {
      // The slot is handed over, not freed, so that nobody overtakes the queue.
      const next = this.waiting.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}
