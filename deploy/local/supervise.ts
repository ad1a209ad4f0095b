import { setTimeout as delay } from 'node:timers/promises';

/** What the launcher can watch: one of its servers or services. */
export interface Watched {
  readonly exited: Promise<{ code: number | null; signal: string | null }>;
  readonly logFile: string;
  restart(): Promise<void>;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** Whoever ran that long starts again with the shortest wait. */
const SETTLED_MS = 60_000;

/** Starts a part again whenever it ends by itself, with growing waits, until `stopping` is aborted. */
export async function supervise(
  name: string,
  part: Watched,
  say: (line: string) => void,
  stopping: AbortSignal,
): Promise<void> {
  let wait = FIRST_WAIT_MS;
  while (!isAborted(stopping)) {
    const since = Date.now();
    const { code, signal } = await part.exited;
    if (isAborted(stopping)) return;
    if (Date.now() - since > SETTLED_MS) wait = FIRST_WAIT_MS;
    say(
      `! ${name} ended by itself (${signal ?? `exit code ${String(code)}`}); starting it again in ${wait / 1_000} s. Log: ${part.logFile}`,
    );
    await delay(wait, undefined, { signal: stopping }).catch(ignoreAbort);
    if (isAborted(stopping)) return;
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    try {
      await part.restart();
      say(`  ${name} runs again`);
    } catch (error) {
      if (!isAborted(stopping))
        say(`! ${name} does not start: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/** A function, because the type checker believes that a property which was false stays false across an await. */
const isAborted = (signal: AbortSignal) => signal.aborted;

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
}
