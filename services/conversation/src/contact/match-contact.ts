import type { FormAnswer } from '@conversations/contracts';
import type { Tx } from '@conversations/persistence';
import { newId } from '@conversations/runtime';
import type { z } from 'zod';
import type { PersonFacts } from './contact.entity';
import { Contact } from './contact.entity';

const ADDRESS = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/;
const MAX_ADDRESS = 320;
const MAX_WORDS = 200;

/** The address as contacts are matched by; null when it cannot be one. */
export function normaliseAddress(address: string): string | null {
  const trimmed = address.trim().toLowerCase();
  return trimmed.length <= MAX_ADDRESS && ADDRESS.test(trimmed) ? trimmed : null;
}

/** What a form says about its sender; null without a usable address. */
export function personFromForm(answers: readonly z.output<typeof FormAnswer>[]): PersonFacts | null {
  const answer = (key: string) => words(answers.find((one) => one.key === key)?.value);
  const email = normaliseAddress(answers.find((one) => one.key === 'email')?.value ?? '');
  return email === null ? null : { email, name: answer('name'), phone: answer('phone'), company: answer('company') };
}

/** A name or the like as it is kept: trimmed, at most 200 characters, null when nothing is left. */
export function words(value: string | null | undefined): string | null {
  return value?.trim().slice(0, MAX_WORDS) || null;
}

/**
 * The contacts of these addresses, made where they are missing, locked until the transaction ends. Sorted by address, so
 * that two transactions with the same addresses wait for each other in one direction only.
 */
export async function findOrInsertContacts(
  tx: Tx,
  people: ReadonlyMap<string, { facts: PersonFacts; verified: boolean }>,
  now: Date,
): Promise<{ contacts: Contact[]; made: Set<string> }> {
  const drafts = [...people.values()]
    .map(({ facts, verified }) => Contact.of(newId('con'), facts, verified, now))
    .sort((a, b) => (String(a.email) < String(b.email) ? -1 : 1));
  const made: { id: string }[] = await tx.query(
    `INSERT INTO contact (id, display_name, email, email_verified, phone, company, words, created_at)
     SELECT *, $8::timestamptz FROM unnest($1::text[], $2::text[], $3::text[], $4::boolean[], $5::text[], $6::text[],
       $7::tsvector[])
     ON CONFLICT (lower(email)) DO NOTHING RETURNING id`,
    [
      drafts.map((draft) => draft.id),
      drafts.map((draft) => draft.displayName),
      drafts.map((draft) => draft.email),
      drafts.map((draft) => draft.emailVerified),
      drafts.map((draft) => draft.phone),
      drafts.map((draft) => draft.company),
      drafts.map((draft) => draft.searchable()),
      now,
    ],
  );
  const contacts = await tx
    .createQueryBuilder(Contact, 'k')
    .where('lower(k.email) = ANY(:addresses)', { addresses: drafts.map((draft) => draft.email) })
    .orderBy('lower(k.email)')
    .setLock('pessimistic_write')
    .getMany();
  return { contacts, made: new Set(made.map((row) => row.id)) };
}

/**
 * Conversations whose title these people's names would change, newest first, at most 1,000: they are locked together
 * with the others before any contact is.
 */
export async function conversationsRenamedBy(
  tx: Tx,
  people: readonly { facts: PersonFacts; verified: boolean }[],
): Promise<string[]> {
  const named = people.filter(({ facts }) => facts.name !== null);
  if (named.length === 0) return [];
  const rows: { id: string }[] = await tx.query(
    `SELECT c.id FROM unnest($1::text[], $2::text[], $3::boolean[]) AS p (email, name, verified)
     JOIN contact k ON lower(k.email) = p.email AND k.display_name <> p.name
       AND (p.verified OR (NOT k.email_verified AND k.display_name = k.email))
     JOIN conversation c ON c.contact_id = k.id
     ORDER BY c.last_activity_at DESC, c.id DESC LIMIT 1000`,
    [
      named.map(({ facts }) => facts.email),
      named.map(({ facts }) => facts.name),
      named.map(({ verified }) => verified),
    ],
  );
  return rows.map((row) => row.id);
}
