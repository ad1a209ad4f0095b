import type { DataOf, Envelope, MessageContract } from '@conversations/contracts';
import type { InboundBatch } from './inbound-batch';
import type { Touched } from './touched';

/** One fact from outside, read and ready to be applied. */
export interface InboundFact {
  touched: Touched;
  apply(batch: InboundBatch): void;
}

/** How one kind of inbound fact is handled. */
export interface InboundHandler {
  contract: MessageContract;
  read(envelope: Envelope): InboundFact;
}

/** The envelope's data are checked against the contract by now. `touches` names the rows the fact needs; `apply` changes them in memory. */
export function inbound<C extends MessageContract>(
  contract: C,
  touches: (data: DataOf<C>) => Touched,
  apply: (batch: InboundBatch, data: DataOf<C>, cause: Envelope) => void,
): InboundHandler {
  return {
    contract,
    read(envelope) {
      const data = envelope.data as DataOf<C>;
      return { touched: touches(data), apply: (batch) => apply(batch, data, envelope) };
    },
  };
}
