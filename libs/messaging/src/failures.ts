import { UserError } from '@conversations/contracts';
import { z } from 'zod';

/** Trying again cannot help: the message goes to the dead letters at once, with `reason`. */
export class PermanentError extends Error {
  constructor(
    readonly reason: string,
    options?: { cause?: unknown },
  ) {
    super(reason, options);
    this.name = 'PermanentError';
  }
}

/** The broker did not confirm a message in time; it may still have been stored, so publish again only with the same id. */
export class PublishTimeout extends Error {
  constructor(
    readonly subject: string,
    readonly eventId: string,
    options?: { cause?: unknown },
  ) {
    super(`${subject} was not confirmed in time`, options);
    this.name = 'PublishTimeout';
  }
}

/** The service got the request, or may have, and did not answer before the deadline. */
export class UpstreamTimeout extends Error {
  constructor(
    readonly service: string,
    readonly subject: string,
    readonly timeoutMs: number,
  ) {
    super(`${service} did not answer ${subject} within ${timeoutMs} ms`);
    this.name = 'UpstreamTimeout';
  }
}

/** Nobody can answer now: no replica of the service runs, or the connection to the broker is down. */
export class UpstreamUnavailable extends Error {
  constructor(
    readonly service: string,
    options?: { cause?: unknown },
  ) {
    super(`${service} is not available`, options);
    this.name = 'UpstreamUnavailable';
  }
}

/** The service failed on the request for a reason that is its own; its log has the cause. */
export class RemoteError extends Error {
  constructor(
    readonly service: string,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'RemoteError';
  }
}

/** Data exceptions, violated constraints, and statements that cannot run for this input. */
const POISON_SQLSTATE = /^(22|23|42)[0-9A-Z]{3}$/;
/** A missing right, table, schema, column or function is the installation's fault: a forgotten migration must not empty the inbox. */
const INSTALLATION_SQLSTATE = new Set(['42501', '42P01', '3F000', '42703', '42883']);

const sqlState = (error: object): unknown => {
  if ('code' in error && typeof error.code === 'string') return error.code;
  if ('driverError' in error && typeof error.driverError === 'object' && error.driverError !== null)
    return sqlState(error.driverError);
  return undefined;
};

/**
 * True when the message itself makes its handling fail, however often it is tried: {@link PermanentError}, a failed zod check,
 * SQLSTATE class 22, 23 or 42 (U+0000 in text is 22021 or 22P05) but for those that a missing migration gives. The position of a lane moves past such a message.
 */
export function isPoison(error: unknown): boolean {
  if (error instanceof PermanentError || error instanceof z.ZodError) return true;
  if (typeof error !== 'object' || error === null) return false;
  const state = sqlState(error);
  return typeof state === 'string' && POISON_SQLSTATE.test(state) && !INSTALLATION_SQLSTATE.has(state);
}

/** How a request ended that threw, for those who count them. */
export function outcomeOf(error: unknown): 'refused' | 'timeout' | 'unavailable' | 'failed' {
  if (error instanceof UserError) return 'refused';
  if (error instanceof UpstreamTimeout) return 'timeout';
  return error instanceof UpstreamUnavailable ? 'unavailable' : 'failed';
}

/** The words of whatever was thrown. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
