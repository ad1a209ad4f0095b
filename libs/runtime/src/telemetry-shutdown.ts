type Shutdown = () => Promise<void>;

let shutdown: Shutdown | undefined;

export function onTelemetryShutdown(fn: Shutdown): void {
  shutdown = fn;
}

/** Sends the spans that still wait. */
export async function shutdownTelemetry(): Promise<void> {
  await shutdown?.();
}
