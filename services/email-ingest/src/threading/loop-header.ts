import { readOwnMessageId } from './message-id';
import { ID_DIGITS, idDigits, type SigningKeys } from './signing-keys';

/** Stands in every mail that this installation sends; one that comes back to the inbox is a loop. */
export const LOOP_HEADER = 'X-Conversations-Loop';

export const loopMark = (keys: SigningKeys, messageId: string): string => keys.seal('loop', idDigits(messageId));

/** True for the headers of a mail that we sent ourselves; names in lower case. */
export function isOwnMail(keys: SigningKeys, headers: ReadonlyMap<string, readonly string[]>): boolean {
  const marks = headers.get(LOOP_HEADER.toLowerCase()) ?? [];
  if (marks.some((mark) => keys.open('loop', mark.trim(), ID_DIGITS) !== null)) return true;
  return (headers.get('message-id') ?? []).some((id) => readOwnMessageId(keys, id) !== null);
}
