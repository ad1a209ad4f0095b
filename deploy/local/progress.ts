import { performance } from 'node:perf_hooks';

const seconds = (since: number) => `${((performance.now() - since) / 1_000).toFixed(1)} s`;

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
    const patience = setInterval(() => this.note(`… ${what} (${seconds(since)})`), 2_000);
    try {
      const result = await work();
      this.say(`  ✓ ${what} (${seconds(since)})`);
      return result;
    } catch (error) {
      this.say(`  ✗ ${what} (${seconds(since)})`);
      throw error;
    } finally {
      clearInterval(patience);
    }
  }

  total(): string {
    return seconds(this.began);
  }
}
