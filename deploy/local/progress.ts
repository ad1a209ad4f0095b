import { performance } from 'node:perf_hooks';

const elapsed = (since: number) => {
  const ms = performance.now() - since;
  return ms < 1_000 ? `${ms.toFixed(0)} ms` : `${(ms / 1_000).toFixed(1)} s`;
};

/** Tells a person at a terminal what happens and how long it took. */
export class Progress {
  private readonly began = performance.now();

  say(line: string): void {
    console.log(line);
  }

  note(line: string): void {
    this.say(`    ${line}`);
  }

  /** One step: its line appears when it is done, and a word in between when it takes longer than two seconds. */
  async step<T>(what: string, work: () => Promise<T>): Promise<T> {
    const since = performance.now();
    const patience = setInterval(() => this.note(`… ${what} (${elapsed(since)})`), 2_000);
    try {
      const result = await work();
      this.say(`  ✓ ${what} (${elapsed(since)})`);
      return result;
    } catch (error) {
      this.say(`  ✗ ${what} (${elapsed(since)})`);
      throw error;
    } finally {
      clearInterval(patience);
    }
  }

  total(): string {
    return elapsed(this.began);
  }
}
