import type { DataOf, Envelope, MessageContract } from '@conversations/contracts';
import { composeEnvelope } from './compose-message';
import type { BrokerConnection } from './connection';
import { reasonOf } from './failures';

/** Sends to whoever listens now; nothing is kept, and nothing is sent while the connection is down. */
export function publishLive<C extends MessageContract>(
  connection: BrokerConnection,
  contract: C,
  key: string,
  data: DataOf<C>,
): void {
  if (!connection.isConnected) return;
  connection.nats.publish(contract.subject(key), JSON.stringify(composeEnvelope(contract, key, data)));
}

/** Every subscriber of every replica hears; what does not fit the contract is logged and left out. */
export function subscribeLive<C extends MessageContract>(
  connection: BrokerConnection,
  contract: C,
  listener: (envelope: Envelope<DataOf<C>>) => void,
): () => void {
  const subscription = connection.nats.subscribe(contract.filter, {
    callback: (error, message) => {
      try {
        if (error) throw error;
        const envelope = message.json<Envelope>();
        listener({ ...envelope, data: contract.schema.parse(envelope.data) as DataOf<C> });
      } catch (thrown) {
        connection.log.warn({ subject: contract.subjectRoot, reason: reasonOf(thrown) }, 'live.dropped');
      }
    },
  });
  return () => subscription.unsubscribe();
}
