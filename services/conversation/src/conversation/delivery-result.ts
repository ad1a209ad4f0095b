import type { DataOf, Envelope } from '@conversations/contracts';
import { EmailDeliveryChanged, MessageChanged, MessengerDeliveryChanged } from '@conversations/contracts';
import type { Conversation } from './conversation.entity';
import { inbound } from './inbound';
import type { InboundBatch } from './inbound-batch';
import type { Touched } from './touched';

type Report = DataOf<typeof MessengerDeliveryChanged>;

/** An adapter tells what became of a reply; one that changes nothing any more is passed over. */
function apply(batch: InboundBatch, report: Report, cause: Envelope): void {
  const message = batch.messageOf(report.messageId);
  const conversation = message && batch.conversation(message.conversationId);
  const writtenAt = message?.deliveryAt;
  if (!conversation || !message.delivered(report)) return;
  if (report.failureCode === 'WINDOW' && writtenAt) closeWindow(batch, conversation, writtenAt);
  conversation.messageChanged();
  batch.changedMessage(message);
  const data = { conversation: conversation.snapshot(), message: message.snapshot() };
  batch.announce(MessageChanged, conversation, data, cause);
}

/** Facebook knows better until when answers may be sent: composers hear of it with the message. */
function closeWindow(batch: InboundBatch, conversation: Conversation, writtenAt: Date): void {
  const profile = batch.messenger.in(conversation);
  if (!profile) return;
  profile.refuseWindow(writtenAt);
  batch.messenger.changedProfile(profile);
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
