import type { DataOf, Envelope } from '@conversations/contracts';
import { EmailDeliveryChanged, MessageChanged, MessengerDeliveryChanged } from '@conversations/contracts';
import { inbound } from './inbound';
import type { InboundBatch } from './inbound-batch';
import type { Touched } from './touched';

type Report = DataOf<typeof MessengerDeliveryChanged>;

/** An adapter tells what became of a reply; one that changes nothing any more is passed over. */
function apply(batch: InboundBatch, report: Report, cause: Envelope): void {
  const message = batch.messageOf(report.messageId);
  const conversation = message && batch.conversation(message.conversationId);
  if (!conversation || !message.delivered(report)) return;
  conversation.messageChanged();
  batch.changedMessage(message);
  const data = { conversation: conversation.snapshot(), message: message.snapshot() };
  batch.announce(MessageChanged, conversation, data, cause);
}

const touches = ({ conversationId, messageId }: Report): Touched => ({
  conversationIds: [conversationId],
  messageIds: [messageId],
});

export const messengerDelivery = inbound(MessengerDeliveryChanged, touches, apply);

/** Answers name the id that the mail bears, whatever became of it. */
export const emailDelivery = inbound(EmailDeliveryChanged, touches, (batch, report, cause) => {
  const message = batch.messageOf(report.messageId);
  if (message && report.rfcMessageId !== null) {
    batch.mails.sent(message.id, message.conversationId, report.rfcMessageId);
  }
  apply(batch, report, cause);
});
