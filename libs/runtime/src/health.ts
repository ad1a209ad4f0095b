const CHECK_LIMIT_MS = 2_000;

export interface ReadinessReport {
  ready: boolean;
  draining: boolean;
  /** `ok`, or why the check failed, by the check's name. */
  checks: Record<string, string>;
}

async function outcomeOf(check: () => Promise<void>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${CHECK_LIMIT_MS} ms`), CHECK_LIMIT_MS);
  });
  try {
    return await Promise.race([check().then(() => 'ok'), limit]);
  } catch (error) {
    return error instanceof Error ? error.message || error.name : String(error);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether this process should get work. A process that is alive but not ready is left running. */
export class Health {
  /** True from the first stop signal on: existing work is finished, new work goes to others. */
  draining = false;
  private readonly checks = new Map<string, () => Promise<void>>();

  /** `check` rejects while the process cannot work; it has 2 s. The same name replaces the earlier check. */
  addReadiness(name: string, check: () => Promise<void>): void {
    this.checks.set(name, check);
  }

  async readiness(): Promise<ReadinessReport> {
    const outcomes = await Promise.all(
      [...this.checks].map(async ([name, check]) => [name, await outcomeOf(check)] as const),
    );
    const ready = !this.draining && outcomes.every(([, outcome]) => outcome === 'ok');
    return { ready, draining: this.draining, checks: Object.fromEntries(outcomes) };
  }
}
