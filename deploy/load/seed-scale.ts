/**
 * `npm run seed:scale -- --data <folder> [--messages 1000000] [--conversations 100000]`: a new database of that size in a new
 * folder, for `npm run bench:inbox`. Rows are written straight into the tables: through the product it would take an hour.
 */
import { existsSync } from 'node:fs';
import { Client } from 'pg';
import { dice, sentences } from './many-words';
import { dataFolder, migrateConversations, openScaledDatabase, SCALED_DATABASE } from './scaled-database';

const SENTENCES = 40_000;

const numberOf = (name: string, otherwise: number): number => {
  const index = process.argv.indexOf(name);
  return index < 0 ? otherwise : Number(process.argv[index + 1]);
};

/** How many messages each conversation has: most a few, some hundreds, a handful thousands; together as many as wanted. */
function lengths(conversations: number, messages: number): number[] {
  const roll = dice(11);
  const weights = Array.from({ length: conversations }, () => Math.min(4_000, 0.35 / (1 - roll()) ** 0.9));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const spare = messages - conversations;
  let left = spare;
  const counts = weights.map((weight) => {
    const more = Math.min(left, Math.floor((weight / total) * spare));
    left -= more;
    return 1 + more;
  });
  for (let index = 0; left > 0; index = (index + 1) % conversations, left -= 1)
    counts[index] = (counts[index] ?? 0) + 1;
  return counts;
}

/**
 * One a row for each conversation, 1 the oldest, over two years: channels, person, state and owner as in a shop. The newest
 * ones are mostly open; a twelfth agent has hardly any.
 */
const CONVERSATIONS = `
  CREATE TEMP TABLE seeded AS
  SELECT n, size, lpad(to_hex(n), 32, '0') AS mark,
    now() - (total - n) * (interval '730 days' / total) AS at,
    CASE WHEN c < 0.6 THEN '{chat}' WHEN c < 0.85 THEN '{email}' WHEN c < 0.95 THEN '{chat,email}' ELSE '{messenger}' END::text[]
      AS channels,
    random() < CASE WHEN n > total - 5000 THEN 0.6 ELSE 0.01 END AS open,
    random() < CASE WHEN n > total - 1500 THEN 0.4 ELSE 0.02 END AS fresh,
    random() < 0.4 AS waits, random() < 0.7 AS owned, floor(12 * random() ^ 2)::int AS owner,
    -- Three in ten people have written more than once.
    1 + floor(total * 0.7 * random())::int AS person
  FROM (SELECT row_number() OVER () AS n, size, random() AS c, count(*) OVER () AS total
        FROM unnest($1::int[]) AS size) AS numbered`;

const PEOPLE = [
  `CREATE TEMP TABLE person AS SELECT person,
     (ARRAY['Ann','Tom','Amélie','Zoë','Jürgen','María','Chloé','Noah','Léa','Emma','Hugo','Mia','Paul','Inès','Ben','Sofía'])[1 + floor(16 * random())::int] AS first,
     initcap((ARRAY['mar','ber','dup','oka','lau','sch','gar','kow','lin','nak'])[1 + floor(10 * random())::int]
       || (ARRAY['tin','ger','ont','for','rent','midt','cia','alski','dqvist','amura'])[1 + floor(10 * random())::int]) || person % 97 AS last
   FROM (SELECT DISTINCT person FROM seeded WHERE channels <> '{messenger}') p`,
  `INSERT INTO contact (id, display_name, email, email_verified, words, created_at)
   SELECT 'con_' || lpad(to_hex(person), 32, '0'), first || ' ' || last, plain || '.' || lower(last) || person || '@shop' || person % 40 || '.example',
     true, format('%s:1,4 %s:2 %s:5 shop%s:6 example:7', plain, lower(last), lower(last) || person, person % 40)::tsvector, now()
   FROM person CROSS JOIN LATERAL (SELECT translate(lower(first), 'éëüíè', 'eeuie') AS plain) f`,
  `INSERT INTO visitor (id, site_id, token_hash, locale, created_at, last_seen_at)
   SELECT 'vis_' || mark, 'site_demo', 'seeded-' || mark, 'en', at, at FROM seeded WHERE channels && '{chat}'`,
  `INSERT INTO messenger_page (id, name, can_send) VALUES ('100', 'Shop', true)`,
  `INSERT INTO messenger_profile (id, thread_key, page_id, display_name, words, met_at, created_at)
   SELECT 'mpr_' || mark, 'messenger:100:' || n, '100', 'Person ' || n, format('person:1 %s:2', n)::tsvector, at, at
   FROM seeded WHERE channels = '{messenger}'`,
];

