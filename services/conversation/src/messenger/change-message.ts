import {
  ConversationContactChanged,
  MessageChanged,
  MessageId,
  MessengerMessageChanged,
} from '@conversations/contracts';
import { inbound } from '../conversation/inbound';
import type { InboundBatch } from '../conversation/inbound-batch';
import type { Message } from '../conversation/message.entity';
import type { TimedChange } from './messenger-state';

/** A message was edited, taken back or reacted to, or its files came. It adds nothing to the thread and opens nothing again. */
export const changeMessage = inbound(
  MessengerMessageChanged,
  ({ threadKey, targetKey }) => ({
    threadKey,
    messenger: { threadKey, displayName: null },
    ...(isOwn(targetKey) ? { messageIds: [targetKey] } : { messageKeys: [targetKey] }),
  }),
  (batch, { threadKey, targetKey, change, at, window }, cause) => {
    const message = batch.messageOf(targetKey);
    const conversation = message && batch.conversation(message.conversationId);
    const changed = message !== undefined && applyChange(batch, message, { change, at });
    if (changed && conversation) {
      batch.changedContent(message);
      conversation.messageChanged();
      const data = { conversation: conversation.snapshot(), message: message.snapshot() };
      batch.announce(MessageChanged, conversation, data, cause);
    } else if (!message && !isOwn(targetKey)) batch.messenger.early.keep(targetKey, { change, at });

    const profile = batch.messenger.of(threadKey);
    if (window === null || !profile?.extendWindow(window)) return;
    batch.messenger.changedProfile(profile);
    const open = batch.openThread(threadKey);
    // Composers ask again when something happened in their thread.
    if (!open || (changed && open === conversation)) return;
    open.personChanged();
    batch.announce(ConversationContactChanged, open, { conversation: open.snapshot() }, cause);
  },
);

/** False when it is no news. Files of a message that was taken back are kept with it and shown to nobody. */
export function applyChange(batch: InboundBatch, message: Message, timed: TimedChange): boolean {
  const changed = message.change(timed);
  const { change } = timed;
  if (change.kind === 'MEDIA' && (changed || message.messenger?.unsent))
    batch.bring(message.id, 'messenger', change.attachments, new Date(timed.at));
  return changed;
}

/** What was sent from here has no key of Facebook's: it is named by its id. */
const isOwn = (targetKey: string): boolean => MessageId.safeParse(targetKey).success;
