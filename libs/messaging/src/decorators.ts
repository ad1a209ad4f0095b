import type { DataOf, Envelope, MessageContract, OutputOf, RequestContract } from '@conversations/contracts';
import { applyDecorators, type ArgumentsHost, Catch, type RpcExceptionFilter, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, MessagePattern, Payload } from '@nestjs/microservices';
import { type Observable, throwError } from 'rxjs';
import type { z } from 'zod';
import type { LaneBatch } from './lane';

/** Keeps handlers of this transport apart from those of others in the same process. */
export const JETSTREAM = Symbol('jetstream');

/** What a handler registered for, read by the strategy. */
export type Registration =
  | { what: 'request'; contract: RequestContract }
  | { what: 'event'; contract: MessageContract; durable: string; backoffMs: readonly number[] | undefined }
  | { what: 'batch'; stream: 'INBOUND'; lanes: number };

const REGISTRATION = 'conversations';
const extras = (registration: Registration) => ({ [REGISTRATION]: registration });

export const registrationOf = (found: Record<string, unknown> | undefined): Registration | undefined =>
  found?.[REGISTRATION] as Registration | undefined;

/** Nest's own filter turns every error into "Internal server error"; retry, dead letter and named errors need the one thrown. */
@Catch()
class Rethrow implements RpcExceptionFilter<unknown> {
  catch(exception: unknown, _host: ArgumentsHost): Observable<never> {
    return throwError(() => exception);
  }
}

type Method<A extends unknown[], R> = <M extends (...args: A) => R>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<M>,
) => void;

function decorate<A extends unknown[], R>(...decorators: MethodDecorator[]): Method<A, R> {
  return applyDecorators(...decorators, UseFilters(Rethrow));
}

/** Answers a request: `method(input)` returns the answer, a thrown UserError reaches the asker as it is. */
export const OnRequest = <C extends RequestContract>(contract: C) =>
  decorate<[input: z.output<C['input']>], OutputOf<C> | Promise<OutputOf<C>>>(
    MessagePattern(contract.subject, JETSTREAM, extras({ what: 'request', contract })),
  );

export interface OnEventOptions {
  /** `<service>-<handler>`, once in the installation: replicas share it. */
  durable: string;
  /** Pauses before each further try, ms. Default 0.5, 2, 10, 30 and 60 s; then it is a dead letter. */
  backoffMs?: readonly number[];
}

/**
 * Handles an event with explicit ack: `method(data, envelope)` returns = done, throws = again later, PermanentError = dead letter.
 * Strict order per partition over all replicas; delivered at least once.
 */
export const OnEvent = <C extends MessageContract>(contract: C, { durable, backoffMs }: OnEventOptions) =>
  decorate<[data: DataOf<C>, envelope: Envelope<DataOf<C>>], Promise<void> | void>(
    EventPattern(durable, JETSTREAM, extras({ what: 'event', contract, durable, backoffMs })),
    (target, key) => {
      Payload()(target, key, 0);
      Ctx()(target, key, 1);
    },
  );

/** Handles what comes from outside in lanes: `method(batch)` works in the batch's transaction. See runLanes. */
export const OnBatch = <Tx>(stream: 'INBOUND', { lanes = 8 }: { lanes?: number } = {}) =>
  decorate<[batch: LaneBatch<Tx>], Promise<void>>(
    EventPattern(`${stream}-lanes`, JETSTREAM, extras({ what: 'batch', stream, lanes })),
  );
