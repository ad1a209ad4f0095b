import { EventEmitter, once } from 'node:events';
import { Injectable } from '@nestjs/common';

/** Wakes whoever works on accepted mails as soon as one is there. */
@Injectable()
export class MailBell {
  private readonly emitter = new EventEmitter();
  private rung = false;

  ring(): void {
    this.rung = true;
    this.emitter.emit('ring');
  }

  /** Until rung since the last wait, or so many milliseconds. */
  async wait(ms: number): Promise<void> {
    if (!this.rung) {
      const timer = new AbortController();
      const limit = setTimeout(() => this.emitter.emit('ring'), ms);
      await once(this.emitter, 'ring', { signal: timer.signal });
      clearTimeout(limit);
    }
    this.rung = false;
  }
}
