import type { Tx } from '@conversations/persistence';
import type { IncomingMail, MatchContact } from './place-mail';
import { addressOf, namedIds } from './place-mail';

/** Threads of one Message-ID that are looked at: more than a few bear the same id only when somebody makes them. */
const SAME_ID = 20;

/** One look-up for each name, each bounded. */
const LOCATE = `
  SELECT 'own' AS kind, m.id AS name, m.conversation_id AS id FROM message m WHERE m.id = ANY($1) AND m.direction = 'OUTBOUND'
  UNION ALL
  SELECT 'seen', n.hash, l.conversation_id FROM unnest($2::text[]) AS n (hash) CROSS JOIN LATERAL (
    SELECT conversation_id FROM mail WHERE id_hash = n.hash ORDER BY message_id DESC LIMIT ${SAME_ID}) l
  UNION ALL
  SELECT 'contact', lower(k.email), k.id FROM contact k WHERE lower(k.email) = ANY($3)
  UNION ALL
  SELECT 'latest', lower(k.email), l.id FROM contact k CROSS JOIN LATERAL (
    SELECT c.id FROM conversation c WHERE c.contact_id = k.id AND (c.status = 'OPEN' OR $4)
    ORDER BY c.last_activity_at DESC, c.id DESC LIMIT 1) l
  WHERE lower(k.email) = ANY($3)`;

export interface LocatedMails {
  ownIds: Map<string, string>;
  seenIds: Map<string, string[]>;
  /** Ids of contacts by address. */
  contacts: Map<string, string>;
  latest: Map<string, string>;
  /** Every conversation that is named. */
  conversationIds: string[];
}

/** Where mails may belong to, before anything is locked. */
export async function locateMails(
  tx: Tx,
  mails: readonly IncomingMail[],
  matchContact: MatchContact,
): Promise<LocatedMails> {
  const located: LocatedMails = {
    ownIds: new Map(),
    seenIds: new Map(),
    contacts: new Map(),
    latest: new Map(),
    conversationIds: mails.flatMap(({ tokens, marker }) => [...tokens, ...(marker === null ? [] : [marker])]),
  };
  if (mails.length === 0) return located;
  const rows: { kind: 'own' | 'seen' | 'contact' | 'latest'; name: string; id: string }[] = await tx.query(LOCATE, [
    mails.flatMap(({ ownIds }) => ownIds),
    [...new Set(mails.flatMap(namedIds))],
    [...new Set(mails.map(addressOf))],
    matchContact === 'latest',
  ]);
  for (const { kind, name, id } of rows) {
    if (kind === 'contact') {
      located.contacts.set(name, id);
      continue;
    }
    located.conversationIds.push(id);
    if (kind === 'own') located.ownIds.set(name, id);
    if (kind === 'latest') located.latest.set(name, id);
    if (kind === 'seen') located.seenIds.set(name, [...(located.seenIds.get(name) ?? []), id]);
  }
  return located;
}

/** Who of the senders takes part in which of the conversations. */
export async function findParticipants(
  tx: Tx,
  conversationIds: readonly string[],
  addresses: readonly string[],
): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>();
  if (conversationIds.length === 0) return found;
  const rows: { id: string; address: string }[] = await tx.query(
    `SELECT conversation_id AS id, address FROM mail_participant WHERE conversation_id = ANY($1) AND address = ANY($2)`,
    [conversationIds, addresses],
  );
  for (const { id, address } of rows) found.set(id, (found.get(id) ?? new Set()).add(address));
  return found;
}

/** Subjects of registered mails that these answer, by the id of the answer; the one that was sent to its sender first. */
export async function findAnswered(tx: Tx, mails: readonly IncomingMail[]): Promise<Map<string, string>> {
  const named = mails.flatMap((mail) =>
    namedIds(mail).map((hash) => ({ hash, messageId: mail.messageId, address: addressOf(mail) })),
  );
  if (named.length === 0) return new Map();
  const rows: { messageId: string; subject: string }[] = await tx.query(
    `SELECT n.message_id AS "messageId", coalesce(
       (SELECT subject FROM registered_mail r WHERE r.id_hash = n.hash AND r.address = n.address),
       (SELECT subject FROM registered_mail r WHERE r.id_hash = n.hash LIMIT 1)) AS subject
     FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS n (hash, message_id, address, place)
     ORDER BY n.place DESC`,
    [named.map(({ hash }) => hash), named.map(({ messageId }) => messageId), named.map(({ address }) => address)],
  );
  // The last one that is written wins: the mail that is answered directly.
  return new Map(rows.filter(({ subject }) => subject !== null).map((row) => [row.messageId, row.subject]));
}
