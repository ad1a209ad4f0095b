import type { Client } from 'pg';
import { newCategory, newResponse, type RunningService, startSavedResponse } from './running-service';

let service: RunningService;
let role: Client;

beforeAll(async () => {
  service = await startSavedResponse();
  role = await service.sql('role');
}, 60_000);
afterAll(() => service?.stop(), 60_000);

/** The SQLSTATE that a statement ends in. */
async function refusal(sql: string, parameters: unknown[] = []): Promise<string> {
  try {
    await role.query(sql, parameters);
  } catch (error) {
    return (error as { code: string }).code;
  }
  throw new Error('Postgres took it');
}

it('the database keeps the rules, whoever writes', async () => {
  const [a, b] = [await newCategory(service, 'a'), await newCategory(service, 'b')];
  const held = await newResponse(service, 'Held', { categoryId: a.id });
  await newResponse(service, 'Other', { categoryId: a.id });
  // Postgres 18 has a code of its own for RESTRICT.
  expect(await refusal('DELETE FROM category WHERE id = $1', [a.id])).toMatch(/^(23001|23503)$/);
  expect(await refusal(`UPDATE category SET position = 0 WHERE id = $1`, [b.id])).toBe('23505');
  expect(await refusal(`UPDATE category SET position = 100 WHERE id = $1`, [b.id])).toBe('23514');
  expect(await refusal(`UPDATE category SET name_key = 'a' WHERE id = $1`, [b.id])).toBe('23505');
  expect(await refusal(`UPDATE saved_response SET title_key = 'other' WHERE id = $1`, [held.id])).toBe('23505');
  expect(await refusal(`UPDATE saved_response SET body = repeat('x', 10001) WHERE id = $1`, [held.id])).toBe('23514');
  expect(await refusal(`UPDATE saved_response SET category_id = 'cat_none' WHERE id = $1`, [held.id])).toBe('23503');
});

it('the role of the service owns nothing', async () => {
  expect(await refusal('TRUNCATE saved_response')).toBe('42501');
  expect(await refusal('DROP TABLE saved_response')).toBe('42501');
  expect(await refusal('DELETE FROM outbox_stream')).toBe('42501');
});
