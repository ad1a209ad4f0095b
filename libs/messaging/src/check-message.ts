import { contractOfType, Envelope, type MessageContract } from '@conversations/contracts';
import { PermanentError, reasonOf } from './failures';

const decoder = new TextDecoder('utf-8', { fatal: true });
const knownContracts = new Map<string, MessageContract>();

function contractFor(type: string): MessageContract {
  const contract = knownContracts.get(type) ?? contractOfType(type);
  if (!contract) throw new PermanentError(`type ${type} is not known to this release`);
  knownContracts.set(type, contract);
  return contract;
}

/** The envelope of a stored message, its own fields and its data checked. Throws PermanentError that says what does not fit. */
export function checkMessage(data: Uint8Array): Envelope {
  let envelope: Envelope;
  try {
    envelope = Envelope.parse(JSON.parse(decoder.decode(data)));
  } catch (error) {
    throw new PermanentError(`not an event: ${reasonOf(error)}`, { cause: error });
  }
  const checked = contractFor(envelope.type).schema.safeParse(envelope.data);
  if (!checked.success) {
    const issues = checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new PermanentError(`data does not fit ${envelope.type}: ${issues.join('; ')}`, { cause: checked.error });
  }
  return { ...envelope, data: checked.data };
}

/** Parsed and not checked: for what services of this installation published, where speed counts. */
export function parseEnvelope(data: Uint8Array): Envelope {
  return JSON.parse(decoder.decode(data)) as Envelope;
}
