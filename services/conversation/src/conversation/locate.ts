import type { Tx } from '@conversations/persistence';
import type { Touched } from './touched';
import { namedBy } from './touched';

export interface Located {
  conversationIds: string[];
  /** Keys of messages that are stored already. */
  storedKeys: string[];
  messageIds: string[];
}

/** A scalar look-up for each name: a plan that was made while the tables were small stays good. */
const LOCATE = `
  SELECT 'thread' AS kind, c.thread_key AS name, c.id AS "conversationId", NULL AS "messageId"
  FROM conversation c WHERE c.thread_key = ANY($1) AND c.status = 'OPEN'
  UNION ALL
  SELECT 'message', m.id, m.conversation_id, m.id FROM message m WHERE m.id = ANY($2)
  UNION ALL
  SELECT 'target', m.idempotency_key, m.conversation_id, m.id FROM message m WHERE m.idempotency_key = ANY($3)
  UNION ALL
  SELECT 'stored', m.idempotency_key, m.conversation_id, m.id FROM message m WHERE m.idempotency_key = ANY($4)
  UNION ALL
  SELECT 'person', k.thread_key, c.id, NULL FROM unnest($5::text[]) AS k (thread_key) CROSS JOIN LATERAL (
    SELECT id FROM conversation WHERE thread_key = k.thread_key AND messenger_profile_id IS NOT NULL
    ORDER BY status = 'OPEN' DESC, created_at DESC, id DESC LIMIT 1) c
  UNION ALL
  (SELECT 'person', k.thread_key, c.id, NULL FROM unnest($5::text[], $6::text[]) AS k (thread_key, display_name)
    JOIN messenger_profile p ON p.thread_key = k.thread_key AND p.display_name <> k.display_name
    JOIN conversation c ON c.thread_key = k.thread_key AND c.messenger_profile_id = p.id
    ORDER BY c.last_activity_at DESC LIMIT 1000)`;

interface Row {
  kind: 'thread' | 'message' | 'target' | 'stored' | 'person';
  name: string;
  conversationId: string;
  messageId: string;
}

/**
 * Finds the conversations of facts that name them by something else than a visitor or their id. Nothing is locked yet:
 * whoever uses a row looks at it again once it is. Asks nothing when no fact needs it.
 */
export async function locate(tx: Tx, touched: readonly Touched[]): Promise<Located> {
  const threadKeys = touched.flatMap(({ threadKey }) => threadKey ?? []);
  const messageIds = namedBy(touched, 'messageIds');
  const messageKeys = namedBy(touched, 'messageKeys');
  const newKeys = touched.flatMap(({ visitorId, idempotencyKey }) => (visitorId ? [] : (idempotencyKey ?? [])));
  const named = touched.flatMap(({ messenger }) => messenger ?? []);
  const people = [...new Map(named.map((one) => [JSON.stringify(one), one])).values()];
  const names = [threadKeys, messageIds, messageKeys, newKeys, people.map(({ threadKey }) => threadKey)];
  if (names.every((list) => list.length === 0)) return { conversationIds: [], storedKeys: [], messageIds: [] };
  const rows: Row[] = await tx.query(LOCATE, [...names, people.map(({ displayName }) => displayName)]);
  const changeable = rows.filter(({ kind }) => kind === 'message' || kind === 'target');
  return {
    conversationIds: rows.filter(({ kind }) => kind !== 'stored').map(({ conversationId }) => conversationId),
    storedKeys: rows.filter(({ kind }) => kind === 'stored').map(({ name }) => name),
    messageIds: changeable.map(({ messageId }) => messageId),
  };
}
