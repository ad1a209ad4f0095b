import type { DataOf, Envelope, MessageContract } from '@conversations/contracts';
import type { Emission } from '@conversations/persistence';

/** An event that an inbound fact led to. */
export function causedEvent<C extends MessageContract>(
  contract: C,
  key: string,
  data: DataOf<C>,
  cause: Envelope,
  sequence?: number,
): Emission {
  return {
    contract,
    key,
    data,
    sequence,
    causationId: cause.id,
    correlationId: cause.correlationid,
    actor: cause.actor,
    traceparent: cause.traceparent,
  };
}
