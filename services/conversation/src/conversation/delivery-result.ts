import type { DataOf } from '@conversations/contracts';
import { EmailDeliveryChanged, MessageChanged, MessengerDeliveryChanged } from '@conversations/contracts';
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
      if (!conversation || !message.delivered(report)) return;
      conversation.messageChanged();
      batch.changedMessage(message);
      const data = { conversation: conversation.snapshot(), message: message.snapshot() };
      batch.announce(MessageChanged, conversation, data, cause);
    },
  );

export const emailDelivery = deliveryOf(EmailDeliveryChanged);
export const messengerDelivery = deliveryOf(MessengerDeliveryChanged);
