import type { Envelope } from '@conversations/contracts';
import type { LaneBatch } from '@conversations/messaging';
import { PermanentError } from '@conversations/messaging';
import type { Tx } from '@conversations/persistence';
import { Metrics } from '@conversations/runtime';
import { Injectable } from '@nestjs/common';
import { FlowVersions } from '../automation/flow-versions';
import { EmailRules } from '../mail/email-rules';
import { receiveEmail } from '../mail/receive-email';
import { changeMessage } from '../messenger/change-message';
import { changePage } from '../messenger/change-page';
import { changeProfile } from '../messenger/change-profile';
import { receiveMessenger } from '../messenger/receive-messenger';
import { emailDelivery, messengerDelivery } from './delivery-result';
import type { InboundFact, InboundHandler } from './inbound';
import { InboundBatch } from './inbound-batch';
import type { Message } from './message.entity';
import { receiveClaimed } from './receive-claimed';
import { receiveForm } from './receive-form';
import { receiveIdentified } from './receive-identified';
import { receiveMessage } from './receive-message';
import { receiveOpened } from './receive-opened';
import { receiveRead } from './receive-read';

const chat = [receiveMessage, receiveForm, receiveRead, receiveIdentified, receiveClaimed, receiveOpened];
const email = [receiveEmail, emailDelivery];
const messenger = [receiveMessenger, changeMessage, changeProfile, changePage, messengerDelivery];

const handlers = new Map<string, InboundHandler>(
  [...chat, ...email, ...messenger].map((handler) => [handler.contract.type, handler]),
);

/** The hot path: a batch of inbound facts, in their order, within the transaction that also moves the lane's position. */
@Injectable()
export class ReceiveBatch {
  constructor(
    private readonly metrics: Metrics,
    private readonly rules: EmailRules,
    private readonly flows: FlowVersions,
  ) {}

  async run(batch: LaneBatch<Tx>): Promise<void> {
    const stored = await receiveBatch(
      batch.tx,
      batch.messages.map(({ envelope }) => envelope),
      { matchContact: this.rules.matchContact, flows: this.flows },
    );
    batch.afterCommit(() => this.measure(batch.messages.length, stored));
  }

  private measure(size: number, stored: readonly Message[]): void {
    this.metrics.histogram('conversations_batch_size').observe(size);
    for (const { channel, createdAt, arrivedAt = createdAt, authorKind } of stored) {
      if (authorKind === 'automation') continue;
      this.metrics.counter('conversations_messages_total').inc({ channel, direction: 'in', outcome: 'stored' });
      const seconds = Math.max(0, Date.now() - arrivedAt.getTime()) / 1000;
      this.metrics.histogram('conversations_stored_seconds').observe({ channel }, seconds);
    }
  }
}

/** Returns the messages that were new. A fact that cannot be handled fails the whole batch; see isPoison. */
export async function receiveBatch(
  tx: Tx,
  envelopes: readonly Envelope[],
  rules: Pick<EmailRules, 'matchContact'> & { flows?: FlowVersions } = { matchContact: 'latest' },
): Promise<readonly Message[]> {
  const facts = envelopes.map(readFact);
  const touched = facts.map((fact) => fact.touched);
  const batch = await InboundBatch.load(tx, touched, { flows: new FlowVersions(), ...rules });
  for (const fact of facts) fact.apply(batch);
  return batch.store();
}

function readFact(envelope: Envelope): InboundFact {
  const handler = handlers.get(envelope.type);
  if (!handler) throw new PermanentError(`this service does not handle ${envelope.type}`);
  return handler.read(envelope);
}
