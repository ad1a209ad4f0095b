import { createHash } from 'node:crypto';
import { messengerThreadKey, namelessProfile } from '@conversations/contracts';
import { prepared, type Tx } from '@conversations/persistence';
import type { MessengerPage } from '../pages/messenger-config';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** Source: Meta, "Messaging policy" and "Message Tags". */
const WINDOW_MS = DAY_MS;
const HUMAN_AGENT_MS = 7 * DAY_MS;

export interface Person {
  page_id: string;
  person_id: string;
  profile_id: string;
  display_name: string | null;
  avatar: { storageKey: string; contentType: string } | null;
  /** When they last did what opens the window, by Meta's clock. */
  opened_at: Date | null;
  delivered_at: Date | null;
  seen_at: Date | null;
}

/** What one delivery tells of a person; times by Meta's clock, null for none. */
export interface Heard {
  pageId: string;
  personId: string;
  openedAt: number | null;
  deliveredAt: number | null;
  seenAt: number | null;
}

/** The same person at the same page has the same profile, also after this schema was lost. */
const profileIdOf = (pageId: string, personId: string) =>
  `mpr_${createHash('sha256').update(`${pageId}:${personId}`).digest('hex').slice(0, 32)}`;

/**
 * Makes or finds the people and locks their rows until the transaction ends, so that what is told of one person keeps its order.
 * Times only grow.
 */
export async function meetPeople(tx: Tx, heard: readonly Heard[]): Promise<Person[]> {
  if (heard.length === 0) return [];
  const rows = [...heard].sort((a, b) => compare(a.pageId, b.pageId) || compare(a.personId, b.personId));
  const time = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return prepared<Person>(
    tx,
    'person-meet',
    `INSERT INTO person AS known (page_id, person_id, profile_id, name_at, opened_at, delivered_at, seen_at)
     SELECT page_id, person_id, profile_id, now(), opened_at, delivered_at, seen_at
     FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[])
       AS new (page_id, person_id, profile_id, opened_at, delivered_at, seen_at)
     ON CONFLICT (page_id, person_id) DO UPDATE SET
       opened_at = greatest(known.opened_at, excluded.opened_at),
       delivered_at = greatest(known.delivered_at, excluded.delivered_at),
       seen_at = greatest(known.seen_at, excluded.seen_at)
     RETURNING page_id, person_id, profile_id, display_name, avatar, opened_at, delivered_at, seen_at`,
    [
      rows.map(({ pageId }) => pageId),
      rows.map(({ personId }) => personId),
      rows.map(({ pageId, personId }) => profileIdOf(pageId, personId)),
      rows.map(({ openedAt }) => time(openedAt)),
      rows.map(({ deliveredAt }) => time(deliveredAt)),
      rows.map(({ seenAt }) => time(seenAt)),
    ],
  );
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Without a name there is none to invent. */
export const snapshotOf = (person: Person, page: MessengerPage) => ({
  id: person.profile_id,
  pageId: page.id,
  pageName: page.name,
  displayName: person.display_name ?? namelessProfile(person.person_id),
  avatar: person.avatar,
});

/** Until when an answer may be sent; null for a person who has done nothing yet that opens the window. */
export function windowOf({ opened_at: openedAt }: Person, page: MessengerPage) {
  if (openedAt === null) return null;
  return {
    closesAt: new Date(openedAt.getTime() + WINDOW_MS).toISOString(),
    humanAgentUntil: page.humanAgent ? new Date(openedAt.getTime() + HUMAN_AGENT_MS).toISOString() : null,
  };
}

export const threadOf = (person: Person) => messengerThreadKey(person.page_id, person.person_id);
