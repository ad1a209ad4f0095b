import type { DataOf } from '@conversations/contracts';
import { EmailDeliveryChanged, MessageChanged, MessengerDeliveryChanged } from '@conversations/contracts';
import type { Conversation } from './conversation.entity';
import type { InboundHandler } from './inbound';
import { inbound } from './inbound';
import type { InboundBatch } from './inbound-batch';

type Report = DataOf<typeof MessengerDeliveryChanged>;
type Contract = typeof EmailDeliveryChanged | typeof MessengerDeliveryChanged;

/** An adapter tells what became of a reply; one that changes nothing any more is passed over. */
const deliveryOf = (contract: Contract): InboundHandler =>
  inbound(
    contract,
    ({ conversationId, messageId }: Report) => ({ conversationIds: [conversationId], messageIds: [messageId] }),
    (batch: InboundBatch, report: Report, cause) => {
      const message = batch.messageOf(report.messageId);
      const conversation = message && batch.conversation(message.conversationId);
      const writtenAt = message?.deliveryAt;
      if (!conversation || !message.delivered(report)) return;
      if (report.failureCode === 'WINDOW' && writtenAt) closeWindow(batch, conversation, writtenAt);
      conversation.messageChanged();
      batch.changedMessage(message);
      const data = { conversation: conversation.snapshot(), message: message.snapshot() };
      batch.announce(MessageChanged, conversation, data, cause);
    },
  );

/** Facebook knows better until when answers may be sent: composers hear of it with the message. */
function closeWindow(batch: InboundBatch, conversation: Conversation, writtenAt: Date): void {
  const profile = batch.people.in(conversation);
  if (!profile) return;
  profile.refuseWindow(writtenAt);
  batch.people.changedProfile(profile);
}

export const emailDelivery = deliveryOf(EmailDeliveryChanged);
export const messengerDelivery = deliveryOf(MessengerDeliveryChanged);
