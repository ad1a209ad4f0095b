import type { DataOf, EmailMessageReceived } from '@conversations/contracts';
import { idHash } from './message-id';

export type IncomingMail = DataOf<typeof EmailMessageReceived>;

/** A conversation by its id, or one that a mail of the same batch opens. */
export type ThreadRef = string;

/** Where a mail goes. */
export interface Place {
  thread: ThreadRef;
  /** What led there; `contact`: who wrote it, `none`: nothing, the thread is new. */
  by: 'token' | 'own-id' | 'seen-id' | 'marker' | 'contact' | 'none';
  /** True: held a token of the thread but takes no part in it. */
  stranger: boolean;
  /** False: it is written in another person's thread. */
  asContact: boolean;
  /** The thread whose ids it names without taking part in it. */
  related: ThreadRef | null;
}

/** What the database knows of the threads that a batch of mails may belong to. */
export interface MailSurroundings {
  /** Conversations that are there, each with its contact. */
  contactIds: ReadonlyMap<ThreadRef, string | null>;
  /** Our own messages: where they stand. */
  ownIds: ReadonlyMap<string, ThreadRef>;
  /** Hashes of Message-IDs: where mails of that id stand. */
  seenIds: ReadonlyMap<string, readonly ThreadRef[]>;
  /** Addresses of known contacts. */
  contacts: ReadonlyMap<string, string>;
  /** The conversation that a mail of a known contact joins, by address. */
  latest: ReadonlyMap<string, ThreadRef>;
  isParticipant(thread: ThreadRef, address: string): boolean;
}

interface Named {
  thread: ThreadRef;
  by: Place['by'];
}

/** Which conversation each mail of a batch belongs to. A mail may belong to a thread that an earlier one of the batch opens. */
export class MailPlaces {
  private readonly added = {
    ids: new Map<string, ThreadRef[]>(),
    latest: new Map<string, ThreadRef>(),
    participants: new Map<ThreadRef, Set<string>>(),
    /** Threads that this batch opens: by the address of whom they are with. */
    opened: new Map<ThreadRef, string>(),
  };

  constructor(
    private readonly known: MailSurroundings,
    private readonly matchContact: MatchContact,
  ) {}

  place(mail: IncomingMail): Place {
    const place = this.find(mail);
    this.note(mail, place);
    return place;
  }

  private find(mail: IncomingMail): Place {
    const address = addressOf(mail);
    const named = this.named(mail);
    const own = named.find(({ thread }) => this.takesPart(thread, address));
    if (own) {
      return { ...own, stranger: false, asContact: this.isContactOf(own.thread, address), related: null };
    }
    const [first] = named;
    const token = named.find(({ by }) => by === 'token');
    if (token) return { ...token, stranger: true, asContact: false, related: null };
    const related = first?.thread ?? null;
    const latest = this.added.latest.get(address) ?? this.known.latest.get(address);
    if (latest && this.matchContact !== 'never') {
      return { thread: latest, by: 'contact', stranger: false, asContact: true, related };
    }
    return { thread: `new:${mail.messageId}`, by: 'none', stranger: false, asContact: true, related };
  }

  /** Threads that the mail itself names, the strongest sign first. */
  private named(mail: IncomingMail): Named[] {
    const known = (by: Place['by'], ids: readonly (string | null)[]): Named[] =>
      ids.flatMap((id) => (id !== null && this.known.contactIds.has(id) ? [{ thread: id, by }] : []));
    return [
      ...known('token', mail.tokens),
      ...known(
        'own-id',
        mail.ownIds.map((id) => this.known.ownIds.get(id) ?? null),
      ),
      ...namedIds(mail).flatMap((hash) =>
        [...(this.known.seenIds.get(hash) ?? []), ...(this.added.ids.get(hash) ?? [])].map((thread) => ({
          thread,
          by: 'seen-id' as const,
        })),
      ),
      ...known('marker', [mail.marker]),
    ];
  }

  private takesPart(thread: ThreadRef, address: string): boolean {
    return (
      this.isContactOf(thread, address) ||
      this.known.isParticipant(thread, address) ||
      (this.added.participants.get(thread)?.has(address) ?? false)
    );
  }

  private isContactOf(thread: ThreadRef, address: string): boolean {
    const contactId = this.known.contacts.get(address);
    return (
      this.added.opened.get(thread) === address ||
      (contactId !== undefined && this.known.contactIds.get(thread) === contactId)
    );
  }

  private note(mail: IncomingMail, { thread, asContact, by, stranger }: Place): void {
    const hash = idHash(mail.rfcMessageId);
    this.added.ids.set(hash, [...(this.added.ids.get(hash) ?? []), thread]);
    const seen = this.added.participants.get(thread) ?? new Set();
    for (const address of stranger ? [] : participantsOf(mail)) seen.add(address);
    this.added.participants.set(thread, seen);
    if (by === 'none') this.added.opened.set(thread, addressOf(mail));
    if (asContact) this.added.latest.set(addressOf(mail), thread);
  }
}

export type MatchContact = 'latest' | 'open' | 'never';

export const addressOf = ({ from }: IncomingMail): string => from.address.trim().toLowerCase();

/** Hashes of the Message-IDs that a mail answers: In-Reply-To, then References from last to first. */
export function namedIds({ inReplyTo, references }: IncomingMail): string[] {
  return [...new Set([...(inReplyTo === null ? [] : [inReplyTo]), ...references.toReversed()].map(idHash))];
}

/** Who takes part in a thread because of this mail. A forged one lets nobody in. */
export function participantsOf(mail: IncomingMail): string[] {
  if (mail.authentication === 'FAIL') return [];
  const people = [mail.from, ...mail.to, ...mail.cc].map(({ address }) => address.trim().toLowerCase());
  return [...new Set(people)].filter((address) => address !== '');
}
