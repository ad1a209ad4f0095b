import { decodeCrockford, encodeCrockford } from './crockford';
import { tagOf, withTag } from './mail-address';
import { ID_DIGITS, idDigits, idOf, type SigningKeys } from './signing-keys';

const ATTEMPT_DIGITS = 2;
/** Two digits hold no more; nobody sends one message again that often. */
const MOST_ATTEMPTS = 1023;

/** Envelope sender of one send (VERP): a bounce comes to it, whatever it says inside. Null as for reply addresses. */
export function returnPath(
  keys: SigningKeys,
  bounceAddress: string,
  messageId: string,
  attempt: number,
): string | null {
  const number = encodeCrockford(BigInt(Math.min(attempt, MOST_ATTEMPTS)), ATTEMPT_DIGITS);
  return withTag(bounceAddress, `b${keys.seal('return-path', idDigits(messageId) + number)}`);
}

/** Which send a bounce that came to this address is about. */
export function readReturnPath(keys: SigningKeys, address: string): { messageId: string; attempt: number } | null {
  const tag = tagOf(address);
  if (tag?.[0]?.toLowerCase() !== 'b') return null;
  const digits = keys.open('return-path', tag.slice(1), ID_DIGITS + ATTEMPT_DIGITS);
  if (digits === null) return null;
  return {
    messageId: idOf('msg', digits.slice(0, ID_DIGITS)),
    attempt: Number(decodeCrockford(digits.slice(ID_DIGITS))),
  };
}
