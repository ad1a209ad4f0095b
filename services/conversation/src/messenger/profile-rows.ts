import type { Tx } from '@conversations/persistence';
import { searchVector } from '../search-words';
import { MessengerProfile } from './messenger-profile.entity';

/** Reads and locks people by thread key or id, in the order of their ids. */
export function lockProfiles(
  tx: Tx,
  { threadKeys, ids }: { threadKeys: readonly string[]; ids: readonly string[] },
): Promise<MessengerProfile[]> {
  return tx
    .createQueryBuilder(MessengerProfile, 'p')
    .where('p.threadKey = ANY(:threadKeys) OR p.id = ANY(:ids)', { threadKeys, ids })
    .orderBy('p.id')
    .setLock('pessimistic_write')
    .getMany();
}

/** Writes people, new ones with the pages that they are known to; the caller holds the locks of the others. */
export async function storeProfiles(
  tx: Tx,
  profiles: readonly MessengerProfile[],
  pageNames: ReadonlyMap<string, string>,
): Promise<void> {
  const sorted = [...profiles].sort((a, b) => (a.id < b.id ? -1 : 1));
  const pages = [...pageNames].sort(([a], [b]) => (a < b ? -1 : 1));
  await tx.query(
    `WITH page AS (
       INSERT INTO messenger_page (id, name, can_send) SELECT id, name, true FROM unnest($14::text[], $15::text[]) AS p (id, name)
       ON CONFLICT DO NOTHING)
     INSERT INTO messenger_profile (id, thread_key, page_id, display_name, avatar, words, met_at, named_at, window_closes_at,
       human_agent_until, window_refused_at, human_agent_refused_at, created_at)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::jsonb[], $6::tsvector[], $7::timestamptz[],
       $8::timestamptz[], $9::timestamptz[], $10::timestamptz[], $11::timestamptz[], $12::timestamptz[], $13::timestamptz[])
     ON CONFLICT (id) DO UPDATE SET display_name = excluded.display_name, avatar = excluded.avatar,
       words = excluded.words, met_at = excluded.met_at,
       named_at = excluded.named_at, window_closes_at = excluded.window_closes_at,
       human_agent_until = excluded.human_agent_until, window_refused_at = excluded.window_refused_at,
       human_agent_refused_at = excluded.human_agent_refused_at`,
    [
      sorted.map(({ id }) => id),
      sorted.map(({ threadKey }) => threadKey),
      sorted.map(({ pageId }) => pageId),
      sorted.map(({ displayName }) => displayName),
      sorted.map(({ avatar }) => avatar && JSON.stringify(avatar)),
      sorted.map(({ displayName }) => searchVector(displayName)),
      sorted.map(({ metAt }) => metAt),
      sorted.map(({ namedAt }) => namedAt),
      sorted.map(({ windowClosesAt }) => windowClosesAt),
      sorted.map(({ humanAgentUntil }) => humanAgentUntil),
      sorted.map(({ windowRefusedAt }) => windowRefusedAt),
      sorted.map(({ humanAgentRefusedAt }) => humanAgentRefusedAt),
      sorted.map(({ createdAt }) => createdAt),
      pages.map(([id]) => id),
      pages.map(([, name]) => name),
    ],
  );
}
