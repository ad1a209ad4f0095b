import type { Envelope } from '@conversations/contracts';
import { PermanentError } from '@conversations/messaging';
import type { Tx } from '@conversations/persistence';
import type { InboundFact, InboundHandler } from './inbound';
import { InboundBatch } from './inbound-batch';
import { receiveForm } from './receive-form';
import { receiveIdentified } from './receive-identified';
import { receiveMessage } from './receive-message';
import { receiveRead } from './receive-read';

const handlers = new Map<string, InboundHandler>(
  [receiveMessage, receiveForm, receiveRead, receiveIdentified].map((handler) => [handler.contract.type, handler]),
);

/** Applies a batch of inbound facts, in their order, within the caller's transaction. */
export async function receiveBatch(tx: Tx, envelopes: readonly Envelope[]): Promise<void> {
  const facts = envelopes.map(readFact);
  const batch = await InboundBatch.load(
    tx,
    facts.map(({ touched }) => touched),
    new Date(),
  );
  for (const fact of facts) fact.apply(batch);
  await batch.store();
}

function readFact(envelope: Envelope): InboundFact {
  const handler = handlers.get(envelope.type);
  if (!handler) throw new PermanentError(`this release does not know ${envelope.type}`);
  return handler.read(envelope);
}
