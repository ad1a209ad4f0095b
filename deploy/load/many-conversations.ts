import { Client } from 'pg';
import type { Stack } from '@conversations/testing';

/** Of the conversations, this many are completed; the rest is open. */
const COMPLETED_SHARE = 0.2;

/**
 * Writes conversations with one message each straight into the database of a stack, oldest first, one a minute: through the
 * product it would take minutes, and only their number matters.
 */
export async function seedConversations(stack: Stack, count: number): Promise<void> {
  const { host, port, adminUser, adminPassword, name } = stack.installation.database;
  const client = new Client({ host, port, user: adminUser, password: adminPassword, database: name });
  await client.connect();
  try {
    await client.query('SET search_path = conversation');
    await client.query('BEGIN');
    const marks = `lpad(to_hex(n), 32, '0') AS mark, now() - make_interval(mins => $1 - n) AS at FROM generate_series(1, $1) AS n`;
    await client.query(
      `INSERT INTO visitor (id, site_id, token_hash, locale, created_at, last_seen_at)
       SELECT 'vis_' || mark, 'site_demo', 'seeded-' || mark, 'en', at, at FROM (SELECT ${marks}) AS seeded`,
      [count],
    );
    await client.query(
      `INSERT INTO conversation (id, thread_key, version, status, waiting_for_reply, unread, read_stamp, completed_stamp, title, visitor_id,
         channels, last_channel, last_message_id, last_position, agent_read_position, visitor_read_position, last_activity_at, created_at)
       SELECT 'cnv_' || mark, 'visitor:vis_' || mark, 2, CASE WHEN done THEN 'COMPLETED' ELSE 'OPEN' END, NOT done, false, stamp,
         CASE WHEN done THEN stamp END, 'Visitor ' || upper(right(mark, 4)), 'vis_' || mark, '{chat}', 'chat', 'msg_' || mark, 1, 1, 0, at, at
       FROM (SELECT random() < ${COMPLETED_SHARE} AS done,
               jsonb_build_object('by', jsonb_build_object('kind', 'system', 'id', null, 'name', null), 'at', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) AS stamp,
               * FROM (SELECT ${marks}) AS numbered) AS seeded`,
      [count],
    );
    await client.query(
      `INSERT INTO message (id, conversation_id, position, idempotency_key, channel, direction, author_kind, author_id, author_name, text, words,
         attachments, delivery_retryable, created_at)
       SELECT 'msg_' || mark, 'cnv_' || mark, 1, 'seeded:' || mark, 'chat', 'INBOUND', 'visitor', 'vis_' || mark, 'Visitor ' || upper(right(mark, 4)),
         'Question number ' || n, to_tsvector('simple', 'question number ' || n), '[]', false, at
       FROM (SELECT n, ${marks}) AS seeded`,
      [count],
    );
    await client.query('COMMIT');
    await client.query('ANALYZE');
  } finally {
    await client.end();
  }
}
