import { ChatRead, MessageChanged } from '@conversations/contracts';
import { inbound } from './inbound';

/** The visitor saw the thread up to a position: agents' chat messages up to there are SEEN. */
export const receiveRead = inbound(
  ChatRead,
  ({ visitorId }) => ({ visitorId, read: true }),
  (batch, { visitorId, upToPosition, at }, cause) => {
    const conversation = batch.conversationOf(visitorId);
    if (!conversation || upToPosition <= conversation.visitorReadPosition) return;
    batch.changedConversation(conversation);
    for (const message of conversation.seenByVisitor(upToPosition, batch.unseenIn(conversation), new Date(at))) {
      conversation.messageChanged();
      batch.changedMessage(message);
      const data = { conversation: conversation.snapshot(), message: message.snapshot() };
      batch.announce(MessageChanged, conversation, data, cause);
    }
  },
);
