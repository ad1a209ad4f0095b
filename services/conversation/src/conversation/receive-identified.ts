import { ChatVisitorIdentified } from '@conversations/contracts';
import type { PersonFacts } from '../contact/contact.entity';
import { normaliseAddress, words } from '../contact/match-contact';
import { inbound } from './inbound';
import { linkContact } from './link-contact';

/** The host page's backend vouched for who the visitor is; an address that cannot be one changes nothing. */
export const receiveIdentified = inbound(
  ChatVisitorIdentified,
  ({ origin, email, name }) => {
    const facts = person(email, name);
    return {
      visitorId: origin.visitorId,
      ...(facts ? { origin, mayMoveFlow: true, person: { facts, verified: true } } : {}),
    };
  },
  (batch, { origin, email, name, at }, cause) => {
    const facts = person(email, name);
    const visitor = batch.people.visitors.get(origin.visitorId);
    const contact = facts && batch.people.contactOfAddress(facts.email);
    if (!facts || !visitor || !contact) return;
    batch.announceContact(contact, contact.verify(facts), cause);
    linkContact(batch, { visitor, contact, verified: true, at: new Date(at) }, cause);
    const conversation = batch.conversationOf(visitor.id);
    if (conversation) batch.automation.hear(batch, conversation, { kind: 'CONTACT_LINKED' }, cause);
  },
);

function person(email: string, name: string | null): PersonFacts | null {
  const address = normaliseAddress(email);
  return address === null ? null : { email: address, name: words(name), phone: null, company: null };
}
