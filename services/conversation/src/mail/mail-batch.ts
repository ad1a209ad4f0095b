import { emailThreadKey } from '@conversations/contracts';
import type { Tx } from '@conversations/persistence';
import type { PersonFacts } from '../contact/contact.entity';
import { words } from '../contact/match-contact';
import type { Conversation } from '../conversation/conversation.entity';
import type { LocatedMails } from './mail-lookups';
import { findAnswered, findParticipants, locateMails } from './mail-lookups';
import type { MailRow, Participant } from './mail-rows';
import { insertMails, insertParticipants } from './mail-rows';
import type { IncomingMail, MatchContact, Place } from './place-mail';
import { addressOf, MailPlaces, participantsOf } from './place-mail';

/** The mails of one batch of inbound facts: where each belongs, and what is stored of them beside their messages. */
export class MailBatch {
  private readonly places = new Map<string, Place>();
  private readonly opened = new Map<string, Conversation>();
  private answered = new Map<string, string>();
  private readonly added = { mails: [] as MailRow[], participants: [] as Participant[] };

  private constructor(
    private readonly tx: Tx,
    private readonly mails: readonly IncomingMail[],
    private readonly located: LocatedMails,
    private readonly matchContact: MatchContact,
  ) {}

  static async locate(tx: Tx, mails: readonly IncomingMail[], matchContact: MatchContact): Promise<MailBatch> {
    return new MailBatch(tx, mails, await locateMails(tx, mails, matchContact), matchContact);
  }

  /** Conversations that have to be locked. */
  get conversationIds(): readonly string[] {
    return this.located.conversationIds;
  }

  /** Decides where the mails belong; their conversations are locked. `isNew` is false for a mail that is stored already. */
  async place(conversations: ReadonlyMap<string, Conversation>, isNew: (mail: IncomingMail) => boolean): Promise<void> {
    const fresh = this.mails.filter(isNew);
    if (fresh.length === 0) return;
    const ids = [...new Set(this.located.conversationIds)].filter((id) => conversations.has(id));
    const participants = await findParticipants(this.tx, ids, [...new Set(fresh.map(addressOf))]);
    this.answered = await findAnswered(this.tx, fresh);
    const places = new MailPlaces(
      {
        ...this.located,
        contactIds: new Map(ids.map((id) => [id, conversations.get(id)?.contactId ?? null])),
        isParticipant: (thread, address) => participants.get(thread)?.has(address) ?? false,
      },
      this.matchContact,
    );
    for (const mail of fresh) this.places.set(mail.messageId, places.place(mail));
  }

  placeOf(mail: IncomingMail): Place | undefined {
    return this.places.get(mail.messageId);
  }

  /** Subject of the registered mail that it answers. */
  answers(mail: IncomingMail): string | null {
    return this.answered.get(mail.messageId) ?? null;
  }

  /** Senders whose contact is made or looked up: those who write in a thread of their own. */
  people(): PersonFacts[] {
    return this.mails.filter((mail) => this.placeOf(mail)?.asContact).map(personOf);
  }

  /** Whether the address was a contact's when the mails were located. */
  knew(address: string): boolean {
    return this.located.contacts.has(address);
  }

  /** Where the mails go. */
  threads(): string[] {
    return [...new Set([...this.places.values()].map(({ thread }) => thread))];
  }

  /** A conversation that an earlier mail of the batch opened. */
  openedAs(thread: string): Conversation | undefined {
    return this.opened.get(thread);
  }

  open(thread: string, conversation: Conversation): void {
    this.opened.set(thread, conversation);
  }

  /** A person has one thread, which is opened again, unless the installation wants one for each matter. */
  threadKey(mail: IncomingMail): string {
    const key = emailThreadKey(addressOf(mail));
    return this.matchContact === 'latest' ? key : `${key}#${mail.messageId}`;
  }

  add(mail: IncomingMail, place: Place, conversationId: string): void {
    const { messageId, rfcMessageId, quotedText, htmlKey, rawKey } = mail;
    this.added.mails.push({ messageId, conversationId, rfcMessageId, quotedText, htmlKey, rawKey });
    if (place.stranger) return;
    this.added.participants.push(...participantsOf(mail).map((address) => ({ conversationId, address })));
  }

  /** The id that a mail of ours bears: answers name it. */
  sent(messageId: string, conversationId: string, rfcMessageId: string): void {
    const none = { quotedText: null, htmlKey: null, rawKey: null };
    this.added.mails.push({ messageId, conversationId, rfcMessageId, ...none });
  }

  /** Messages and conversations are stored by now. */
  async store(): Promise<void> {
    const { mails, participants } = this.added;
    if (mails.length > 0) await insertMails(this.tx, mails);
    if (participants.length > 0) await insertParticipants(this.tx, participants);
  }
}

/** What a mail says about its sender. Whoever forges an address may not name its owner. */
export function personOf(mail: IncomingMail): PersonFacts {
  const name = mail.authentication === 'FAIL' ? null : words(mail.from.name);
  return { email: addressOf(mail), name, phone: null, company: null };
}
