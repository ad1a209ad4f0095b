import type { DataOf, Envelope } from '@conversations/contracts';
import { ChatFormSubmitted } from '@conversations/contracts';
import { personFromForm } from '../contact/match-contact';
import { inbound } from './inbound';
import type { InboundBatch } from './inbound-batch';
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
      mayMoveFlow: true,
      ...(facts ? { person: { facts, verified: false } } : {}),
    };
  },
  (batch, data, cause) => {
    const { formId, answers } = data;
    const text = answers.map(({ label, value }) => `${label}: ${value}`).join('\n');
    const added = addFromVisitor(batch, { ...data, text, attachments: [], form: { formId, answers } }, cause);
    if (!added) return;
    linkAnswered(batch, data, cause);
    if (added.opened) batch.automation.begin(batch, added.conversation, cause);
    else batch.automation.hear(batch, added.conversation, { kind: 'FORM_ANSWERED', formId }, cause);
  },
);

/** The visitor is the contact of the address from now on. */
function linkAnswered(batch: InboundBatch, data: DataOf<typeof ChatFormSubmitted>, cause: Envelope): void {
  const facts = personFromForm(data.answers);
  const visitor = batch.people.visitors.get(data.origin.visitorId);
  // Who is vouched for stays who they are, whatever is typed.
  if (!facts || !visitor || visitor.identified) return;
  const contact = batch.people.contactOfAddress(facts.email);
  if (!contact) return;
  batch.announceContact(contact, contact.claim(facts), cause);
  linkContact(batch, { visitor, contact, verified: false, at: new Date(data.receivedAt) }, cause);
}
