import type { Tx } from '@conversations/persistence';
import type { Contact, PersonFacts } from '../contact/contact.entity';
import { findOrInsertContacts } from '../contact/match-contact';
import type { Origin, VisitorLink } from '../contact/visitor.entity';
import { findOrInsertVisitors, lockVisitors } from '../contact/visitor.entity';
import type { MailBatch } from '../mail/mail-batch';
import type { Conversation } from './conversation.entity';
import { findContactsOf } from './inbound-lookups';
import type { Touched } from './touched';

/** Another replica stored the same thread or person at the same moment: the whole batch is read again. */
export class ThreadAppeared extends Error {}

interface Person {
  facts: PersonFacts;
  verified: boolean;
}

export const claimed = (facts: PersonFacts): Person => ({ facts, verified: false });

/** What is loaded before the people are; the conversations are locked. */
interface Loaded {
  mails: MailBatch;
  conversationOf(visitorId: string): Conversation | undefined;
  conversation(id: string): Conversation | undefined;
  isStored(idempotencyKey: string): boolean;
}

/** Visitors and contacts of one batch of inbound facts. */
export class BatchPeople {
  readonly visitors = new Map<string, VisitorLink>();
  /** Ids of contacts that the batch made and did not announce yet. */
  readonly made = new Set<string>();
  /** The version of the flow that a conversation begins with; null when the batch can open none. */
  newestFlow: number | null = null;
  private readonly contacts = new Map<string, Contact>();

  async load(tx: Tx, touched: readonly Touched[], loaded: Loaded, now: Date): Promise<void> {
    await this.loadVisitors(tx, touched, loaded, now);
    const linked = [...this.visitors.values()].flatMap(({ contactId }) => contactId ?? []);
    const known = linked.length > 0 ? await findContactsOf(tx, linked) : [];
    for (const contact of known) this.contacts.set(contact.id, contact);
    const people = this.peopleToMatch(touched, loaded);
    if (people.size > 0) await this.loadContacts(tx, people, loaded.mails, now);
  }

  /** The contact that the visitor of a new thread is known as. */
  contactOf(visitorId: string): Contact | undefined {
    const contactId = this.visitors.get(visitorId)?.contactId;
    return contactId ? this.contacts.get(contactId) : undefined;
  }

  contactOfAddress(email: string): Contact | undefined {
    return [...this.contacts.values()].find((contact) => contact.email?.toLowerCase() === email);
  }

  /** Who wrote in the widget, of a conversation that a mail belongs to. */
  visitorOf(conversation: Conversation | undefined): VisitorLink | undefined {
    return conversation?.visitorId ? this.visitors.get(conversation.visitorId) : undefined;
  }

  private async loadVisitors(tx: Tx, touched: readonly Touched[], loaded: Loaded, now: Date): Promise<void> {
    const origins = new Map<string, Origin>();
    for (const { visitorId, origin, person } of touched) {
      if (visitorId && origin && (person || !loaded.conversationOf(visitorId))) origins.set(visitorId, origin);
    }
    const made = origins.size > 0 ? await findOrInsertVisitors(tx, [...origins.values()], now) : [];
    for (const { newestFlow, ...visitor } of made) {
      this.newestFlow = newestFlow;
      this.visitors.set(visitor.id, visitor);
    }
    const mailed = loaded.mails.threads().flatMap((id) => loaded.conversation(id)?.visitorId ?? []);
    const others = mailed.filter((id) => !this.visitors.has(id));
    const locked = others.length > 0 ? await lockVisitors(tx, others) : [];
    for (const visitor of locked) this.visitors.set(visitor.id, visitor);
  }

  private async loadContacts(tx: Tx, people: ReadonlyMap<string, Person>, mails: MailBatch, now: Date): Promise<void> {
    const { contacts, made } = await findOrInsertContacts(tx, people, now);
    for (const contact of contacts) this.contacts.set(contact.id, contact);
    for (const id of made) this.made.add(id);
    // The threads of a contact that was made since the mails were looked at are not locked.
    const appeared = mails.people().some(({ email }) => {
      const contact = mails.knew(email) ? undefined : this.contactOfAddress(email);
      return contact !== undefined && !made.has(contact.id);
    });
    if (appeared) throw new ThreadAppeared('the contact appeared meanwhile');
  }

  /** Nobody is made a contact by a form that is stored already or that comes from an identified visitor. */
  private peopleToMatch(touched: readonly Touched[], loaded: Loaded): Map<string, Person> {
    const identified = new Set([...this.visitors.values()].filter((one) => one.identified).map(({ id }) => id));
    const people = new Map<string, Person>();
    for (const { visitorId, person, idempotencyKey, unlessKnown } of touched) {
      if (unlessKnown && visitorId && this.visitors.get(visitorId)?.contactId) continue;
      if (!person || (idempotencyKey !== undefined && loaded.isStored(idempotencyKey))) continue;
      if (visitorId && person.verified) identified.add(visitorId);
      else if (visitorId && identified.has(visitorId)) continue;
      if (!people.has(person.facts.email)) people.set(person.facts.email, person);
    }
    for (const facts of loaded.mails.people()) if (!people.has(facts.email)) people.set(facts.email, claimed(facts));
    return people;
  }
}
