import { isSpanContextValid, trace } from '@opentelemetry/api';
import pino from 'pino';

/** `log.info({ fields }, 'event.name')`: one event name and fields; no text that a person wrote, no secrets. */
export type Logger = pino.Logger;

const SECRETS = [
  'password',
  'token',
  'secret',
  'cookie',
  'set-cookie',
  'authorization',
  'jwt',
  'accessToken',
  'identitySecret',
  'rolePassword',
  'NATS_PASSWORD',
  'DATABASE_PASSWORD',
  'DATABASE_ADMIN_PASSWORD',
  'CHAT_TOKEN_SECRET',
];

const redactedPaths = SECRETS.flatMap((name) => {
  const step = name.includes('-') ? `["${name}"]` : `.${name}`;
  return [step.replace(/^\./, ''), `*${step}`, `*.*${step}`, `*.*.*${step}`];
});

/** Only what explains an error: a failed query also carries its parameters, which hold what people wrote. */
function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return typeof error === 'object' ? { type: 'unknown' } : error;
  const { code, constraint, table } = error as Error & Record<'code' | 'constraint' | 'table', unknown>;
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...(code === undefined ? {} : { code }),
    ...(constraint === undefined ? {} : { constraint }),
    ...(table === undefined ? {} : { table }),
    ...(error.cause === undefined || depth > 3 ? {} : { cause: describeError(error.cause, depth + 1) }),
  };
}

function traceFields(): Record<string, string> {
  const span = trace.getActiveSpan()?.spanContext();
  return span && isSpanContextValid(span) ? { trace_id: span.traceId, span_id: span.spanId } : {};
}

interface LoggerOptions {
  level?: string;
  destination?: pino.DestinationStream;
}

/** JSON lines on standard output, with the ids of the current trace. `level` is `LOG_LEVEL` of the environment or `info`. */
export function createLogger(name: string, options: LoggerOptions = {}): Logger {
  const asked = options.level ?? process.env['LOG_LEVEL'] ?? 'info';
  const settings: pino.LoggerOptions = {
    level: asked === 'silent' || asked in pino.levels.values ? asked : 'info',
    base: { service: name, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    messageKey: 'event',
    formatters: { level: (label) => ({ level: label }) },
    mixin: traceFields,
    redact: { paths: redactedPaths, censor: '[redacted]' },
    serializers: { err: (error: unknown) => describeError(error), error: (error: unknown) => describeError(error) },
  };
  return options.destination ? pino(settings, options.destination) : pino(settings);
}
