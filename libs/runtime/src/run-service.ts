import type { z } from 'zod';
import { Health } from './health';
import { type Logger, createLogger } from './logger';
import { type ManagementServer, startManagementServer } from './management-server';
import { Metrics } from './metrics';
import { SettingsError, readSettings } from './settings';
import type { CommonSettings } from './settings-shapes';
import { type StopOptions, StopSequence } from './stop-sequence';
import { shutdownTelemetry } from './telemetry-shutdown';

const TELEMETRY_LIMIT_MS = 3_000;

export interface ServiceContext<Settings> {
  settings: Settings;
  log: Logger;
  health: Health;
  metrics: Metrics;
  /** `fn` runs when the service stops, after those registered later. It has 10 s unless told otherwise. */
  onStop(name: string, fn: () => Promise<void> | void, options?: StopOptions): void;
}

function readSettingsOrExit<S extends z.ZodObject>(name: string, schema: S): z.output<S> {
  try {
    return readSettings(schema);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    createLogger(name).fatal({ problems: error.problems }, 'settings.invalid');
    process.exit(1);
  }
}

/**
 * The whole life of a service's process: settings, management port, `start`, orderly stop on SIGTERM or SIGINT (exit 0).
 * Wrong settings, a failed start and uncaught errors end it with 1 and a log line.
 */
export async function runService<S extends z.ZodObject<typeof CommonSettings>>(service: {
  name: string;
  settings: S;
  start(context: ServiceContext<z.output<S>>): Promise<void>;
}): Promise<void> {
  const settings = readSettingsOrExit(service.name, service.settings);
  const common = settings as z.output<z.ZodObject<typeof CommonSettings>>;
  const log = createLogger(service.name, { level: common.LOG_LEVEL });
  const health = new Health();
  const metrics = new Metrics(service.name);
  const sequence = new StopSequence(log);
  let management: ManagementServer | undefined;

  const die = (event: string) => (error: unknown) => {
    log.fatal({ err: error }, event);
    process.exit(1);
  };
  process.on('uncaughtException', die('process.uncaught-exception'));
  process.on('unhandledRejection', die('process.unhandled-rejection'));

  let stopping: Promise<void> | undefined;
  const stop = (cause: string, exitCode: number) =>
    (stopping ??= (async () => {
      log.info({ cause }, 'service.stopping');
      health.draining = true;
      await sequence.run();
      await management?.close();
      await new StopSequence(log).add('telemetry', shutdownTelemetry, { timeoutMs: TELEMETRY_LIMIT_MS }).run();
      log.info({ cause, exitCode }, 'service.stopped');
      process.exit(exitCode);
    })());
  process.on('SIGTERM', () => void stop('SIGTERM', 0));
  process.on('SIGINT', () => void stop('SIGINT', 0));

  let started = false;
  health.addReadiness('started', () => (started ? Promise.resolve() : Promise.reject(new Error('starting'))));
  try {
    management = await startManagementServer({
      host: common.MANAGEMENT_HOST,
      port: common.MANAGEMENT_PORT,
      health,
      metrics,
    });
    log.info({ port: management.port }, 'management.listening');
    await service.start({
      settings,
      log,
      health,
      metrics,
      onStop: (name, fn, options) => void sequence.add(name, fn, options),
    });
    started = true;
    log.info({}, 'service.started');
  } catch (error) {
    // A stop that began while starting takes down what the start needs; its own exit code counts.
    if (!stopping) log.fatal({ err: error }, 'service.start-failed');
    await stop('start-failed', 1);
  }
}
