import type { InputOf, OutputOf, RetryMessage as RetryRequest } from '@conversations/contracts';
import { MessageChanged } from '@conversations/contracts';
import type { Tx } from '@conversations/persistence';
import { Database, emitAll } from '@conversations/persistence';
import { Injectable } from '@nestjs/common';
import { findSent } from '../attachment/attachment.entity';
import { lockConversation } from './lock-conversation';
import { Message } from './message.entity';
import { updateDeliveries } from './message-rows';
import { outgoingChannels } from './outgoing';
import { MessageNotFound, NeverSentAgain } from './reply-errors';
import { ReplyOptionsQuery } from './reply-options.query';
import { storeConversations } from './store-conversations';

type Output = OutputOf<typeof RetryRequest>;

/** A person sends a failed or doubtful message again. One that is on its way or arrived meanwhile is returned as it is. */
@Injectable()
export class RetryMessage {
  constructor(
    private readonly database: Database,
    private readonly options: ReplyOptionsQuery,
  ) {}

  run({ messageId, by }: InputOf<typeof RetryRequest>): Promise<Output> {
    return this.database.transaction(async (tx) => {
      const { conversation, message } = await lockMessage(tx, messageId);
      const outgoing = outgoingChannels[message.channel];
      if (!outgoing || message.direction === 'INBOUND') throw new NeverSentAgain();
      if (message.sendAgain(new Date())) {
        await this.options.assertAvailable(tx, conversation.id, message.channel);
        const attachments = (await findSent(tx, message.id)).map((attachment) => attachment.sent());
        conversation.messageChanged();
        await storeConversations(tx, [conversation]);
        await updateDeliveries(tx, [message]);
        const command = await outgoing.command(tx, { conversation, message, attachments });
        const changed = { conversation: conversation.snapshot(), message: message.snapshot() };
        const options = { key: conversation.id, sequence: conversation.version, actor: by.id };
        await emitAll(tx, [
          { contract: MessageChanged, data: changed, ...options },
          { ...command, ...options },
        ]);
      } else if (message.deliveryState === 'FAILED') throw new NeverSentAgain();
      return { message: message.snapshot(), conversation: conversation.snapshot() };
    });
  }
}

/** The message as it is once its conversation is locked. */
async function lockMessage(tx: Tx, id: string) {
  const found = await tx.findOne(Message, { where: { id }, select: { id: true, conversationId: true } });
  if (!found) throw new MessageNotFound();
  const conversation = await lockConversation(tx, found.conversationId);
  return { conversation, message: await tx.findOneByOrFail(Message, { id }) };
}
