import type { DataOf } from '@conversations/contracts';
import { ChatContactClaimed } from '@conversations/contracts';
import type { PersonFacts } from '../contact/contact.entity';
import { normaliseAddress, words } from '../contact/match-contact';
import { inbound } from './inbound';
import { linkContact } from './link-contact';

/**
 * A script of the host page said who the visitor is. It is believed as little as a form, and counts less: what the visitor
 * answered, or the page's backend vouched for, stays.
 */
export const receiveClaimed = inbound(
  ChatContactClaimed,
  ({ origin, ...claim }) => {
    const facts = person(claim);
    return {
      visitorId: origin.visitorId,
      ...(facts ? { origin, mayMoveFlow: true, unlessKnown: true, person: { facts, verified: false } } : {}),
    };
  },
  (batch, { origin, at, ...claim }, cause) => {
    const facts = person(claim);
    const visitor = batch.people.visitors.get(origin.visitorId);
    const contact = facts && batch.people.contactOfAddress(facts.email);
    if (!facts || !visitor || !contact || visitor.identified) return;
    if (visitor.contactId !== null && visitor.contactId !== contact.id) return;
    batch.announceContact(contact, contact.claim(facts), cause);
    linkContact(batch, { visitor, contact, verified: false, at: new Date(at) }, cause);
    const conversation = batch.conversationOf(visitor.id);
    if (conversation) batch.automation.hear(batch, conversation, { kind: 'CONTACT_LINKED' }, cause);
  },
);

function person(
  claim: Pick<DataOf<typeof ChatContactClaimed>, 'email' | 'name' | 'phone' | 'company'>,
): PersonFacts | null {
  const email = normaliseAddress(claim.email);
  const [name, phone, company] = [words(claim.name), words(claim.phone), words(claim.company)];
  return email === null ? null : { email, name, phone, company };
}
