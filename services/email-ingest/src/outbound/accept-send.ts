import { EmailDeliveryChanged } from '@conversations/contracts';
import { PermanentError } from '@conversations/messaging';
import { Database, emit, type Tx } from '@conversations/persistence';
import { Metrics } from '@conversations/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { type EmailSettings, SETTINGS } from '../config';
import { ownMessageId } from '../threading/message-id';
import type { SigningKeys } from '../threading/signing-keys';
import type { SendCommand } from './compose-email';
import { Send } from './send.entity';
import { SendMails } from './send-mails';
import { policyOf, senderOf } from './sender';
import { unverifiedCapReached } from './unverified-caps';

/** Takes the command to send a mail into the ledger, once for each attempt; from there it is sent. */
@Injectable()
export class AcceptSend {
  constructor(
    private readonly database: Database,
    private readonly sending: SendMails,
    private readonly metrics: Metrics,
    @Inject(SETTINGS) private readonly settings: EmailSettings,
  ) {}

  async run(command: SendCommand): Promise<void> {
    const { keys, domain } = senderOf(this.settings);
    const send = Send.of(command, messageIdOf(keys, domain, command), policyOf(this.settings), new Date());
    await this.database.transaction((tx) => this.store(tx, send));
    this.sending.wake();
  }

  private async store(tx: Tx, send: Send): Promise<void> {
    const inserted = await tx
      .createQueryBuilder()
      .insert()
      .into(Send)
      .values(send)
      .orIgnore()
      .updateEntity(false)
      .returning(['messageId'])
      .execute();
    if ((inserted.raw as unknown[]).length === 0) return;
    const cap = send.verified ? null : await unverifiedCapReached(tx, send, this.settings);
    if (cap === null) return;
    const report = send.fail('UNVERIFIED_LIMIT', cap, new Date());
    const { messageId, attempt, state, failureCode, detail, doneAt } = send;
    await tx.update(Send, { messageId, attempt }, { state, failureCode, detail, doneAt });
    await emit(tx, EmailDeliveryChanged, send.conversationId, report);
    this.metrics
      .counter('conversations_messages_total')
      .inc({ channel: 'email', direction: 'out', outcome: 'rejected' });
  }
}

function messageIdOf(keys: SigningKeys, domain: string, { messageId }: SendCommand): string {
  try {
    return ownMessageId(keys, domain, messageId);
  } catch (error) {
    throw new PermanentError('the message id is none that can be signed', { cause: error });
  }
}
