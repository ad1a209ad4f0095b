import type { Client } from 'pg';
import type { RunningService } from './running-service';
import { startConversation } from './running-service';
import { newVisitor, says } from './visitors';

let service: RunningService;
let role: Client;
let owner: Client;

beforeAll(async () => {
  service = await startConversation();
  [role, owner] = await Promise.all([service.sql('role'), service.sql('owner')]);
}, 60_000);

afterAll(() => service?.stop(), 60_000);

/** The SQLSTATE that a statement ends in. */
async function refusal(client: Client, sql: string, parameters: unknown[] = []): Promise<string> {
  try {
    await client.query(sql, parameters);
  } catch (error) {
    return (error as { code: string }).code;
  }
  throw new Error('Postgres took it');
}

const FORBIDDEN = '42501';
const REFUSED = '23000';

const copyMessage = `INSERT INTO message (id, conversation_id, position, idempotency_key, channel, direction, author_kind, text,
  words, attachments, delivery_retryable, created_at)
  SELECT $2, conversation_id, $3, $2, channel, direction, author_kind, text, words, attachments, false, created_at
  FROM message WHERE conversation_id = $1 AND position = 1`;

describe('no conversation can be deleted', () => {
  it.each(['conversation', 'message', 'activity', 'contact', 'visitor'])(
    'nor any row of %s, by the service or by the owner of the tables',
    async (table) => {
      await says(service.messaging, newVisitor(), 'kept');
      expect(await refusal(role, `DELETE FROM ${table}`)).toBe(FORBIDDEN);
      expect(await refusal(role, `TRUNCATE ${table} CASCADE`)).toBe(FORBIDDEN);
      expect(await refusal(owner, `DELETE FROM ${table}`)).toBe(REFUSED);
      expect(await refusal(owner, `DELETE FROM ${table} WHERE false`)).toBe(REFUSED);
      expect(await refusal(owner, `TRUNCATE ${table} CASCADE`)).toBe(REFUSED);
    },
  );

  it('nor by the service through DDL', async () => {
    expect(await refusal(role, 'DROP TABLE message')).toBe(FORBIDDEN);
    expect(await refusal(role, 'ALTER TABLE message DISABLE TRIGGER ALL')).toBe(FORBIDDEN);
    expect(await refusal(role, 'CREATE TABLE conversation.other (id text)')).toBe(FORBIDDEN);
  });
});

describe('positions', () => {
  it('have no gap, no repeat and no beginning but one', async () => {
    const { conversationId } = await says(service.messaging, newVisitor(), 'first');
    const insert = (position: number) => refusal(role, copyMessage, [conversationId, `msg_${position}_x`, position]);
    expect(await insert(3)).toBe('23503');
    expect(await insert(1)).toBe('23505');
    expect(await insert(0)).toBe('23514');
    await role.query(copyMessage, [conversationId, 'msg_position_two', 2]);
  });

  it('belong to a conversation that exists', async () => {
    const { conversationId } = await says(service.messaging, newVisitor(), 'first');
    const elsewhere = copyMessage.replace('SELECT $2, conversation_id', `SELECT $2, 'cnv_nowhere'`);
    for (const position of [1, 2]) {
      expect(await refusal(role, elsewhere, [conversationId, `msg_nowhere_${position}`, position])).toBe('23503');
    }
  });

  it('are never changed, by the service or by the owner', async () => {
    await says(service.messaging, newVisitor(), 'first');
    for (const client of [role, owner]) {
      expect(await refusal(client, 'UPDATE message SET position = position + 1')).toBe(REFUSED);
      expect(await refusal(client, `UPDATE message SET conversation_id = 'cnv_other'`)).toBe(REFUSED);
    }
  });

  it('of a conversation always name a message that exists', async () => {
    const { conversationId } = await says(service.messaging, newVisitor(), 'first');
    expect(await refusal(role, 'UPDATE conversation SET last_position = 2 WHERE id = $1', [conversationId])).toBe(
      '23503',
    );
  });
});

it('there is no conversation without a message', async () => {
  await says(service.messaging, newVisitor(), 'first');
  const copy = `INSERT INTO conversation (id, thread_key, version, status, waiting_for_reply, unread, title, channels,
    last_channel, last_message_id, last_position, agent_read_position, visitor_read_position, last_activity_at, created_at)
    SELECT 'cnv_empty', 'empty', 1, 'OPEN', true, true, 'empty', channels, last_channel, 'none', 1, 0, 0, now(), now()
    FROM conversation LIMIT 1`;
  expect(await refusal(role, copy)).toBe('23503');
});

it('one external identity has at most one open conversation, and a visitor one for ever', async () => {
  const { conversationId } = await says(service.messaging, newVisitor(), 'first');
  const copy = (visitor: string, thread: string) => `INSERT INTO conversation
    SELECT 'cnv_second', ${thread}, version, status, assignee_id, waiting_for_reply, unread, read_stamp, completed_stamp, title,
      subject, contact_id, ${visitor}, messenger_profile_id, channels, last_channel, last_message_id, last_position,
      agent_read_position, visitor_read_position, last_activity_at, created_at FROM conversation WHERE id = $1`;
  expect(await refusal(role, copy('NULL', 'thread_key'), [conversationId])).toBe('23505');
  expect(await refusal(role, copy('visitor_id', `'another'`), [conversationId])).toBe('23505');
});

it('an address belongs to one contact, however it is written', async () => {
  const insert = `INSERT INTO contact (id, display_name, email, email_verified, words, created_at)
    VALUES ($1, 'x', $2, false, '', now())`;
  await role.query(insert, ['con_1', 'Ann@Example.com']);
  expect(await refusal(role, insert, ['con_2', 'ann@example.COM'])).toBe('23505');
});
