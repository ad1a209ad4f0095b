import type { Actor, Channel, InboundAttachment } from '@conversations/contracts';
import type { Emission, Tx } from '@conversations/persistence';
import { outgoingEmail } from '../mail/outgoing-email';
import { outgoingMessenger } from '../messenger/outgoing-messenger';
import type { Conversation } from './conversation.entity';
import type { Message, MessageDraft } from './message.entity';

/** An answer on its way out: stored, with the files that go along. */
export interface Outgoing {
  conversation: Conversation;
  message: Message;
  attachments: InboundAttachment[];
}

/** Who answers, and from which address where the channel is email. */
export interface Sender {
  by: Actor;
  mailAddress: string;
}

/** How answers leave through a channel that has an adapter. */
export interface OutgoingChannel {
  /** What the message is beside its text, frozen when the agent sends. */
  details(tx: Tx, conversation: Conversation, sender: Sender): Promise<Pick<MessageDraft, 'email' | 'messenger'>>;
  /** The order to the adapter, with everything it needs; the same for every attempt but for the attempt's number. */
  command(tx: Tx, outgoing: Outgoing): Promise<Pick<Emission, 'contract' | 'data'>>;
}

/** By channel. Chat has none: its gateways follow the events. */
export const outgoingChannels: Partial<Record<Channel, OutgoingChannel>> = {
  email: outgoingEmail,
  messenger: outgoingMessenger,
};
