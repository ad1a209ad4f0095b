import {
  type InputOf,
  type OutputOf,
  type RequestContract,
  UserError,
  UserErrorCode,
  type WireError,
} from '@conversations/contracts';
import { headers as newHeaders, type Msg } from 'nats';
import { z } from 'zod';
import type { BrokerConnection } from './connection';
import { reasonOf, RemoteError, UpstreamTimeout, UpstreamUnavailable } from './failures';
import { NoAnswer, type ReplyInbox } from './reply-inbox';
import { activeTraceparent, inProducerSpan, inServerSpan } from './tracing';

type WireAnswer = { ok: true; data: unknown } | { ok: false; error: WireError };

/**
 * Asks and waits for the one answer, which is taken as the contract's output without a second check: both sides are built from it.
 * Throws what the contract's use case threw as {@link UserError}; {@link UpstreamUnavailable} at once when nobody listens or the
 * connection breaks; {@link UpstreamTimeout} at the deadline; {@link RemoteError} when the service failed.
 */
export function request<C extends RequestContract>(
  inbox: ReplyInbox,
  contract: C,
  input: InputOf<C>,
  timeoutMs: number,
): Promise<OutputOf<C>> {
  return inProducerSpan(contract.subject, 'request', async () => {
    const traceparent = activeTraceparent();
    const headers = traceparent === undefined ? undefined : newHeaders();
    if (traceparent !== undefined) headers?.set('traceparent', traceparent);
    let answer: WireAnswer;
    try {
      const message = await inbox.ask(contract.subject, JSON.stringify(input), headers, timeoutMs);
      answer = message.json<WireAnswer>();
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      if (error.why === 'timeout') throw new UpstreamTimeout(contract.service, contract.subject, timeoutMs);
      throw new UpstreamUnavailable(contract.service, { cause: error });
    }
    if (answer.ok) return answer.data as OutputOf<C>;
    throw errorFrom(contract, answer.error);
  });
}

function errorFrom(contract: RequestContract, wire: WireError): Error {
  const code = UserErrorCode.safeParse(wire.code);
  if (!code.success) return new RemoteError(contract.service, wire.code, wire.message);
  return new UserError(code.data, wire.message, {
    ...(wire.path === undefined ? {} : { path: wire.path }),
    ...(wire.details === undefined ? {} : { details: wire.details }),
  });
}

/** Counts what is in work, so that draining can wait for it. */
export interface InFlight {
  begin(): void;
  end(): void;
}

/**
 * Answers requests as one of the queue group. Checked input goes to `handler`; its UserError crosses with code, path and details,
 * anything else becomes INTERNAL and is logged here.
 */
export function serve<C extends RequestContract>(
  connection: BrokerConnection,
  inFlight: InFlight,
  contract: C,
  handler: (input: z.output<C['input']>) => Promise<OutputOf<C>> | OutputOf<C>,
  queue: string,
): () => void {
  const answer = async (message: Msg) => {
    inFlight.begin();
    try {
      message.respond(JSON.stringify(await answerTo(connection, contract, handler, message)));
    } catch (error) {
      connection.log.error({ subject: contract.subject, reason: reasonOf(error) }, 'request.unanswered');
      if (connection.isConnected) message.respond(JSON.stringify(internal()));
    } finally {
      inFlight.end();
    }
  };
  const subscription = connection.nats.subscribe(contract.subject, {
    queue,
    callback: (error, message) => {
      if (error) connection.log.error({ subject: contract.subject, reason: reasonOf(error) }, 'request.refused');
      else void answer(message);
    },
  });
  return () => subscription.unsubscribe();
}

const internal = (): WireAnswer => ({ ok: false, error: { code: 'INTERNAL', message: 'The service failed' } });

async function answerTo<C extends RequestContract>(
  connection: BrokerConnection,
  contract: C,
  handler: (input: z.output<C['input']>) => Promise<OutputOf<C>> | OutputOf<C>,
  message: Msg,
): Promise<WireAnswer> {
  try {
    const input = inputOf(contract, message);
    const traceparent = message.headers?.get('traceparent') || undefined;
    const data = await inServerSpan(contract.subject, traceparent, async () => await handler(input));
    return { ok: true, data };
  } catch (error) {
    if (error instanceof UserError) return { ok: false, error: wireErrorOf(error) };
    connection.log.error({ subject: contract.subject, error }, 'request.failed');
    return internal();
  }
}

function inputOf<C extends RequestContract>(contract: C, message: Msg): z.output<C['input']> {
  const checked = contract.input.safeParse(message.json());
  if (checked.success) return checked.data as z.output<C['input']>;
  const [issue] = checked.error.issues;
  throw new UserError('INVALID_INPUT', issue?.message ?? 'The input is not valid', {
    path: issue?.path.map(String) ?? [],
  });
}

const wireErrorOf = (error: UserError): WireError => ({
  code: error.code,
  message: error.message,
  ...(error.options.path === undefined ? {} : { path: error.options.path }),
  ...(error.options.details === undefined ? {} : { details: error.options.details }),
});
