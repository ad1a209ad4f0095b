import type { LoggerService } from '@nestjs/common';
import type { Logger } from './logger';

/** Nest calls with a message, then optionally a stack, then the context; objects and errors are also given as message. */
function write(log: Logger, level: 'debug' | 'info' | 'warn' | 'error' | 'fatal', message: unknown, rest: unknown[]) {
  const context = rest.at(-1);
  const fields = {
    ...(typeof context === 'string' ? { context } : {}),
    ...(message instanceof Error ? { err: message } : { detail: message }),
    ...(rest.length > 1 && typeof rest[0] === 'string' ? { stack: rest[0] } : {}),
  };
  log[level](fields, 'nest');
}

/** Sends what Nest itself says into the service's log; its start-up chatter is debug. */
export function nestLogger(log: Logger): LoggerService {
  return {
    log: (message: unknown, ...rest: unknown[]) => write(log, 'debug', message, rest),
    error: (message: unknown, ...rest: unknown[]) => write(log, 'error', message, rest),
    warn: (message: unknown, ...rest: unknown[]) => write(log, 'warn', message, rest),
    debug: (message: unknown, ...rest: unknown[]) => write(log, 'debug', message, rest),
    verbose: (message: unknown, ...rest: unknown[]) => write(log, 'debug', message, rest),
    fatal: (message: unknown, ...rest: unknown[]) => write(log, 'fatal', message, rest),
  };
}
