import { ChatFormSubmitted } from '@conversations/contracts';
import { personFromForm } from '../contact/match-contact';
import { inbound } from './inbound';
import { linkContact } from './link-contact';
import { addFromVisitor } from './receive-message';

/**
 * A visitor answered a form. The address is a claim: agents may write to it, and the visitor keeps its own conversation,
 * whoever the address belongs to.
 */
export const receiveForm = inbound(
  ChatFormSubmitted,
  ({ origin, idempotencyKey, answers }) => {
    const facts = personFromForm(answers);
    return {
      visitorId: origin.visitorId,
      origin,
      idempotencyKey,
      ...(facts ? { person: { facts, verified: false } } : {}),
    };
  },
  (batch, data, cause) => {
    const { formId, answers } = data;
    const text = answers.map(({ label, value }) => `${label}: ${value}`).join('\n');
    const conversation = addFromVisitor(batch, { ...data, text, attachments: [], form: { formId, answers } }, cause);
    const facts = personFromForm(answers);
    const visitor = batch.people.visitors.get(data.origin.visitorId);
    // Who is vouched for stays who they are, whatever is typed.
    if (!conversation || !facts || !visitor || visitor.identified) return;
    const contact = batch.people.contactOfAddress(facts.email);
    if (!contact) return;
    batch.announceContact(contact, contact.claim(facts), cause);
    linkContact(batch, { visitor, contact, verified: false, at: new Date(data.receivedAt) }, cause);
  },
);
