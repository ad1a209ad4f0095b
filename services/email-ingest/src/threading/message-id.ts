import { ID_DIGITS, idDigits, idOf, type SigningKeys } from './signing-keys';

/** Message-ID of a message of ours, without angle brackets; the same one whenever it is sent. */
export const ownMessageId = (keys: SigningKeys, domain: string, messageId: string): string =>
  `m${keys.seal('message-id', idDigits(messageId))}@${domain}`;

/** Which message of ours a Message-ID names, with or without angle brackets. Its domain may have changed since. */
export function readOwnMessageId(keys: SigningKeys, rfcMessageId: string): string | null {
  const id = rfcMessageId.trim().replace(/^<|>$/g, '');
  const local = id.slice(0, id.lastIndexOf('@'));
  if (local[0]?.toLowerCase() !== 'm') return null;
  const digits = keys.open('message-id', local.slice(1), ID_DIGITS);
  return digits === null ? null : idOf('msg', digits);
}
