import type { DataOf, Envelope, MessageContract } from '@conversations/contracts';

/** Narrows an envelope to what a contract's messages carry. */
export const carries = <C extends MessageContract>(envelope: Envelope, contract: C): envelope is Envelope<DataOf<C>> =>
  envelope.type === contract.type;
