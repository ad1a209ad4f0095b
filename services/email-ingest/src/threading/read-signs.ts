import { findBodyMarker } from './body-marker';
import { isOwnMail } from './loop-header';
import { readOwnMessageId } from './message-id';
import { readReplyAddress } from './reply-token';
import { readReturnPath } from './return-path';
import type { SigningKeys } from './signing-keys';
import type { ThreadSigns } from './thread-signs';

/** Injection token of {@link ThreadSigns}. */
export const THREAD_SIGNS = Symbol('thread signs');

/** Reads what our own mails carry, with the installation's keys. */
export function threadSigns(keys: SigningKeys): ThreadSigns {
  return {
    conversationOfAddress: (address) => readReplyAddress(keys, address),
    messageOfId: (rfcMessageId) => readOwnMessageId(keys, rfcMessageId),
    findMarker(text) {
      const found = findBodyMarker(keys, text);
      if (!found) return null;
      const { conversationId, index } = found;
      return { conversationId, at: index === 0 ? 0 : text.lastIndexOf('\n', index - 1) + 1 };
    },
    sendOfBounceAddress: (address) => readReturnPath(keys, address),
    isOurs: (headers) => isOwnMail(keys, headers),
  };
}
