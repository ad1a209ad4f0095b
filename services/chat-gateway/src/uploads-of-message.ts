import { FindUploads, type DataOf, type ChatMessageReceived } from '@conversations/contracts';
import type { Messaging } from '@conversations/messaging';
import { Refused } from './refused';

type Attachments = DataOf<typeof ChatMessageReceived>['attachments'];

/** What was stored of the uploads of a message, asked for once. Throws {@link Refused}, or what asking throws. */
export function uploadsOfMessage(
  messaging: Messaging,
  message: { visitorId: string; idempotencyKey: string; ids: readonly string[] },
): () => Promise<Attachments> {
  const ids = [...new Set(message.ids)];
  let found: Attachments | null = ids.length === 0 ? [] : null;
  return async () => {
    if (found !== null) return found;
    const { visitorId, idempotencyKey } = message;
    const { attachments } = await messaging.request(FindUploads, { visitorId, ids, idempotencyKey });
    found = attachments.filter((attachment) => attachment !== null);
    if (found.length < ids.length) throw new Refused('attachments');
    return found;
  };
}
