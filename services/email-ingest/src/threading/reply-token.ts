import { tagOf, withTag } from './mail-address';
import { ID_DIGITS, idDigits, idOf, type SigningKeys } from './signing-keys';

/**
 * Address for answers into a conversation: `inbox+c<token>@…`. Null when the inbox's own local part (over 23 characters) leaves no
 * room; then answers find their way by the other ids.
 */
export const replyAddress = (keys: SigningKeys, inbox: string, conversationId: string): string | null =>
  withTag(inbox, `c${keys.seal('reply-token', idDigits(conversationId))}`);

/** The conversation of a recipient's address with a token of ours. */
export function readReplyAddress(keys: SigningKeys, address: string): string | null {
  const tag = tagOf(address);
  if (tag?.[0]?.toLowerCase() !== 'c') return null;
  const digits = keys.open('reply-token', tag.slice(1), ID_DIGITS);
  return digits === null ? null : idOf('cnv', digits);
}
