import type { ContactSnapshot } from '@conversations/contracts';
import type { Tx } from '@conversations/persistence';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { searchVector } from '../search-words';

/** What somebody said, or proved, about who they are. */
export interface PersonFacts {
  /** Trimmed and lower-cased. */
  email: string;
  name: string | null;
  phone: string | null;
  company: string | null;
}

/** A person with an address. At most one row for each address. */
@Entity('contact')
export class Contact {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'display_name' })
  displayName!: string;

  @Column('text', { nullable: true })
  email!: string | null;

  @Column('boolean', { name: 'email_verified' })
  emailVerified!: boolean;

  @Column('text', { nullable: true })
  phone!: string | null;

  @Column('text', { nullable: true })
  company!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  static of(id: string, facts: PersonFacts, verified: boolean, createdAt: Date): Contact {
    return Object.assign(new Contact(), {
      id,
      displayName: facts.name ?? facts.email,
      email: facts.email,
      emailVerified: verified,
      phone: facts.phone,
      company: facts.company,
      createdAt,
    });
  }

  /** Anybody can type an address into a form: a claim fills blanks of an unverified contact and changes nothing else. */
  claim(facts: PersonFacts): boolean {
    if (this.emailVerified) return false;
    const before = this.text();
    if (facts.name && this.displayName === this.email) this.displayName = facts.name;
    this.phone ??= facts.phone;
    this.company ??= facts.company;
    return before !== this.text();
  }

  /** The host page's backend vouches for the address and the name. */
  verify(facts: PersonFacts): boolean {
    const before = this.text();
    this.emailVerified = true;
    if (facts.name) this.displayName = facts.name;
    return before !== this.text();
  }

  snapshot(): ContactSnapshot {
    return {
      id: this.id,
      displayName: this.displayName,
      email: this.email,
      emailVerified: this.emailVerified,
      phone: this.phone,
      company: this.company,
      createdAt: this.createdAt.toISOString(),
    };
  }

  /** What the contact is found by. */
  searchable(): string {
    return searchVector(this.displayName, this.email ?? '');
  }

  private text(): string {
    return JSON.stringify(this.snapshot());
  }
}

/** Writes what is known about stored contacts in one statement. */
export async function updateContacts(tx: Tx, contacts: readonly Contact[]): Promise<void> {
  await tx.query(
    `UPDATE contact SET display_name = k.name, email_verified = k.verified, phone = k.phone, company = k.company, words = k.words
     FROM unnest($1::text[], $2::text[], $3::boolean[], $4::text[], $5::text[], $6::tsvector[])
       AS k (id, name, verified, phone, company, words)
     WHERE contact.id = k.id`,
    [
      contacts.map((contact) => contact.id),
      contacts.map((contact) => contact.displayName),
      contacts.map((contact) => contact.emailVerified),
      contacts.map((contact) => contact.phone),
      contacts.map((contact) => contact.company),
      contacts.map((contact) => contact.searchable()),
    ],
  );
}
