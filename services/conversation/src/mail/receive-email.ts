import type { Actor, Envelope, MailSnapshot, MessageAuthor } from '@conversations/contracts';
import { ConversationReopened, EmailMessageReceived, MessageAdded } from '@conversations/contracts';
import type { Activity } from '../conversation/activity.entity';
import type { Contact } from '../contact/contact.entity';
import { words } from '../contact/match-contact';
import { Conversation } from '../conversation/conversation.entity';
import { inbound } from '../conversation/inbound';
import type { InboundBatch } from '../conversation/inbound-batch';
import { renameThreads } from '../conversation/link-contact';
import { personOf } from './mail-batch';
import type { IncomingMail, Place } from './place-mail';
import { addressOf } from './place-mail';

interface Arrival {
  mail: IncomingMail;
  place: Place;
  /** The sender, where the thread is theirs. */
  contact: Contact | undefined;
  at: Date;
  cause: Envelope;
}

/** A mail came in. Whatever its From says, it never acts as an agent. */
export const receiveEmail = inbound(
  EmailMessageReceived,
  (mail) => ({ idempotencyKey: mail.idempotencyKey, mail }),
  (batch, mail, cause) => {
    const place = batch.mails.placeOf(mail);
    if (!place || !batch.firstUse(mail.idempotencyKey)) return;
    const contact = place.asContact ? batch.people.contactOfAddress(addressOf(mail)) : undefined;
    const arrival: Arrival = { mail, place, contact, at: new Date(mail.receivedAt), cause };
    if (contact) learn(batch, arrival, contact);
    const { conversation, opening } = openOrReopen(batch, arrival);
    const message = conversation[mail.automatic ? 'receiveQuietly' : 'receive']({
      id: mail.messageId,
      idempotencyKey: mail.idempotencyKey,
      channel: 'email',
      direction: 'INBOUND',
      author: authorOf(arrival),
      text: mail.text,
      attachments: batch.bring(mail.messageId, 'email', mail.attachments, arrival.at),
      clientMessageId: null,
      form: null,
      email: detailsOf(batch, arrival, conversation),
      createdAt: new Date(mail.sentAt),
      arrivedAt: arrival.at,
    });
    batch.addMessage(message);
    batch.mails.add(mail, place, conversation.id);
    if (opening) {
      const snapshot = { ...conversation.snapshot(), version: opening.sequence };
      batch.announceOpened(conversation, { conversation: snapshot, activity: opening.snapshot() }, cause);
    }
    const data = { conversation: conversation.snapshot(), message: message.snapshot() };
    batch.announce(MessageAdded, conversation, data, cause);
  },
);

/** The sender's name; and that the address is theirs, when they answer what was written to it. */
function learn(batch: InboundBatch, { mail, place, cause }: Arrival, contact: Contact): void {
  const facts = personOf(mail);
  const named = contact.claim(facts);
  const proved = verifies(mail, place) && contact.verify({ ...facts, name: null });
  batch.announceContact(contact, named || proved, cause);
  renameThreads(batch, contact, cause);
  if (!verifies(mail, place)) return;
  const visitor = batch.people.visitorOf(batch.conversation(place.thread));
  if (!visitor || visitor.identified || visitor.contactId !== contact.id) return;
  visitor.identified = true;
  batch.changedVisitor(visitor);
}

/** Only who reads the mail to an address can answer it by its token; a machine's answer shows no reader. */
const verifies = (mail: IncomingMail, { by }: Place): boolean =>
  (by === 'token' || by === 'own-id') && mail.authentication !== 'FAIL' && !mail.automatic && mail.forwarded === null;

function openOrReopen(batch: InboundBatch, arrival: Arrival): { conversation: Conversation; opening: Activity | null } {
  const { mail, place, contact, at, cause } = arrival;
  const by = actorOf(arrival);
  const known = batch.mails.openedAs(place.thread) ?? batch.conversation(place.thread);
  if (known) {
    const activity = mail.automatic ? null : known.reopen(by, at);
    if (activity) {
      batch.addActivity(activity);
      const data = { conversation: known.snapshot(), activity: activity.snapshot() };
      batch.announce(ConversationReopened, known, data, cause);
    }
    return { conversation: known, opening: null };
  }
  const { conversation, activity } = Conversation.open(
    {
      threadKey: batch.mails.threadKey(mail),
      visitorId: null,
      contactId: contact?.id ?? null,
      title: contact?.displayName ?? addressOf(mail),
      channel: 'email',
    },
    by,
    at,
  );
  batch.keep(conversation);
  batch.mails.open(place.thread, conversation);
  batch.addActivity(activity);
  return { conversation, opening: activity };
}

function authorOf({ mail, contact }: Arrival): MessageAuthor {
  if (contact) return { kind: 'contact', id: contact.id, name: contact.displayName };
  return { kind: 'participant', id: null, name: words(mail.from.name) ?? addressOf(mail) };
}

function actorOf({ mail, contact }: Arrival): Actor {
  if (contact) return { kind: 'contact', id: contact.id, name: contact.displayName };
  return { kind: 'system', id: null, name: words(mail.from.name) ?? addressOf(mail) };
}

function detailsOf(batch: InboundBatch, arrival: Arrival, conversation: Conversation): MailSnapshot {
  const { mail, place, contact } = arrival;
  const related = place.related && (batch.mails.openedAs(place.related)?.id ?? place.related);
  const answersTo = batch.mails.answers(mail);
  return {
    subject: mail.subject,
    from: mail.from,
    to: mail.to,
    cc: mail.cc,
    source: sourceOf(mail, place, answersTo),
    hasHtml: mail.htmlKey !== null,
    hasQuotedText: mail.quotedText !== null,
    automatic: mail.automatic,
    authentication: mail.authentication,
    incomplete: mail.incomplete,
    stranger: place.stranger,
    forwarded: mail.forwarded,
    answersTo,
    relatedConversationId: related,
    ...(contact && isTheVisitors(batch, mail, conversation) ? {} : { agentsOnly: true }),
  };
}

/** An address that was typed into a form is a claim: mail from it is not shown to who typed it before the address is proved. */
function isTheVisitors(batch: InboundBatch, mail: IncomingMail, conversation: Conversation): boolean {
  if (mail.authentication === 'FAIL' || mail.forwarded !== null) return false;
  return conversation.visitorId === null || (batch.people.visitorOf(conversation)?.identified ?? false);
}

function sourceOf(mail: IncomingMail, { by }: Place, answersTo: string | null): MailSnapshot['source'] {
  if (mail.forwarded !== null) return 'FORWARDED';
  if (by !== 'contact' && by !== 'none') return 'INBOX_REPLY';
  if (answersTo !== null) return 'CAMPAIGN_REPLY';
  return mail.redirected ? 'FORWARDED' : 'DIRECT';
}
