import type { Envelope } from '@conversations/contracts';
import { ConversationContactChanged } from '@conversations/contracts';
import type { Contact } from '../contact/contact.entity';
import type { VisitorLink } from '../contact/visitor.entity';
import type { InboundBatch } from './inbound-batch';

interface Link {
  visitor: VisitorLink;
  contact: Contact;
  /** True when the host page's backend vouches for the visitor, false when a form claims it. */
  verified: boolean;
  at: Date;
}

/** The visitor, and the conversation it may have, belong to the contact. */
export function linkContact(batch: InboundBatch, { visitor, contact, verified, at }: Link, cause: Envelope): void {
  if (visitor.contactId !== contact.id || (verified && !visitor.identified)) {
    visitor.contactId = contact.id;
    visitor.identified ||= verified;
    batch.changedVisitor(visitor);
  }
  const conversation = batch.conversationOf(visitor.id);
  if (conversation && conversation.contactId !== contact.id) {
    const by = { kind: 'visitor' as const, id: visitor.id, name: conversation.title };
    const activity = conversation.linkContact(contact, verified ? 'CONTACT_LINKED' : 'EMAIL_COLLECTED', by, at);
    batch.addActivity(activity);
    const data = { conversation: conversation.snapshot(), activity: activity.snapshot() };
    batch.announce(ConversationContactChanged, conversation, data, cause);
  }
  renameThreads(batch, contact, cause);
}

/** Every thread of the contact bears its name. */
export function renameThreads(batch: InboundBatch, contact: Contact, cause: Envelope): void {
  for (const other of batch.conversationsOf(contact)) {
    if (!other.rename(contact.displayName)) continue;
    batch.announce(ConversationContactChanged, other, { conversation: other.snapshot() }, cause);
  }
}