const STORED = `
  INSERT INTO conversation (id, thread_key, version, status, assignee_id, waiting_for_reply, unread, read_stamp, completed_stamp, title,
    subject, contact_id, visitor_id, messenger_profile_id, channels, last_channel, last_message_id, last_position, agent_read_position,
    visitor_read_position, last_activity_at, created_at)
  SELECT 'cnv_' || mark, CASE WHEN chats THEN 'visitor:vis_' || mark WHEN known THEN 'email:' || mark ELSE 'messenger:100:' || n END,
    size + 1, CASE WHEN open THEN 'OPEN' ELSE 'COMPLETED' END,
    CASE WHEN owned THEN 'agt_' || lpad(to_hex(owner + 1), 32, '0') END, open AND waits, open AND fresh,
    CASE WHEN NOT (open AND fresh) THEN stamp END, CASE WHEN NOT open THEN stamp END,
    coalesce(k.display_name, 'Visitor ' || upper(right(mark, 4))), CASE WHEN '{email}' && channels THEN 'Your order ' || n END,
    k.id, CASE WHEN chats THEN 'vis_' || mark END, CASE WHEN NOT known THEN 'mpr_' || mark END,
    channels, channels[array_length(channels, 1)], 'msg_' || mark || lpad(to_hex(size), 6, '0'), size, 0, 0, at, at - interval '3 days'
  FROM (SELECT *, channels && '{chat}' AS chats, channels <> '{messenger}' AS known,
          jsonb_build_object('by', jsonb_build_object('kind', 'system', 'id', null, 'name', null), 'at',
            to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) AS stamp FROM seeded) s
  LEFT JOIN contact k ON k.id = 'con_' || lpad(to_hex(person), 32, '0') AND channels <> '{messenger}'
    AND (channels && '{email}' OR s.n % 2 = 0)`;

/** In the order in which they would have come, so that a conversation's messages lie apart in the table. */
const MESSAGES = `
  INSERT INTO message (id, conversation_id, position, idempotency_key, channel, direction, author_kind, author_id, text, words, attachments,
    delivery_state, delivery_at, delivery_retryable, email, created_at)
  SELECT 'msg_' || mark || lpad(to_hex(position), 6, '0'), 'cnv_' || mark, position, 'seeded:' || mark || ':' || position, channel,
    CASE WHEN answers THEN 'OUTBOUND' ELSE 'INBOUND' END, CASE WHEN answers THEN 'agent' ELSE 'visitor' END, null,
    a.text || ' ' || b.text || ' Order A' || to_hex(ticket), a.words || b.words || format('order:1 a%s:2', to_hex(ticket))::tsvector, '[]',
    CASE WHEN answers THEN 'SENT' END, CASE WHEN answers THEN written END, false,
    CASE channel WHEN 'email' THEN jsonb_build_object('subject', 'Your order ' || m.n) END, written
  FROM (SELECT n, mark, position, at - (size - position) * interval '7 minutes' AS written, position % 2 = 0 AS answers,
          channels[array_length(channels, 1)] AS channel, (n * 7919 + position) AS ticket,
          1 + floor($1 * random())::int AS one, 1 + floor($1 * random())::int AS two
        FROM seeded CROSS JOIN LATERAL generate_series(1, size) AS position) m
  JOIN sentence a ON a.n = one JOIN sentence b ON b.n = two
  ORDER BY written`;

async function main(): Promise<void> {
  const folder = dataFolder();
  if (folder === undefined || existsSync(folder))
    throw new Error('--data has to name a folder that does not exist yet');
  const conversations = numberOf('--conversations', 100_000);
  const messages = numberOf('--messages', 1_000_000);
  const database = await openScaledDatabase(folder);
  const begun = performance.now();
  const { host, port, user, password } = database.postgres;
  const client = new Client({ host, port, user, password, database: SCALED_DATABASE });
  try {
    await migrateConversations(database);
    await client.connect();
    const step = async (name: string, sql: string, values: unknown[] = []) => {
      const started = performance.now();
      const { rowCount } = await client.query(sql, values);
      const seconds = ((performance.now() - started) / 1_000).toFixed(1);
      process.stdout.write(`${name.padEnd(16)} ${String(rowCount ?? '').padStart(9)} ${seconds.padStart(7)} s\n`);
    };
    // All rows fit together by construction, so that their keys need no check; an index is made faster when all is there.
    await client.query(`SET search_path = conversation; SET session_replication_role = replica;
      SET maintenance_work_mem = '512MB'; SET work_mem = '256MB'; SET synchronous_commit = off; SELECT setseed(0.5);
      DROP INDEX message_words`);
    await step('conversations', CONVERSATIONS, [lengths(conversations, messages)]);
    for (const statement of PEOPLE) await step('people', statement);
    await step('stored', STORED);
    const pool = sentences(SENTENCES);
    await client.query('CREATE TEMP TABLE sentence (n int PRIMARY KEY, text text, words tsvector)');
    await step(
      'sentences',
      'INSERT INTO sentence SELECT row_number() OVER (), * FROM unnest($1::text[], $2::tsvector[]) AS s (text, words)',
      [pool.map(({ text }) => text), pool.map(({ words }) => words)],
    );
    await client.query('ANALYZE seeded, sentence');
    await step('messages', MESSAGES, [SENTENCES]);
    await step('index of words', 'CREATE INDEX message_words ON message USING gin (words)');
    await step('statistics', 'VACUUM ANALYZE');
    process.stdout.write(`done in ${((performance.now() - begun) / 1_000).toFixed(0)} s\n`);
  } finally {
    await client.end();
    await database.stop();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
